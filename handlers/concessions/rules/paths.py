"""Where each side stood on each term, from offers and log alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from handlers.concessions.rules.records import effective

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from handlers.concessions.rules.records import Entry, Moment, Offered, Side, Step
    from handlers.terms.rules import Value


@dataclass(frozen=True, slots=True)
class Point:
    """A value that a side stood at from `at` (aware UTC); `entry` is the log entry that says so, None: an offer."""

    value: Value
    at: datetime
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """A value that a side came to at a moment. `before`: it stood there already, which only a move away from it tells."""

    value: Value
    moment: Moment
    entry: int | None = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class _Event:
    moment: Moment
    value: Value
    before: Value | None = None
    entry: int | None = None


def path(
    side: Side,
    term: str,
    offers: Iterable[Offered],
    log: Iterable[Entry],
    *,
    opening: Value | None = None,
    until: Entry | None = None,
) -> tuple[Point, ...]:
    """One side's values on one term in order of time, repeats left out.

    A log entry also tells where the side came from, if nothing else does: its `before`, else `opening`. A
    move that offers already tell adds nothing. With `until`, only what was there before that entry.
    """
    found = stands(side, term, offers, log, opening=opening, until=until)
    return tuple(Point(stand.value, stand.moment[0], stand.entry) for stand in found)


def stands(
    side: Side,
    term: str,
    offers: Iterable[Offered],
    log: Iterable[Entry],
    *,
    opening: Value | None = None,
    until: Entry | None = None,
) -> tuple[Stand, ...]:
    """The same as `path`, with the order of recording and what was there before a move."""
    found: list[Stand] = []
    for event in _events(side, term, offers, effective(log)):
        if until is not None and event.moment >= until.moment:
            break
        told = _told(event, [stand.value for stand in found], opening)
        found += [
            Stand(value, event.moment, event.entry, left > 1)
            for left, value in zip(range(len(told), 0, -1), told, strict=True)
        ]
    return tuple(found)


def _events(side: Side, term: str, offers: Iterable[Offered], log: Iterable[Entry]) -> list[_Event]:
    found = [
        _Event(offer.moment, offer.values[term])
        for offer in offers
        if offer.side == side and term in offer.values
    ]
    found += [
        _Event(entry.moment, step.after, step.before, entry.number)
        for entry in log
        for step in entry.steps
        if step.side == side and step.term == term
    ]
    return sorted(found, key=lambda event: event.moment)


def _told(event: _Event, known: Sequence[Value], opening: Value | None) -> list[Value]:
    """The values that an event adds to those known so far."""
    if event.entry is None:
        start: Value | None = None
    elif not known:
        start = opening if event.before is None else event.before
    elif retold(event.before, event.value, known):
        return []
    else:
        start = event.before if _between(known[-1], event.before, event.value) else None
    added = [value for value in (start, event.value) if value is not None]
    standing = known[-1] if known else None
    return [value for value, last in zip(added, [standing, *added], strict=False) if value != last]


def retold(before: Value | None, after: Value, known: Sequence[Value]) -> bool:
    """Whether a move is one that the values known so far already show, and not the same move made again."""
    if not known or known[-1] == before:
        return False
    return known[-1] == after or any(pair == (before, after) for pair in pairwise(known))


def _between(start: Value, middle: Value | None, end: Value) -> bool:
    """Whether a number lies strictly between two others: a stop on the way that nobody recorded."""
    if not (isinstance(start, Decimal) and isinstance(middle, Decimal) and isinstance(end, Decimal)):
        return False
    return start < middle < end or start > middle > end


def positions(
    offers: Iterable[Offered], log: Iterable[Entry], openings: Mapping[str, Value] | None = None
) -> dict[tuple[Side, str], Value]:
    """The latest value per side and term, from offers and log alike. What was never said has no position."""
    offered, entries = tuple(offers), tuple(log)
    named = {(offer.side, term) for offer in offered for term in offer.values}
    named |= {(step.side, step.term) for step in _steps(entries)}
    found: dict[tuple[Side, str], Value] = {}
    for side, term in sorted(named):
        opening = (openings or {}).get(term) if side == "ours" else None
        points = path(side, term, offered, entries, opening=opening)
        if points:
            found[side, term] = points[-1].value
    return found


def _steps(log: Iterable[Entry]) -> list[Step]:
    return [step for entry in effective(log) for step in entry.steps]
