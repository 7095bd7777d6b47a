"""The settings that hold a plain value: how each is called, read and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.reading.plain import misread
from handlers.reminders.rules import Quiet
from handlers.settings import reading
from handlers.writing import time_of_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.settings.values import Kept, Settings


@dataclass(frozen=True, slots=True)
class Key:
    """One setting. `keep` turns what was typed into what is kept; `clears` are the names of all that it keeps.

    `own`: each member has one of their own, and the workspace has another for those who set none.
    `ends`: `none` is a value of its own, rather than what holds where nothing was set.
    """

    name: str
    words: tuple[str, ...]
    keep: Callable[[str, Settings], Kept]
    clears: tuple[str, ...]
    example: str
    own: bool = False
    ends: bool = False


def _posting(text: str, settings: Settings) -> Kept:
    at = reading.read_clock(text, "settings posting hour 9:00")
    if Quiet(settings.quiet_from, settings.quiet_to).covers(at):
        manners = settings.manners
        hours = f"{time_of_day(settings.quiet_from, manners)} - {time_of_day(settings.quiet_to, manners)}"
        raise Misread(
            f"{time_of_day(at, manners)} lies in the quiet hours ({hours}), when nothing is posted.",
            example="settings posting hour 9:00, or first: settings quiet hours 18:00 - 7:00",
        )
    return {"posting": f"{at:%H:%M}"}


def _quiet(text: str, settings: Settings) -> Kept:
    start, end = reading.read_quiet(text)
    if Quiet(start, end).covers(settings.posting):
        raise Misread(
            f"Reminders are posted at {time_of_day(settings.posting, settings.manners)}, which would lie in these quiet hours.",
            example="settings quiet hours 18:00 - 8:00, or first: settings posting hour 10:00",
        )
    return {"quiet_from": f"{start:%H:%M}", "quiet_to": f"{end:%H:%M}"}


def _country(text: str, _settings: Settings) -> Kept:
    country, region = reading.read_country(text)
    return {"country": country, "region": region}


def _region(text: str, settings: Settings) -> Kept:
    country, region = reading.read_country(f"{settings.manners.country} {text.strip()[:40]}")
    if region is None:
        raise misread(text, "I need a region of the country.", "settings region BY")
    return {"country": country, "region": region}


_REPEAT, _REASSESS = "settings repeat days 3", "settings reassess days 180"

KEYS = (
    Key(
        "zone", ("zone", "time zone", "timezone", "tz"), lambda text, _: {"zone": reading.read_zone(text)},
        ("zone",), "settings zone Europe/Berlin", own=True,
    ),
    Key(
        "locale", ("locale", "number format", "language"),
        lambda text, _: {"locale": reading.read_locale(text)}, ("locale",), "settings locale en_GB", own=True,
    ),
    Key(
        "country", ("country", "holidays", "country/region"), _country, ("country", "region"),
        "settings country DE-BY",
    ),
    Key("region", ("region", "state"), _region, ("region",), "settings region BY"),
    Key(
        "currency", ("currency",), lambda text, _: {"currency": reading.read_currency(text)}, ("currency",),
        "settings currency EUR",
    ),
    Key(
        "cost of capital", ("cost of capital", "capital", "wacc", "interest"),
        lambda text, settings: {"cost_of_capital": reading.read_cost_of_capital(text, settings.manners)},
        ("cost_of_capital",), "settings cost of capital 8 %",
    ),
    Key(
        "ladder", ("ladder", "reminder ladder"), lambda text, _: {"ladder": reading.read_ladder(text)},
        ("ladder",), "settings ladder 90, 60, 30, 14, 7, 1", ends=True,
    ),
    Key(
        "posting hour", ("posting hour", "posting time", "posting", "post at"), _posting, ("posting",),
        "settings posting hour 9:00",
    ),
    Key(
        "quiet hours", ("quiet hours", "quiet"), _quiet, ("quiet_from", "quiet_to"),
        "settings quiet hours 18:00 - 8:00", ends=True,
    ),
    Key(
        "repeat days", ("repeat days", "repeat"),
        lambda text, _: {"repeat_days": reading.read_days(text, 1, 30, _REPEAT)}, ("repeat_days",), _REPEAT,
    ),
    Key(
        "reassess days", ("reassess days", "reassess", "reassessment"),
        lambda text, _: {"reassess_days": reading.read_days(text, 30, 730, _REASSESS)}, ("reassess_days",),
        _REASSESS,
    ),
    Key(
        "digest", ("digest", "weekly digest"), lambda text, _: {"digest": reading.read_weekday(text)},
        ("digest",), "settings digest monday", ends=True,
    ),
)  # fmt: skip
BY_WORD = {word: key for key in KEYS for word in key.words}
