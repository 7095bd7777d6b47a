"""Days from their numbers: what exists, which year is meant, and what is said where there is no such day."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

_YEARS = range(1970, 2200)
_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTHS = _MONTHS.split()
WEEKDAYS = _WEEKDAYS.split()


class NoDateError(Exception):
    """What is wrong with a text that looks like a date; the message is shown to the person."""


def said(day: date) -> str:
    """`1 April 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def position(word: str, names: list[str]) -> int | None:
    """The place of a name that is written out, or cut after three letters or more."""
    word = word.casefold().removesuffix(".")
    return next(
        (at for at, name in enumerate(names) if len(word) >= 3 and name.casefold().startswith(word)), None
    )


def shifted(day: date, days: int) -> date:
    """So many days later; NoDateError outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise NoDateError("That is outside the calendar.") from None


def year_of(digits: str) -> int:
    """The year that two or four digits mean; NoDateError for others."""
    year = int(digits[:9]) + (2000 if len(digits) == 2 else 0)
    if len(digits) not in {2, 4} or year not in _YEARS:
        raise NoDateError(f"The year {digits[:12]} cannot be right.")
    return year


def full(year: str | None, month: int, day: int, today: date) -> date:
    """The day of that year, or the next one from today on where no year was given."""
    if year is not None:
        return exact(year_of(year), month, day)
    for ahead in range(9):  # leap days may be eight years apart
        if exists(today.year + ahead, month, day) and date(today.year + ahead, month, day) >= today:
            return date(today.year + ahead, month, day)
    raise NoDateError(_impossible(month, day, None))


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day."""
    return 1 <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def exact(year: int, month: int, day: int) -> date:
    """That day; NoDateError says why there is none."""
    if not exists(year, month, day):
        raise NoDateError(_impossible(month, day, year))
    return date(year, month, day)


def _impossible(month: int, day: int, year: int | None) -> str:
    if not 1 <= month <= 12:
        return f"There is no month {month}."
    name = MONTHS[month - 1] + ("" if year is None else f" {year}")
    return f"There is no {day} {name}: {name} has {monthrange(year or 2028, month)[1]} days."
