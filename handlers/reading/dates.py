"""Days as people type them. The rules are in the docstring of `read_date`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from handlers.errors import Misread
from handlers.reading.days import (
    MONTHS,
    WEEKDAYS,
    NoDateError,
    exact,
    full,
    position,
    said,
    shifted,
    year_of,
)
from handlers.reading.durations import read_duration
from handlers.reading.locales import month_first, month_names
from handlers.reading.periods import bound
from handlers.reading.plain import misread, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.manners import Manners
    from handlers.reading.durations import Duration

EXAMPLE = "1 April 2026"
_month = r"(?P<month>[a-z]{3,9})\.?"
_day = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_weekday = r"(?:(?P<weekday>[a-z]{3,9})\.?,? (?:the )?)?"
_LEAD = re.compile(r"^(?:(?:on|by|until|till|from|since|due|at|as of) )?(?:the )?")
_ISO = re.compile(r"(?P<y>[0-9]{4,})(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})")
_COMPACT = re.compile(r"(?P<y>[12][0-9]{3})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
_DOTTED = re.compile(_weekday + r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})(?:\. ?(?P<year>[0-9]+)?)?")
_SLASHED = re.compile(
    _weekday + r"(?P<one>[0-9]{1,2})(?P<mark>[-/])(?P<two>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]+))?"
)
_DAY_MONTH = re.compile(rf"{_weekday}{_day}[ -]?(?:of )?{_month}(?:,? |-)?(?P<year>[0-9]+)?")
_MONTH_DAY = re.compile(rf"{_weekday}{_month} (?:the )?{_day}(?:,? (?P<year>[0-9]+))?")
_WEEKDAY = re.compile(r"(?:(next|this|coming|last|past) )?([a-z]{3,9})")
_FOREIGN = re.compile(
    r"(?P<day>[0-9]{1,2})\.?(?: de)? (?P<month>[^\W\d_]{3,15})\.?(?: de)?(?: (?P<year>[0-9]+))?"
)
_MONTH_ONLY = re.compile(rf"{_month}(?: [0-9]+)?")
_SHIFTS = {"today": 0, "now": 0, "tomorrow": 1, "day after tomorrow": 2, "yesterday": -1}


def add(
    day: date, duration: Duration, *, times: int = 1, is_working: Callable[[date], bool] | None = None
) -> date:
    """The day `times` durations after `day` (before it if negative), always counted from `day` itself.

    Month ends are kept within the month (31 January and a month is 28 or 29 February). Business days are those
    of `is_working`, by default Monday to Friday. Raises Misread outside the calendar.
    """
    try:
        if duration.unit == "business day":
            return _add_working(day, duration.count * times, is_working or _is_weekday)
        if duration.days_exact is not None:
            return day + timedelta(days=duration.days_exact * times)
        return day + relativedelta(months=(duration.months_exact or 0) * times)
    except (OverflowError, ValueError):
        raise Misread("That is outside the calendar.", example=EXAMPLE) from None


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


def _add_working(day: date, count: int, is_working: Callable[[date], bool]) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working(day):
            day += step
    return day


def read_date(text: str, today: date, manners: Manners, *, past_ok: bool = True) -> date:
    """One day. Raises Misread for what is vague, impossible, outside 1970 to 2199, or past if not `past_ok`.

    Without a year the next such day counts, today included. A weekday is the next one after today; `this Friday`
    may be today; `next Friday` is the one of the next calendar week (Monday to Sunday). `1/4/2026` goes by the
    locale unless only one order is possible, `1.4.2026` is always the first of April. The end of a week is its
    Friday, mid-month the 15th. Working days counted here know weekends, not holidays.
    """
    core = _LEAD.sub("", " ".join(plain(text[:101]).casefold().split()).strip(" .,!?;"))
    if len(text) > 100 or not core:
        raise _misread(text, "I need a date.")
    try:
        found = _read(core, today, manners)
    except NoDateError as no:
        raise _misread(text, str(no)) from None
    if not past_ok and found < today:
        raise _misread(text, f"{said(found)} is in the past.", said(shifted(today, 30)))
    return found


def _misread(text: str, wrong: str, example: str = EXAMPLE) -> Misread:
    return misread(text, wrong, example)


def _read(core: str, today: date, manners: Manners) -> date:
    """The first pattern that fits; month names of other languages last."""
    for reader in (_relative, _iso, _dotted, _named, _weekday_name, bound):
        found = reader(core, today)
        if found is not None:
            return found
    found = _slashed(core, today, manners) or _foreign(core, today, manners)
    if found is None:
        only = _MONTH_ONLY.fullmatch(core)
        month = only and position(only["month"], MONTHS) is not None
        raise NoDateError("Which day of it?" if month else "That is not a date I can read.")
    return found


def _relative(core: str, today: date) -> date | None:
    if core in _SHIFTS:
        return shifted(today, _SHIFTS[core])
    ahead = re.fullmatch(r"in (.+)|(.+) (?:from (?:now|today)|hence)", core)
    if ahead:
        return _after(today, ahead[1] or ahead[2], 1)
    return _after(today, core.removesuffix(" ago"), -1) if core.endswith(" ago") else None


def _after(today: date, length: str, times: int) -> date | None:
    try:
        duration = read_duration(length)
    except Misread:
        return None
    return add(today, duration, times=times)


def _iso(core: str, _today: date) -> date | None:
    found = _ISO.fullmatch(core) or _COMPACT.fullmatch(core)
    return exact(year_of(found["y"]), int(found["m"]), int(found["d"])) if found else None


def _dotted(core: str, today: date) -> date | None:
    found = _DOTTED.fullmatch(core)
    return (
        _weekday_fits(found, full(found["year"], int(found["month"]), int(found["day"]), today))
        if found
        else None
    )


def _slashed(core: str, today: date, manners: Manners) -> date | None:
    found = _SLASHED.fullmatch(core)
    if not found or (found["year"] is None and found["mark"] == "-"):
        return None
    one, two = int(found["one"]), int(found["two"])
    swap = month_first(manners.locale) if max(one, two) <= 12 else two > 12
    day, month = (two, one) if swap else (one, two)
    return _weekday_fits(found, full(found["year"], month, day, today))


def _named(core: str, today: date) -> date | None:
    """`1 April 2026`, `Wed 1 Apr`, `April 1st, 2026`."""
    found = _DAY_MONTH.fullmatch(core) or _MONTH_DAY.fullmatch(core)
    month = position(found["month"], MONTHS) if found else None
    if not found or month is None:
        return None
    return _weekday_fits(found, full(found["year"], month + 1, int(found["day"]), today))


def _weekday_fits(found: re.Match[str], day: date) -> date:
    """The day, if the weekday named with it is right."""
    if found["weekday"] is None:
        return day
    named = position(found["weekday"], WEEKDAYS)
    if named is None:
        raise NoDateError("That is not a date I can read.")
    if named != day.weekday():
        raise NoDateError(f"{said(day)} is a {WEEKDAYS[day.weekday()]}.")
    return day


def _weekday_name(core: str, today: date) -> date | None:
    found = _WEEKDAY.fullmatch(core)
    named = position(found[2], WEEKDAYS) if found else None
    if not found or named is None:
        return None
    ahead = (named - today.weekday()) % 7
    if found[1] in {"last", "past"}:
        return shifted(today, ahead - 7)
    if found[1] == "next":
        return shifted(today, 7 - today.weekday() + named)
    return shifted(today, ahead if ahead or found[1] == "this" else 7)


def _foreign(core: str, today: date, manners: Manners) -> date | None:
    """A day with a month's name in the member's own language, or in another that is common in Europe."""
    found = _FOREIGN.fullmatch(core)
    month = month_names(manners.locale).get(found["month"]) if found else None
    return full(found["year"], month, int(found["day"]), today) if found and month else None
