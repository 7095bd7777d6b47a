"""How figures, days and lengths of time are shown. Words are English, numbers and the order of dates by locale."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.manners import Manners
from handlers.reading.days import WEEKDAYS
from handlers.reading.locales import half_days, locale, month_first

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from handlers.reading.durations import Duration

_PLAIN = Manners()
_WIDE = Context(prec=60)  # products of long figures are shown, not refused

DAY_ALONE = 1
"""The microsecond that tells a day to which an hour was only assumed from one with an hour: nobody says that one."""


def is_day_alone(when: datetime) -> bool:
    """Whether a moment is a day that somebody said without an hour."""
    return when.microsecond == DAY_ALONE


def has_passed(when: datetime, now: datetime, manners: Manners) -> bool:
    """Whether a moment is over; a day alone is when the day is."""
    if is_day_alone(when):
        return _here(when, manners).date() < _here(now, manners).date()
    return when < now


LARGE = 1000
"""From here on a whole price is written without cents."""


def money(amount: Decimal, currency: str, manners: Manners) -> str:
    """`125,400 EUR`; `368.88 EUR` where there are cents; rounded half up to the currency's smallest coin."""
    from babel.numbers import get_currency_precision

    places = get_currency_precision(currency)
    rounded = _rounded(amount, places)
    return f"{_decimal(rounded, 0 if rounded == rounded.to_integral_value() else places, manners)} {currency}"


def unit_price(price: Decimal, manners: Manners) -> str:
    """`4.18`, `3.857`: at least two places, at most four; `450,000` where it is large and whole."""
    rounded = _rounded(price, 4)
    whole = abs(rounded) >= LARGE and rounded == rounded.to_integral_value()
    return _decimal(rounded, 0 if whole else max(2, _places(rounded)), manners)


def number(value: Decimal | int, manners: Manners) -> str:
    """`30,000`, `0.8752`: at most four places, without zeros at the end."""
    rounded = _rounded(Decimal(value), 4)
    return _decimal(rounded, _places(rounded), manners)


def percent(points: Decimal | int, manners: Manners) -> str:
    """`80 %`, `91.3 %`: percent points (80 is 80 %), at most two places."""
    return f"{number(_rounded(Decimal(points), 2), manners)} %"


def _rounded(value: Decimal, places: int) -> Decimal:
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    return abs(rounded) if rounded == 0 else rounded  # no minus before zero


def _places(value: Decimal) -> int:
    """The decimal places that are not zeros at the end."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _decimal(value: Decimal, places: int, manners: Manners) -> str:
    return _written(value, places, manners.locale)


@lru_cache(
    4096
)  # Babel takes 25 us for a figure, and an answer shows twenty of them, mostly the same as the last time
def _written(value: Decimal, places: int, name: str) -> str:
    from babel.numbers import format_decimal

    place = locale(name)
    grouped = str(place.decimal_formats[None].pattern).partition(".")[0]
    with localcontext(_WIDE):
        return format_decimal(value, grouped + ("." + "0" * places if places else ""), locale=place)


def day(when: date, today: date, manners: Manners = _PLAIN) -> str:
    """`29 May`, with the year where it is not today's: `29 Mar 2028`."""
    return _date(when, manners, year=when.year != today.year)


def weekday_day(when: date, manners: Manners = _PLAIN, *, year: bool = True) -> str:
    """`Wed 29 Mar 2028`, or `Fri 31 Mar` without the year."""
    return f"{WEEKDAYS[when.weekday()][:3]} {_date(when, manners, year=year)}"


def _date(when: date, manners: Manners, *, year: bool) -> str:
    return _dated(when, manners.locale, year)


@lru_cache(1024)
def _dated(when: date, name: str, year: bool) -> str:  # a key of the cache
    from babel.dates import format_date

    if month_first(name):
        return format_date(when, "MMM d, y" if year else "MMM d", locale="en")
    return format_date(when, "d MMM y" if year else "d MMM", locale="en")


def full_day(when: date, manners: Manners = _PLAIN) -> str:
    """`1 Oct 2026`: with the year, whichever it is now."""
    return _date(when, manners, year=True)


def clock(when: datetime, manners: Manners) -> str:
    """`15:00`, or `3:00 PM` where that is the custom, in the member's zone. `when` is aware."""
    return time_of_day(_here(when, manners).time(), manners)


def time_of_day(when: time, manners: Manners) -> str:
    """`09:00`, or `9:00 AM` where that is the custom."""
    if not half_days(manners.locale):
        return f"{when:%H:%M}"
    return f"{when.hour % 12 or 12}:{when:%M} {'PM' if when.hour > 11 else 'AM'}"


def moment(when: datetime, now: datetime, manners: Manners) -> str:
    """`1 Apr 15:00` in the member's zone, with the year where it is not this one. Both are aware.

    Where nobody said the hour (`is_day_alone`) it is the day alone.
    """
    said = day(_here(when, manners).date(), _here(now, manners).date(), manners)
    return said if is_day_alone(when) else f"{said} {clock(when, manners)}"


def _here(when: datetime, manners: Manners) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a moment must be aware")
    return when.astimezone(manners.tz)


def plural(count: Decimal | int, one: str, many: str = "", manners: Manners = _PLAIN) -> str:
    """`1 day`, `27 days`, `1,200 pieces`. `many` is for plurals that do not end in s."""
    return f"{number(count, manners)} {one if count == 1 else many or one + 's'}"


def duration(length: Duration, manners: Manners = _PLAIN) -> str:
    """`6 weeks`, `10 working days`."""
    return plural(
        length.count, {"business day": "working day"}.get(length.unit, length.unit), manners=manners
    )
