"""What in the concession log deserves a kind word of warning."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from handlers.concessions.rules.measures import given, sizes
from handlers.concessions.rules.paths import path, retold
from handlers.concessions.rules.records import effective
from handlers.terms.rules import amount, better_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handlers.concessions.rules.records import Entry, Offered, Side, Step
    from handlers.terms.rules import TermSpec, Value

AlarmCode = Literal[
    "given for nothing",
    "steps grow",
    "past target",
    "near stop",
    "past stop",
    "wrong way",
    "before differs",
]
NEAR = Decimal("0.1")
"""A value is near the stop when at most this share of the way between target and stop is left."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One warning about one entry; side and term where it is about a step.

    `recorded` is the position on record where the step's own `before` says something else.
    """

    code: AlarmCode
    entry: int
    side: Side = "ours"
    term: str = ""
    recorded: Value | None = None


def alarms(terms: Iterable[TermSpec], offers: Iterable[Offered], log: Iterable[Entry]) -> tuple[Alarm, ...]:
    """All warnings about the entries that count, in the order of the log. To show one once is up to the caller."""
    specs = {term.name: term for term in terms}
    offered, entries = tuple(offers), effective(log)
    found: list[Alarm] = []
    for entry in entries:
        if is_gift(entry, specs.values()):
            found.append(Alarm("given for nothing", entry.number))
        for step in entry.steps:
            term = specs.get(step.term)
            if term is not None:
                known = [p.value for p in path(step.side, step.term, offered, entries, until=entry)]
                found.extend(_about_step(entry, step, term, known))
    return tuple(found)


def is_gift(entry: Entry, terms: Iterable[TermSpec]) -> bool:
    """Whether we gave something in an entry and got nothing: no step and no favour of theirs."""
    if entry.theirs or entry.their_favour:
        return False
    specs = {term.name: term for term in terms}
    return bool(entry.our_favour) or any(_gives(step, specs.get(step.term)) for step in entry.ours)


def _gives(step: Step, term: TermSpec | None) -> bool:
    """A step counts as given unless it is known to lead away from the other side."""
    way = None if term is None else given(step.side, term, step.before, step.after)
    return way is None or way > 0


def _about_step(entry: Entry, step: Step, term: TermSpec, known: Sequence[Value]) -> Iterator[Alarm]:
    standing = known[-1] if known else None
    before = standing if step.before is None else step.before
    if _differs(step, known):
        yield Alarm("before differs", entry.number, step.side, step.term, standing)
    way = given(step.side, term, before, step.after)
    if way is not None and way < 0:
        yield Alarm("wrong way", entry.number, step.side, step.term)
    if step.side == "ours" and (way is None or way > 0):
        codes = (
            _growth(term, known, before, step.after),
            _target(term, before, step.after),
            _stop(term, step),
        )
        for code in codes:
            if code is not None:
                yield Alarm(code, entry.number, "ours", step.term)


def _differs(step: Step, known: Sequence[Value]) -> bool:
    if step.before is None or not known or known[-1] == step.before:
        return False
    return not retold(step.before, step.after, known)


def _growth(term: TermSpec, known: Sequence[Value], before: Value | None, after: Value) -> AlarmCode | None:
    """Whether this step is longer than the one that led to where it started."""
    line = list(known)
    if before is not None and before in line:
        line = line[: len(line) - line[::-1].index(before)]
    elif before is not None:
        line.append(before)
    numbers = [number for value in (*line, after) if (number := amount(term, value)) is not None]
    steps = sizes(numbers)
    return "steps grow" if len(steps) > 1 and steps[-1] > steps[-2] else None


def _target(term: TermSpec, before: Value | None, after: Value) -> AlarmCode | None:
    """Whether this step is the one that goes past the target."""
    was, now = better_by(term, before, term.target), better_by(term, after, term.target)
    if now is None or now >= 0:
        return None
    return "past target" if was is None or was >= 0 else None


def _stop(term: TermSpec, step: Step) -> AlarmCode | None:
    left = better_by(term, step.after, term.stop)
    if left is None:
        return None
    if left < 0:
        return "past stop"
    whole = better_by(term, term.target if term.target is not None else term.opening, term.stop)
    return "near stop" if whole is not None and left <= NEAR * whole else None
