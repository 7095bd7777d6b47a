"""Forgiving matching of names: of suppliers, plans, terms, people."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from handlers.errors import Misread
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")

LONGEST = 80
"""How many characters the name of a thing in a plan may have."""
_LONGEST = 200
_FAR = 5
_AND = frozenset({"and", "und", "et"})
_LEGAL_FORMS = """
ab ag aps as asa bhd bv co company corp corporation cv doo dac eg ek ev gbr gesmbh gmbh inc incorporated kft kg kgaa
kk limited llc llp lp ltd ltda mbh nv oe og ohg ou oy oyj plc pte pty pvt sa sab sae sarl sas sasu sdn se sl slu snc
spa spzoo srl sro ug vof zoo zrt
"""
_FORMS = frozenset(_LEGAL_FORMS.split())
_ARTICLES = frozenset({"the", "a", "an", "our", "my"})
_COUNTED = re.compile(r"\d+|\b\w\b")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("\u200c\u200d", "")  # unseen, so two names that differ by them alone are one
)


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """What a name may mean: nothing, one or several. `sure` is False where one is only near (mistyped)."""

    several: tuple[T, ...] = ()
    sure: bool = False

    @property
    def one(self) -> T | None:
        """The one that is meant; None for nothing and for several."""
        return self.several[0] if len(self.several) == 1 else None


@lru_cache(1024)  # a turn compares the same few names several times
def normal(name: str) -> str:
    """The form in which names are compared and kept: small letters without accents, marks, articles, legal forms.

    `The Müller & Söhne GmbH` is `muller sohne`. A name that has nothing else keeps its article or form.
    """
    return _joined(name, _without_forms(_words(name)))


@lru_cache(1024)
def wording(name: str) -> str:
    """The normal form of what is no company, such as a term: `clause AB` keeps its last word."""
    return _joined(name, _words(name))


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKD", name[: 4 * _LONGEST].casefold().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=\w)[.'’](?=\w)|['’]", "", text)
    return _without_article([word for word in re.sub(r"[\W_]+", " ", text).split() if word not in _AND])


def _joined(name: str, words: list[str]) -> str:
    return (" ".join(words) or " ".join(name.casefold().translate(_LETTERS).split()))[:_LONGEST].strip()


def _without_article(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def _without_forms(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1 and (
        words[end - 1] in _FORMS or words[end - 2 : end] in (["z", "oo"], ["sp", "z"], ["d", "o"])
    ):
        end -= 1
    return [word for word in words[:end] if word != "sp"] if end < len(words) and end > 1 else words[:end]


def match(query: str, names: Mapping[T, Sequence[str]]) -> Match[T]:
    """Finds what `query` names. `names` holds for each thing its name and aliases.

    In this order: the same normal form; the same but for plurals and blanks; the first words of a name; mistyped
    by few letters (then not `sure`). The first of these that finds anything decides. Short names are matched
    strictly: three letters exactly, four without an exchanged letter.
    """
    asked = normal(query)
    if not asked or len(query) > _LONGEST:
        return Match()
    known = {thing: [form for form in map(normal, aliases) if form] for thing, aliases in names.items()}
    loose = _loose(asked)
    same = _having(known, lambda form: form == asked) or _having(known, lambda form: _loose(form) == loose)
    begun = same or _having(known, lambda form: _begins(form, asked))
    return Match(begun, sure=True) if begun else Match(_near(asked, known))


def same(query: str, names: Mapping[T, Sequence[str]], form: Callable[[str], str] = normal) -> T | None:
    """The one thing that is called so, but for case, accents, articles, plurals and blanks: whatever is written to it
    cannot have been meant for another. None for none and for several."""
    asked = form(query)
    known = {thing: [form(name) for name in aliases] for thing, aliases in names.items()}
    found = _having(known, lambda one: one == asked) or _having(
        known, lambda one: _loose(one) == _loose(asked)
    )
    return found[0] if asked and len(query) <= _LONGEST and len(found) == 1 else None


def near(query: str, names: Mapping[T, Sequence[str]], form: Callable[[str], str] = normal) -> tuple[T, ...]:
    """Everything that a name may have been meant for although it is called otherwise. Names with other figures or
    single letters in them are not near: `clause 7` is not `clause 8`, and `annex a` not `annex b`."""
    asked = form(query)
    if not asked or len(query) > _LONGEST:
        return ()
    counted = _COUNTED.findall(asked)
    known = {thing: [form(name) for name in aliases] for thing, aliases in names.items()}
    alike = {
        thing: kept
        for thing, forms in known.items()
        if (kept := [one for one in forms if one and _COUNTED.findall(one) == counted])
    }
    begun = _having(alike, lambda one: _begins(one, asked) or _loose(one) == _loose(asked))
    return begun or _near(asked, alike)


def _having(known: Mapping[T, list[str]], fits: Callable[[str], bool]) -> tuple[T, ...]:
    return tuple(thing for thing, forms in known.items() if any(map(fits, forms)))


def _loose(form: str) -> str:
    """Without blanks, and with every word in the singular."""
    return "".join(_singular(word) for word in form.split())


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


def _begins(form: str, asked: str) -> bool:
    """Whether the name starts with the asked words, the last of which may be cut after three letters."""
    if form.startswith(asked + " "):
        return True
    return len(asked) >= 3 and form.startswith(asked)


def _near(asked: str, known: Mapping[T, list[str]]) -> tuple[T, ...]:
    """Mistyped whole names, or else the beginnings of names with as many words."""
    words = len(asked.split())
    whole = {thing: {form.replace(" ", "") for form in forms} for thing, forms in known.items()}
    begun = {thing: {"".join(form.split()[:words]) for form in forms} for thing, forms in known.items()}
    return _nearest(asked.replace(" ", ""), whole) or _nearest(asked.replace(" ", ""), begun)


def _nearest(asked: str, known: Mapping[T, set[str]]) -> tuple[T, ...]:
    """The things that are the fewest letters away, within what the length allows."""
    best, found = _FAR - 1, list[T]()
    for thing, forms in known.items():
        away = min((_distance(asked, form, best) for form in forms), default=_FAR)
        if away < best:
            best, found = away, [thing]
        elif away == best:
            found.append(thing)
    return tuple(found)


def _distance(asked: str, name: str, limit: int) -> int:
    """Letters to change (neighbours swapped count one), or _FAR where that is too many for the length."""
    from rapidfuzz.distance import OSA

    shorter = min(len(asked), len(name))
    allowed = min(limit, 0 if shorter <= 3 else 1 if shorter <= 6 else 2 if shorter <= 11 else 3)
    if abs(len(asked) - len(name)) > allowed or (shorter <= 5 and asked[0] != name[0]):
        return _FAR
    away = OSA.distance(asked, name, score_cutoff=allowed)
    swapped = len(asked) == len(name) and sorted(asked) == sorted(name)
    if away > allowed or (shorter <= 4 and len(asked) == len(name) and not swapped):
        return _FAR
    return int(away)


def check_length(name: str, what: str, example: str) -> None:
    """Raises Misread where a name is longer than LONGEST, and says by how much."""
    if len(name) > LONGEST:
        raise Misread(
            f"{what[0].upper()}{what[1:]} has at most {LONGEST} characters, and this one has {len(name)}. "
            "Nothing was changed.",
            understood=f"I read {excerpt(name)}.",
            example=example,
        )
