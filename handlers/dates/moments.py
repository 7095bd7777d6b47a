"""From local time to a moment, and back to the local day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def local_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (aware UTC) at which clocks in `zone` show `at` on `day`.

    A time that a daylight-saving gap leaves out moves forward by the gap; one that comes twice is the first.
    Source: RFC 5545, 3.3.5 (a left-out time is read with the offset before the gap).
    """
    return datetime.combine(day, at.replace(fold=0, tzinfo=None), tzinfo=zone).astimezone(UTC)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The date that calendars in `zone` show at an aware `moment`; naive moments raise ValueError."""
    return checked(moment).astimezone(zone).date()


def checked(moment: datetime) -> datetime:
    """`moment` in UTC. Raises ValueError where it is naive, since nobody knows what it would mean."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
