"""Which term of a plan is meant: `delivery` is its lead time, `payment net` its payment days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.figures import cut
from handlers.reading.names import match, normal
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        """The term that is called exactly so, or that such a word usually means."""
        return self._known.get(normal(words))

    def find(self, words: str) -> Term | None:
        """The term that these words name, forgiving case, plurals, slips and shortened words."""
        asked = normal(words)
        if not asked:
            return None
        exact = self._known.get(asked)
        if exact is not None:
            return exact
        found = match(asked, {term.normal: (term.name,) for term in self._terms})
        if found.one is None:
            found = match(asked, {phrase: (phrase,) for phrase in self._known})
            meant = {self._known[phrase].normal for phrase in found.several}
            return self._by_normal(meant.pop()) if len(meant) == 1 else None
        return self._by_normal(found.one)

    def _by_normal(self, name: str) -> Term | None:
        return next((term for term in self._terms if term.normal == name), None)

    def split(self, field: str) -> tuple[Term, str] | None:
        """`payment net 60` as the term and `60`; None where no term is named at the beginning."""
        ends = [word.end() for word in re.finditer(r"[^\s:=]+", field)][:_MOST_WORDS]
        for end in reversed(ends):
            exact = self._known.get(normal(field[:end]))
            if exact is not None:
                return exact, field[end:].lstrip(" :=").strip()
        words = re.match(r"[^\d:=\"]+", field)
        near = self.find(words[0]) if words else None
        if words is None or near is None:
            return None
        return near, field[words.end() :].lstrip(" :=").strip()

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
    known = {term.normal: term for term in terms}
    for words, phrases in _GROUPS:
        members = [term for term in terms if words & set(term.normal.split())]
        if len(members) == 1:
            for phrase in phrases:
                known.setdefault(normal(phrase), members[0])
    return known
