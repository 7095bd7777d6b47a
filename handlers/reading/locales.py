"""The few facts about a locale that reading and writing need, from CLDR by way of Babel."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


@lru_cache(maxsize=64)
def locale(name: str) -> Locale:
    """The locale by its name (`de_DE`, `de-DE`), or English where there is none by that name."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale.parse("en_GB")


@lru_cache(maxsize=64)
def decimal_mark(name: str) -> str:
    """The character before the decimals: `.` or `,`."""
    from babel.numbers import get_decimal_symbol

    return "," if get_decimal_symbol(locale(name)) == "," else "."


@lru_cache(maxsize=64)
def month_first(name: str) -> bool:
    """Whether 4/1/2026 is the first of April."""
    return str(locale(name).date_formats["short"].pattern).upper().startswith("M")


@lru_cache(maxsize=64)
def half_days(name: str) -> bool:
    """Whether hours are counted to twelve, with AM and PM."""
    return "a" in str(locale(name).time_formats["short"].pattern)


@lru_cache(maxsize=64)
def month_names(name: str) -> dict[str, int]:
    """Months (1 to 12) by their names, in small letters and without dots, in the locale's language and others."""
    names: dict[str, int] = {}
    for language in ("pt", "pl", "nl", "it", "es", "fr", "de", name):
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                months = locale(language).months[use][width]
                names |= {str(word).casefold().rstrip("."): number for number, word in months.items()}
    return names
