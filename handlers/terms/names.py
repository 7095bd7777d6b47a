"""Which term of a plan is meant: `delivery` is its lead time, `payment net` its payment days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.figures import cut
from handlers.reading.names import near, normal, same, wording
from handlers.reading.near import NearName
from handlers.reading.pairs import is_quoted, unquoted
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storage.tables import Term

_GROUPS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (
        frozenset({"price", "fee", "tariff", "rate"}),
        ("price", "unit price", "piece price", "price per unit", "price per piece"),
    ),
    (
        frozenset({"net", "payment"}),
        ("net", "payment", "payment net", "payment days", "net days", "payment terms", "days net", "pay"),
    ),
    (
        frozenset({"lead", "delivery"}),
        ("lead", "lead time", "delivery", "delivery time", "lead days", "delivery days"),
    ),
    (
        frozenset({"warranty", "guarantee"}),
        ("warranty", "guarantee", "warranty months", "warranty period"),
    ),
    (
        frozenset({"uplift", "cap", "indexation", "increase", "escalator"}),
        ("cap", "uplift", "uplift cap", "price cap", "increase", "yearly increase", "indexation"),
    ),
)
"""Words of which one is in the name of a term, and how people call such a term. A group with two terms is nobody's."""
_MOST_WORDS = 5
_QUOTED = re.compile(r'\s*(?P<name>"[^"]+")\s*[:=]?\s*(?P<rest>.*)$', re.DOTALL)


def usual_term(name: str) -> frozenset[str]:
    """The words of which one is in the name of such a term, where a name is what people usually call one; else none."""
    asked = normal(name)
    return next((words for words, phrases in _GROUPS if asked in map(normal, phrases)), frozenset())


class TermNames:
    """The terms of one plan, by every word that may name them."""

    def __init__(self, terms: Sequence[Term], plan: str) -> None:
        self._terms = terms
        self._plan = plan
        self._known = _phrases(terms)

    def exact(self, words: str) -> Term | None:
        """The term that is called so, but for plurals and blanks, or that such a word usually means. Inside quotes a name
        is taken letter by letter."""
        if is_quoted(words):
            return next(
                (term for term in self._terms if wording(term.name) == wording(unquoted(words))), None
            )
        named = same(words, {at: (term.name,) for at, term in enumerate(self._terms)}, wording)
        return self._terms[named] if named is not None else self._known.get(wording(words))

    def find(self, words: str, *, adds: str = "") -> Term | None:
        """The term that these words name; None where none is like it. Raises NearName for what nearly names one, since
        whatever is written must not go to another; `adds` is the button that keeps the name as typed."""
        found = self.exact(words)
        if found is None and not is_quoted(words) and (known := self._near(words)):
            raise NearName(words, known, adds=adds)
        return found

    def _near(self, words: str) -> tuple[str, ...]:
        own = near(words, {term.name: (term.name,) for term in self._terms}, wording)
        usual = () if own else near(words, {phrase: (phrase,) for phrase in self._known}, wording)
        return own or tuple(dict.fromkeys(self._known[phrase].name for phrase in usual))

    def begins(self, field: str) -> bool:
        """Whether words begin with what names a term, nearly or not."""
        try:
            return self.split(field) is not None
        except NearName:
            return True

    def with_figures(self, text: str, write: Callable[[re.Match[str]], str]) -> str:
        """The text with what `write` makes of each name in it that has figures of its own or stands in quotes before its
        value: `clause 7` in `clause 7 2 -> 3`."""
        own = sorted(
            (term.name for term in self._terms if re.search(r"\d", term.name)), key=len, reverse=True
        )
        names = [r"\s+".join(map(re.escape, name.split())) for name in own]
        quoted = (
            r'(?:(?<=^)|(?<=[,;\n] )|(?<= for )|(?<= and ))"[^"\n]*\w[^"\n]*"(?=\s*[\d:=]|\s\S+\s*(?:->|→))'
        )
        whole = [rf"(?<!\w){name}(?!\w)(?!\s*(?:,|;|$))" for name in names]
        return re.sub(rf"(?P<name>{'|'.join([*whole, quoted])})", write, text, flags=re.IGNORECASE)

    def split(self, field: str, *, certain: bool = False) -> tuple[Term, str] | None:
        """`payment net 60` as the term and `60`; None where no term is named at the beginning. Raises NearName, unless
        only what is `certain` is wanted."""
        quoted = _QUOTED.match(field)
        if quoted is not None:
            named = self.exact(quoted["name"])
            return None if named is None else (named, quoted["rest"].strip())
        ends = [word.end() for word in re.finditer(r"[^\s:=]+", field)][:_MOST_WORDS]
        for end in reversed(ends):
            exact = self.exact(field[:end])
            if exact is not None:
                return exact, field[end:].lstrip(" :=").strip()
        words = None if certain else re.match(r"[^\d:=\"]+", field)
        found = self.find(words[0].strip()) if words else None
        return None if words is None or found is None else (found, field[words.end() :].lstrip(" :=").strip())

    def unknown(self, words: str) -> Misread:
        """That no term of the plan is meant, which ones there are, and how to add one."""
        there = ", ".join(term.name for term in self._terms)
        wrong = f"Its terms are: {cut(there, 300)}." if there else "This plan has no terms yet."
        name = cut(re.split(r"[\d:=€$£]", words)[0].strip() or "price", 30)
        return Misread(
            f"That names no term of this plan, and nothing was changed. {wrong}",
            understood=f"I read {excerpt(words)}.",
            example=f"term {self._plan} {name}: open ..., target ..., stop ... (adds one)",
        )


def _phrases(terms: Sequence[Term]) -> dict[str, Term]:
    """Phrase in normal form -> term: own names first, then what such a term is usually called."""
    known = {wording(term.name): term for term in terms}
    for words, phrases in _GROUPS:
        members = [term for term in terms if words & set(wording(term.name).split())]
        if len(members) == 1:
            for phrase in phrases:
                known.setdefault(wording(phrase), members[0])
    return known
