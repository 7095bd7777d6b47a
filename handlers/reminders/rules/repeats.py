"""What happens while nobody answers, and what snoozing may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from handlers.errors import Misread, Refused

if TYPE_CHECKING:
    from handlers.reminders.rules.posting import Posting

Reader = Literal["place", "backup", "lead"]

REPEAT_EVERY = 3
LAST_WORKING_DAYS = 10
_STEPS_USUAL = (2, 4)  # after how many repeats the backup, then the lead, is told as well
_STEPS_CLOSE = (0, 1)
_SNOOZES = {"1 day": 1, "3 days": 3, "1 week": 7}


class Window(NamedTuple):
    """A notice deadline as repeats see it: the days on which it comes near, gets late, is missed."""

    send_by: date
    clause_date: date


@dataclass(frozen=True, slots=True)
class Repeat:
    """The `number`-th repeat (from 1) of something not acknowledged: the local day, the moment, to whom.

    `place` is where it was posted first, with its owner.
    """

    number: int
    day: date
    moment: datetime
    to: tuple[Reader, ...]


def next_repeat(
    last_post: date, repeats: int, posting: Posting, window: Window | None = None, every: int = REPEAT_EVERY
) -> Repeat | None:
    """The repeat that follows a post on `last_post` (local day) and `repeats` repeats, if nobody acknowledges.

    Every `every` working days; after two repeats to the backup too, after two more to the lead. From 10
    working days before send-by on daily, to the backup from the first repeat, the lead from the second.
    After the clause date only to the lead. None where the clause date comes first: then the ladder itself
    says once in its place that the deadline was missed. `last_post` counts rungs as well as repeats.
    """
    number = repeats + 1
    if window is None:
        return _repeat(posting.calendar.plus(last_post, every), number, posting, _STEPS_USUAL)
    if last_post > window.clause_date:
        day = posting.calendar.plus(last_post, every)
        return Repeat(number, day, posting.moment(day), ("lead",))
    close = posting.calendar.minus(window.send_by, LAST_WORKING_DAYS)
    day = _next_day(last_post, close, posting, every)
    if day > window.clause_date:
        return None
    return _repeat(day, number, posting, _STEPS_CLOSE if day >= close else _STEPS_USUAL)


def _next_day(last_post: date, close: date, posting: Posting, every: int) -> date:
    """Daily once the deadline is close, and no later than the first of those days."""
    tomorrow = posting.calendar.plus(last_post, 1)
    return min(posting.calendar.plus(last_post, every), max(tomorrow, close))


def _repeat(day: date, number: int, posting: Posting, steps: tuple[int, int]) -> Repeat:
    others: tuple[Reader, ...] = ("backup", "lead")
    told = tuple(reader for reader, after in zip(others, steps, strict=True) if number > after)
    return Repeat(number, day, posting.moment(day), ("place", *told))


def snooze(until: str | date, now: datetime, posting: Posting, send_by: date | None = None) -> datetime:
    """When a snoozed reminder comes back (aware UTC): after `1 day`, `3 days`, `1 week`, or on a date.

    On a working day: the one before, or after where the one before is already here. With `send_by`, a notice
    deadline, never past it. Raises Misread for a day that is none or over, Refused for one past send-by.
    """
    today = posting.today(now)
    wanted = _wanted(until, today)
    day = posting.moved_back(wanted)
    if day <= today:
        day = posting.calendar.on_or_after(wanted)
    if send_by and (wanted > send_by or day > send_by):
        raise _past_send_by(send_by, today, posting)
    return posting.moment(day)


def _wanted(until: str | date, today: date) -> date:
    if isinstance(until, str):
        days = _SNOOZES.get(" ".join(until.lower().split()))
        if days is None:
            raise Misread("Snooze takes 1 day, 3 days, 1 week or a date.", example="3 days")
        return today + timedelta(days=days)
    if until <= today:
        raise Misread("That day is not in the future.", example=(today + timedelta(days=1)).isoformat())
    return until


def _past_send_by(send_by: date, today: date, posting: Posting) -> Refused:
    latest = posting.moved_back(send_by)
    if latest <= today:
        return Refused("A notice deadline cannot be snoozed any more: the day to send it is here or over.")
    return Refused(
        "A notice deadline cannot be snoozed past the day it must be sent.", example=latest.isoformat()
    )
