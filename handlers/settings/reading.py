"""Values of settings as they are typed, to what is kept. Each raises Misread with an example."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous, Misread, Unknown
from handlers.reading.numbers import read_percent
from handlers.reading.plain import misread

if TYPE_CHECKING:
    from handlers.manners import Manners

_CLOCK = re.compile(r"^(?:at )?(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|uhr|h|o'clock)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:-|–|—|->|\bto\b|\buntil\b|\band\b)\s*", re.IGNORECASE)
_LADDER_DAYS, _LADDER_RUNGS = 365, 12
_MOST_PERCENT = 60


def read_zone(text: str) -> str:
    """`Europe/Berlin`, in any case, or only the city."""
    wanted = text.strip().replace(" ", "_").casefold()
    names = _zones()
    if wanted in names:
        return names[wanted]
    fits = sorted({name for key, name in names.items() if "/" in key and key.rpartition("/")[2] == wanted})
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise misread(text, f"That fits several: {', '.join(fits[:4])}.", f"settings zone {fits[0]}")
    raise misread(text, "That is no time zone that I know.", "settings zone Europe/Berlin")


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    from zoneinfo import available_timezones

    return {name.casefold(): name for name in available_timezones() if name not in {"localtime", "Factory"}}


_LANGUAGES = {
    **dict.fromkeys(("german", "deutsch", "germany"), "de_DE"),
    **dict.fromkeys(("english", "british", "british english", "uk english"), "en_GB"),
    **dict.fromkeys(("american", "us", "us english", "american english"), "en_US"),
    **dict.fromkeys(("french", "français", "france"), "fr_FR"),
    **dict.fromkeys(("spanish", "español", "spain"), "es_ES"),
    **dict.fromkeys(("italian", "italiano", "italy"), "it_IT"),
    **dict.fromkeys(("dutch", "nederlands"), "nl_NL"),
    **dict.fromkeys(("austrian", "austria"), "de_AT"),
    **dict.fromkeys(("swiss", "swiss german", "switzerland"), "de_CH"),
}
"""Where figures are commonly written as in one country."""


def read_locale(text: str) -> str:
    """`de_DE` or `en-GB`: a language and a country that Babel knows."""
    from babel import Locale, UnknownLocaleError

    wrong = misread(text, "I need a language and a country, as in de_DE or en_GB.", "settings locale en_GB")
    typed = _LANGUAGES.get(text.strip().casefold(), text)
    try:
        found = Locale.parse(typed.strip().replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        raise wrong from None
    if not found.territory:
        raise wrong
    return f"{found.language}_{found.territory}"


def read_country(text: str) -> tuple[str, str | None]:
    """`DE`, `Germany`, `DE-BY` or `DE BY`: a country, and a region of it, whose public holidays are known."""
    from handlers.dates.workdays import WorkCalendar

    code, _, region = (part.strip() for part in re.sub(r"[/,-]", " ", text.strip()).partition(" "))
    named = _countries().get(text.strip().casefold())
    country, part = (named, "") if named else (code.upper(), region.upper())
    if not re.fullmatch(r"[A-Z]{2}", country) or not re.fullmatch(r"[A-Z0-9]{0,3}", part):
        raise misread(text, "I need a country, and a region if you like.", "settings country DE-BY")
    try:
        calendar = WorkCalendar(country, part or None)
    except Unknown as unknown:
        raise misread(text, unknown.wrong, "settings country DE-BY") from None
    return calendar.country, calendar.region


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    from babel import Locale

    names = Locale.parse("en").territories
    return {name.casefold(): code for code, name in names.items() if re.fullmatch(r"[A-Z]{2}", code)}


def read_currency(text: str) -> str:
    """An ISO 4217 code in use, a sign or a word: `EUR`, `€`, `euro`."""
    from babel.numbers import is_currency

    from handlers.reading.currencies import code

    typed = text.strip()
    found = code(typed, "USD")
    if len(typed) > 10 or not re.fullmatch(r"[A-Z]{3}", found) or not is_currency(found):
        raise misread(text, "I need a currency by its three letters.", "settings currency EUR")
    return found


def read_cost_of_capital(
    text: str, manners: Manners, *, example: str = "settings cost of capital 8 %"
) -> str:
    """Percent a year between 0 and 60, kept as a share: `8 %` is `0.08`."""
    points = read_percent(text, manners, what="percent a year", example=example)
    if not 0 <= points <= _MOST_PERCENT:
        raise misread(text, f"Between 0 and {_MOST_PERCENT} percent a year.", example)
    return format(points / Decimal(100), "f")


def read_clock(text: str, example: str) -> time:
    """`9:00`, `9`, `9.30`, `9 am`, `17h`."""
    found = _CLOCK.match(text.strip())
    if found is None:
        raise misread(text, "I need a time of day.", example)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half in {"am", "pm"} and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half in {"am", "pm"}:
        hour = 99
    if hour > 23 or minute > 59:
        raise misread(text, "There is no such time of day.", example)
    return time(hour, minute)


def is_off(text: str) -> bool:
    """Whether something is to be switched off."""
    return text.strip(" .!").casefold() in {"off", "none", "no", "never", "disabled"}


def read_quiet(text: str) -> tuple[time, time]:
    """`18:00 - 8:00`: from when until when nothing is posted. `off` is no time at all: twice midnight."""
    example = "settings quiet hours 18:00 - 8:00"
    if is_off(text):
        return time(), time()
    parts = [part for part in _BETWEEN.split(text.strip().removeprefix("from ")) if part]
    if len(parts) != 2:
        raise misread(text, "I need two times of day: from when, and until when.", example)
    start, end = (read_clock(part, example) for part in parts)
    if start == end:
        raise misread(text, "That is either never or always.", example)
    return start, end


def read_ladder(text: str) -> list[int]:
    """`90, 60, 30, 14, 7, 1`: days before the send-by date, given back the longest first. Raises Ambiguous for `off`."""
    example = "settings ladder 90, 60, 30, 14, 7, 1"
    if is_off(text):
        raise Ambiguous(
            "Without a ladder a deadline would come unannounced, so it cannot be switched off. How few are enough?",
            [
                ("30 and 7 days before", "settings ladder 30, 7"),
                ("The day before alone", "settings ladder 1"),
                ("As at first", "settings ladder default"),
            ],
            understood="You want fewer reminders of renewals. Nothing was changed.",
        )
    parts = [
        part
        for part in re.split(r"[,;/\s]+", text.lower().replace("days", " ").replace(" and ", " "))
        if part
    ]
    if not parts or not all(re.fullmatch(r"\d{1,4}", part) for part in parts):
        raise misread(text, "I need days before the date, parted by commas.", example)
    days = sorted({int(part) for part in parts}, reverse=True)
    if days[-1] < 1 or days[0] > _LADDER_DAYS or len(days) > _LADDER_RUNGS:
        raise misread(
            text, f"At most {_LADDER_RUNGS} rungs, each between 1 and {_LADDER_DAYS} days.", example
        )
    return days


def read_days(text: str, least: int, most: int, example: str) -> int:
    """A whole number of days within bounds: `3`, `3 days`, `3 working days`."""
    found = re.fullmatch(
        r"(\d{1,4})(?:\s*(?:working|business|calendar)?\s*days?|\s*d)?", text.strip().lower()
    )
    if found is None:
        raise misread(text, "I need a whole number of days.", example)
    if not least <= int(found[1]) <= most:
        raise misread(text, f"Between {least} and {most} days.", example)
    return int(found[1])


def read_switch(text: str, example: str) -> bool:
    """`on` or `off`, or a yes or no."""
    from handlers.reading.choices import read_yes_no

    word = text.strip().casefold()
    if word in {"on", "off"}:
        return word == "on"
    try:
        return read_yes_no(text)
    except Misread:
        raise misread(text, "I need on or off.", example) from None


def read_weekday(text: str) -> int | None:
    """`Monday`, `mon`, `on Mondays`: the weekday, Monday is 0. None for `off`."""
    from handlers.reading.days import WEEKDAYS, position

    said = re.sub(r"^(?:every|each|on|weekly)\s+", "", text.strip().casefold())
    if is_off(said) or said == "stop":
        return None
    found = position(said.removesuffix("s"), WEEKDAYS)
    if found is None:
        raise misread(
            text, "I need the day on which the digest is to come, or off.", "settings digest monday"
        )
    return found
