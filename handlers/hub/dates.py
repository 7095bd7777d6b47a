"""The next dates on the hub. A feature with dates of its own adds a source to `SOURCES`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.figures import cut
from handlers.writing import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from handlers.command import Turn
    from storage.plans import PlanHead

_MOST = 4


@dataclass(frozen=True, slots=True)
class HubDate:
    """Something that is coming: when (aware UTC, for the order), and how it is said on one line."""

    when: datetime
    line: str


def talks(turn: Turn, heads: Sequence[PlanHead]) -> Iterable[HubDate]:
    """The talks that are still to come."""
    for head in heads:
        if head.talks_at is not None and head.talks_at >= turn.now:
            yield HubDate(
                head.talks_at, f"{moment(head.talks_at, turn.now, turn.manners)} talks with {head.supplier}"
            )


SOURCES: tuple[Callable[[Turn, Sequence[PlanHead]], Iterable[HubDate]], ...] = (talks,)


def next_dates(turn: Turn, heads: Sequence[PlanHead]) -> list[str]:
    """The next few dates, the soonest first."""
    found = [one for source in SOURCES for one in source(turn, heads)]
    return [cut(one.line) for one in sorted(found, key=lambda one: one.when)[:_MOST]]
