"""What a sentence says of terms: which can move and which cannot, `payment and lead time move; inspection does not`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.reading.names import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handlers.terms.rules import Kind

_MOST_WORDS = 5
_CLAUSE = re.compile(r"[;\n]|[.!?](?=\s|$)|\b(?:but|while|whereas|yet|however|though|although)\b", re.I)
_PART = re.compile(r",\s|\s(?:and|or)\s|\s[&+]\s", re.I)
_LINKS = frozenset({"and", "or"})  # they part names, and stand inside some
_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*%?")
_VERDICTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("nice", re.compile(r"\bnice\b|\bbonus\b|\boptional\b", re.I)),
    ("flexible", re.compile(r"\bnot (?:an? )?(?:must\b|fixed\b|firm\b|essential\b|vital\b)", re.I)),
    (
        "must",
        re.compile(
            r"\b(?:cannot|not|never|no|must|needs?|fixed|firm|stays?|holds?|essential|vital|indispensable)\b"
            r"|n['’]t\b|\bcant\b|\bnon-\w+|\bred lines?\b|\bwithout\b",
            re.I,
        ),
    ),
    (
        "flexible",
        re.compile(r"\b(?:mov\w+|move|flexible|negotiable|bends?|can|may|could|gives?|open)\b", re.I),
    ),
)
"""In this order: `not a must` is no must, and `cannot` is no `can`."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a clause: what it names, and what it says of that (None: nothing of its own)."""

    names: tuple[str, ...]
    verdict: Kind | None


def kinds_said(text: str, known: Callable[[str], str | None]) -> dict[str, Kind]:
    """What a text says of each term that it names. `known` gives the term that words mean exactly, or None.

    A verdict counts for the whole list in front of it (`payment, lead time and warranty move`), at the end of a
    clause also for what follows it (`fixed: price, warranty`). A term of which nothing is said is left out.
    """
    found: dict[str, Kind] = {}
    for clause in _CLAUSE.split(text):
        parts = list(_parts(clause, known))
        for at, part in enumerate(parts):
            later = (one.verdict for one in parts[at:] if one.verdict)
            before = (one.verdict for one in reversed(parts[:at]) if one.verdict)
            if verdict := next(later, None) or next(before, None):
                found.update(dict.fromkeys(part.names, verdict))
    return found


def terms_needed(text: str, known: Callable[[str], str | None]) -> dict[str, Kind]:
    """What somebody inside cannot do without: every term that is named, a must-have unless it is called nice to have."""
    found: dict[str, Kind] = {}
    for clause in _CLAUSE.split(text):
        for part in _parts(clause, known):
            found.update(dict.fromkeys(part.names, "nice" if part.verdict == "nice" else "must"))
    return found


def _parts(clause: str, known: Callable[[str], str | None]) -> Iterator[_Part]:
    """The parts of a clause. The words that name a term say nothing else: a `firm volume` is not said to be firm."""
    named = list(_named(clause, known))
    inside = [range(start, end) for start, end, _ in named]
    cuts = [cut for cut in _PART.finditer(clause) if not any(cut.start() in span for span in inside)]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(clause)]
    for start, end in zip(starts, ends, strict=True):
        here = [one for one in named if start <= one[0] < end]
        rest = clause[start:end]
        for first, last, _ in here:
            rest = rest.replace(clause[first:last], " ")
        yield _Part(tuple(name for _, _, name in here), _verdict(rest))


def _verdict(words: str) -> Kind | None:
    return next((kind for kind, pattern in _VERDICTS if pattern.search(words)), None)


def _named(clause: str, known: Callable[[str], str | None]) -> Iterator[tuple[int, int, str]]:
    """Where terms are named, from where to where, the longest names first."""
    words = list(_WORD.finditer(clause))
    at = 0
    while at < len(words):
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + count - 1].end()
            edges = {words[at].group().casefold(), words[at + count - 1].group().casefold()}
            name = None if edges & _LINKS else known(wording(clause[start:end]))
            if name is not None:
                yield start, end, name
                at += count - 1
                break
        at += 1
