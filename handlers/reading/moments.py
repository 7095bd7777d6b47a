"""Moments: a day and a time in the member's zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from handlers.dates.moments import local_moment
from handlers.reading.dates import read_date
from handlers.reading.plain import misread, plain

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from handlers.errors import Misread
    from handlers.manners import Manners

EXAMPLE = "tomorrow 9:00"
_HALF = r"(?P<half>am|pm|a\.m\.?|p\.m\.?)"
_CLOCKS = (
    rf"(?P<h>[0-9]{{1,2}})[:h](?P<m>[0-9]{{2}})(?::[0-9]{{2}})?\s?{_HALF}?(?: uhr| o'?clock| h)?",
    rf"(?P<h>[0-9]{{1,2}})(?:\.(?P<m>[0-9]{{2}}))?\s?{_HALF}",
    r"(?P<h>[0-9]{1,2})(?:\.(?P<m>[0-9]{2}))?\s?(?:h|uhr|o'?clock)",
    r"at (?P<h>[0-9]{1,2})(?:\.(?P<m>[0-9]{2}))?",
    r"(?P<noon>noon|midday)",
)
_ENDING = tuple(re.compile(rf"(?P<day>.*?)(?:^|,? |t)(?:at |@ ?)?{clock}", re.DOTALL) for clock in _CLOCKS)
_LEADING = tuple(
    re.compile(rf"(?:at |@ ?)?{clock}(?:,? (?:on )?)(?P<day>.+)", re.DOTALL) for clock in _CLOCKS
)
_SPAN = re.compile(
    r"(?:in )?(?P<n>[0-9]{1,4}|an?|half an) ?(?P<unit>minutes?|mins?|hours?|hrs?|h)(?P<end> from now)?"
)
_STAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:z|[+-][0-9]{2}:?[0-9]{2})"
)


def read_moment(text: str, now: datetime, manners: Manners, *, at: time | None = None) -> datetime:
    """`today 15:00`, `1 April at 3pm`, `in 2 hours`: an aware UTC datetime. Raises Misread.

    Days are read as by `read_date`, in the member's zone. A time alone is the next such time. A day alone takes
    the time `at`, and is refused without it. A time that the clocks leave out is moved on by the gap; of one
    that comes twice the first is taken. `now` is aware.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    core = " ".join(plain(text[:101]).casefold().split()).strip(" ,;!?")
    if len(text) > 100 or not core:
        raise _misread(text, "I need a day and a time.")
    try:
        return _span(core, now) or _stamp(core) or _day_and_time(core, text, now, manners, at)
    except (OverflowError, ValueError):
        raise _misread(text, "That is outside the calendar.") from None


def _misread(text: str, wrong: str) -> Misread:
    return misread(text, wrong, EXAMPLE)


def _span(core: str, now: datetime) -> datetime | None:
    found = _SPAN.fullmatch(core)
    if not found or not (core.startswith("in ") or found["end"]):
        return None
    minutes = 1.0 if found["unit"].startswith("m") else 60.0
    count = {"a": 1.0, "an": 1.0, "half an": 0.5}.get(found["n"]) or float(found["n"])
    return (now + timedelta(minutes=minutes * count)).astimezone(UTC)


def _stamp(core: str) -> datetime | None:
    """An ISO 8601 moment with its own offset."""
    return datetime.fromisoformat(core.upper()).astimezone(UTC) if _STAMP.fullmatch(core) else None


def _day_and_time(core: str, text: str, now: datetime, manners: Manners, at: time | None) -> datetime:
    here = now.astimezone(manners.tz)
    for pattern in (*_ENDING, *_LEADING):
        found = pattern.fullmatch(core)
        if found:
            clock = _clock(found, text)
            day = found["day"].strip(" ,").removesuffix(" at")
            return (
                _next(clock, here, manners.tz)
                if not day
                else local_moment(read_date(day, here.date(), manners), clock, manners.tz)
            )
    day_alone = read_date(core, here.date(), manners)
    if at is None:
        raise _misread(text, "At what time?")
    return local_moment(day_alone, at, manners.tz)


def _clock(found: re.Match[str], text: str) -> time:
    parts = found.groupdict()
    if parts.get("noon"):
        return time(12)
    hour, minute = int(parts["h"]), int(parts.get("m") or 0)
    half = (parts.get("half") or "")[:1]
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise _misread(text, "There is no such time of day.")
    return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)


def _next(clock: time, here: datetime, zone: ZoneInfo) -> datetime:
    today = local_moment(here.date(), clock, zone)
    return today if today > here else local_moment(here.date() + timedelta(days=1), clock, zone)
