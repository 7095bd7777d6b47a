"""Reminders that climb towards a day: the notice deadline of a contract, the day of the talks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from handlers.dates.moments import checked
from handlers.errors import Misread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.reminders.rules.posting import Posting

Phase = Literal["before", "late", "missed"]
Kind = Literal["rung", "late", "missed"]

LADDER = (90, 60, 30, 14, 7, 1)
COUNTDOWN = (14, 7, 3, 1, 0)
_PHASES: tuple[Phase, ...] = ("before", "late", "missed")
_KINDS: tuple[Kind, ...] = ("rung", "late", "missed")  # which of them still makes sense in which phase


@dataclass(frozen=True, slots=True)
class Rung:
    """One post on the way to `target` (the send-by date, the talks), or one after it was let pass.

    `moment` is when it is posted (aware UTC) and `day` that day in local time; `days_before` is the step of
    the ladder, None for late and missed. `overdue`: its moment is over, so it is posted at once.
    """

    kind: Kind
    target: date
    day: date
    moment: datetime
    days_before: int | None = None
    overdue: bool = False

    @property
    def occurrence(self) -> str:
        """What makes it one and the same post, however often it is worked out: `2028-03-29/30`."""
        return f"{self.target.isoformat()}/{self.kind if self.days_before is None else self.days_before}"


def phase(today: date, send_by: date, clause_date: date) -> Phase:
    """Before or on send-by; late (a faster method may do) up to the clause date; missed after it."""
    if today <= send_by:
        return "before"
    return "late" if today <= clause_date else "missed"


def rungs(
    send_by: date,
    posting: Posting,
    now: datetime,
    ladder: Iterable[int] = LADDER,
    clause_date: date | None = None,
) -> list[Rung]:
    """What is owed about a notice deadline from `now` on, rising: rungs before send-by, late, missed.

    Each rung is moved back to a working day and posted at the posting hour; two on one day are one, the
    nearer. Of those whose moment is over only the latest is left, marked overdue and with the moment it had,
    so that a late import does not flood and a missed deadline is said once; and none is left whose phase is
    over. Without a `clause_date` (no deadline, just a day) there are rungs only, and none after the day.
    Raises Misread for a ladder that is none.
    """
    rising = [_rung(send_by, n, posting) for n in _checked_ladder(ladder)]
    rising += [] if clause_date is None else _afterwards(send_by, clause_date, posting)
    reached = _PHASES.index(phase(posting.today(now), send_by, clause_date or send_by))
    open_yet = [rung for rung in rising if _KINDS.index(rung.kind) >= reached]
    return _latest_and_later(open_yet, now)


def countdown(talks: date, posting: Posting, now: datetime, steps: Iterable[int] = COUNTDOWN) -> list[Rung]:
    """The reminders before talks, rising, on working days; none in the past, two on one day are one."""
    climbing = _one_a_day([_rung(talks, n, posting) for n in _checked_ladder(steps)])
    return [rung for rung in climbing if rung.moment > checked(now)]


def single(day: date, posting: Posting) -> Rung:
    """A reminder on one day, moved back to a working day: decision due, contract end, uplift, review."""
    return _rung(day, 0, posting)


def _checked_ladder(ladder: Iterable[int]) -> list[int]:
    steps = sorted(set(ladder), reverse=True)
    if not steps or not 0 <= steps[-1] <= steps[0] <= 1000:
        raise Misread(
            "A ladder is some days before the date, from 0 to 1000.", example="90, 60, 30, 14, 7, 1"
        )
    return steps


def _rung(target: date, days_before: int, posting: Posting) -> Rung:
    day = posting.moved_back(target - timedelta(days=days_before))
    return Rung("rung", target, day, posting.moment(day), days_before)


def _afterwards(send_by: date, clause_date: date, posting: Posting) -> list[Rung]:
    """Late on the first working day after send-by, missed on the first after the clause date.

    Where no working day lies between the two they fall on one day, and missed is what is left of them.
    """
    late = posting.calendar.on_or_after(send_by + timedelta(days=1))
    missed = posting.calendar.on_or_after(clause_date + timedelta(days=1))
    return [
        Rung("late", send_by, late, posting.moment(late)),
        Rung("missed", send_by, missed, posting.moment(missed)),
    ]


def _one_a_day(rising: list[Rung]) -> list[Rung]:
    """Of several on one day the last, which is the nearest to the target."""
    return list({rung.day: rung for rung in rising}.values())


def _latest_and_later(rising: list[Rung], now: datetime) -> list[Rung]:
    """The future ones and, marked, the latest of those whose moment is over."""
    since = checked(now)
    daily = _one_a_day(rising)
    over = [rung for rung in daily if rung.moment <= since]
    marked = [
        Rung(rung.kind, rung.target, rung.day, rung.moment, rung.days_before, overdue=True)
        for rung in over[-1:]
    ]
    return marked + daily[len(over) :]
