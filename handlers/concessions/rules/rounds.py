"""Where both sides stood, round by round: what a chart of their movement shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from handlers.concessions.rules.paths import Stand
    from handlers.concessions.rules.records import Moment, Side
    from handlers.terms.rules import Value


@dataclass(frozen=True, slots=True)
class Round:
    """Where both sides stood after each had moved once at most. `values` has no side that has said nothing yet.

    `before`: they stood there before `day`, and nobody recorded since when.
    """

    day: date
    before: bool
    values: Mapping[Side, Value]


def rounds(found: Mapping[Side, Sequence[Stand]], day_of: Callable[[datetime], date]) -> tuple[Round, ...]:
    """The positions of both sides (`stands`) in order of time. A day is a round, and another one begins in it where a side
    moves again. A position holds until its side moves."""
    standing: dict[Side, Value] = {}
    made: list[Round] = []
    moved: set[Side] = set()
    for day, on_the_day, _, side, value in sorted(_moves(found, day_of), key=lambda move: move[:4]):
        before = not on_the_day
        goes_on = bool(made) and (made[-1].day, made[-1].before) == (day, before) and side not in moved
        moved = moved | {side} if goes_on else {side}
        standing[side] = value
        made[-1 if goes_on else len(made) :] = [Round(day, before, dict(standing))]
    return tuple(made)


def _moves(
    found: Mapping[Side, Sequence[Stand]], day_of: Callable[[datetime], date]
) -> Iterator[tuple[date, bool, Moment, Side, Value]]:
    """Each position with its day, whether it was come to on that day, and its moment. What stood there before a day is told
    by the first move of a side on that day; before a later one it lies between two moves of the day."""
    for side, stands in found.items():
        last: date | None = None
        for stand in stands:
            day = day_of(stand.moment[0])
            yield day, not stand.before or day == last, stand.moment, side, stand.value
            last = day
