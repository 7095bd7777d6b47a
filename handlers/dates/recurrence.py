"""What comes back regularly: RFC 5545 rules on local time, turned into moments by a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal

from handlers.dates.moments import checked, local_day, local_moment
from handlers.dates.months import LAST_YEAR, add_months, months_between
from handlers.errors import Misread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from dateutil.rrule import rrule

Frequency = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]

LAST = -1
WEEKDAYS = (0, 1, 2, 3, 4)
_MONTHS: dict[Frequency, int] = {"monthly": 1, "quarterly": 3, "yearly": 12}
_FITTING_MONTHS: dict[Frequency, tuple[int | None, ...]] = {
    "monthly": (None,),
    "quarterly": (None, 1, 2, 3),
    "yearly": tuple(range(1, 13)),
}
_ANCHOR = date(2024, 1, 1)  # a Monday and a first of January: where a rule without a start counts from


@dataclass(frozen=True, slots=True)
class Rule:
    """A regular day and the local time on it.

    `every`: 2 is every second week, month, ... `month_day`: 1 to 31, or LAST; a month that is too short has
    it on its last day. `weekdays`: Monday is 0; with `nth` (1 to 5, or LAST) one day or WEEKDAYS, the nth of
    them in the month. `month`: 1 to 12 for a yearly rule; 1 to 3 for a quarterly one, its first month in the
    year (else the month of `start`, else January). `start`: nothing before it, and `every` counts from it.
    Raises Misread where the parts do not make a rule.
    """

    freq: Frequency
    every: int = 1
    month_day: int | None = None
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    month: int | None = None
    at: time = time(9)
    start: date | None = None

    def __post_init__(self) -> None:
        if not _fits(self):
            raise Misread(
                "That does not make a regular day.", example="every last weekday of the month 10:00"
            )


def _fits(rule: Rule) -> bool:
    return 1 <= rule.every <= 100 and rule.at.tzinfo is None and _fits_weekdays(rule) and _fits_months(rule)


def _fits_weekdays(rule: Rule) -> bool:
    if rule.weekdays != tuple(sorted(set(rule.weekdays) & set(range(7)))):
        return False
    if rule.freq in _MONTHS:
        return not rule.weekdays or len(rule.weekdays) == 1 or rule.weekdays == WEEKDAYS
    return bool(rule.weekdays) == (rule.freq == "weekly")


def _fits_months(rule: Rule) -> bool:
    if rule.freq not in _MONTHS:
        return (rule.month_day, rule.nth, rule.month) == (None, None, None)
    by_day = rule.month_day in (LAST, *range(1, 32)) and rule.nth is None and not rule.weekdays
    by_weekday = rule.month_day is None and rule.nth in (LAST, *range(1, 6)) and bool(rule.weekdays)
    return (by_day or by_weekday) and rule.month in _FITTING_MONTHS[rule.freq]


def occurrences(rule: Rule, zone: ZoneInfo, after: datetime, count: int) -> list[datetime]:
    """The next `count` moments of `rule` (aware UTC, rising) that lie strictly after `after`.

    A local time in a daylight-saving gap moves forward, in a fold it fires once. Fewer than `count` where
    the calendar ends. Source: RFC 5545; formulas, "Dates".
    """
    since = checked(after)
    return list(islice(_moments(rule, zone, since), count))


def _moments(rule: Rule, zone: ZoneInfo, since: datetime) -> Iterator[datetime]:
    for day in days(rule, local_day(since, zone)):
        moment = local_moment(day, rule.at, zone)
        if moment > since:
            since = moment  # where a zone skipped a whole day, two days are one moment
            yield moment


def days(rule: Rule, first: date) -> Iterator[date]:
    """The days of `rule` from `first` (included) on, rising, as long as there is a calendar."""
    if rule.start and rule.start > first:
        first = rule.start
    for moment in _rrule(rule, _period_start(rule, first)):
        if moment.date() >= first:
            yield moment.date()


def _period_start(rule: Rule, first: date) -> date:
    """The start of the last period of `rule` that begins on or before `first`.

    Starting there, not at the anchor, keeps a rule that has run for decades as quick as a new one. Weeks may
    start on any day here: the rule counts from the Monday before.
    """
    anchor = rule.start or _ANCHOR
    if rule.freq in _MONTHS:
        step = _MONTHS[rule.freq] * rule.every
        anchor = _first_month(rule, anchor)
        return add_months(anchor, months_between(anchor, first) // step * step)
    step = rule.every * (7 if rule.freq == "weekly" else 1)
    return anchor + timedelta(days=(first - anchor).days // step * step)


def _first_month(rule: Rule, anchor: date) -> date:
    """The first of the month from which `rule` counts its months, near `anchor`."""
    start = anchor.replace(day=1)
    month = rule.month or (start.month if rule.start else 1)
    return add_months(start, (month - start.month) % _MONTHS[rule.freq])


def _rrule(rule: Rule, start: date) -> rrule:
    from dateutil import rrule as rfc

    monthly = rule.freq in _MONTHS
    position = rule.nth if monthly else None
    month_days = None
    if rule.month_day is not None:
        month_days, position = _month_days(rule.month_day)
    return rfc.rrule(
        rfc.MONTHLY if monthly else rfc.WEEKLY if rule.freq == "weekly" else rfc.DAILY,
        dtstart=datetime.combine(start, time()),  # naive on purpose: the zone comes afterwards
        interval=rule.every * _MONTHS.get(rule.freq, 1),
        byweekday=rule.weekdays or None,
        bymonthday=month_days,
        bysetpos=position,
        until=datetime(LAST_YEAR, 12, 31),  # noqa: DTZ001
    )


def _month_days(day: int) -> tuple[list[int], int]:
    """BYMONTHDAY and BYSETPOS for a day that short months have on their last: 31 is the last of 28 to 31."""
    return ([LAST], 1) if day == LAST else (list(range(min(day, 28), day + 1)), LAST)
