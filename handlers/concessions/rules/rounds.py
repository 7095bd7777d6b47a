"""Where both sides stood, round by round: what a chart of their movement shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from handlers.concessions.rules.paths import Stand
    from handlers.concessions.rules.records import Side
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
    moves = [(stand.moment, not stand.before, side, stand) for side in found for stand in found[side]]
    standing: dict[Side, Value] = {}
    made: list[Round] = []
    moved: set[Side] = set()
    for moment, _, side, stand in sorted(moves, key=lambda move: move[:3]):
        day = day_of(moment[0])
        goes_on = bool(made) and (made[-1].day, made[-1].before) == (day, stand.before) and side not in moved
        moved = moved | {side} if goes_on else {side}
        standing[side] = stand.value
        made[-1 if goes_on else len(made) :] = [Round(day, stand.before, dict(standing))]
    return tuple(made)
