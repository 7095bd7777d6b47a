"""How many a year and for how long: `30,000 a year, 24 months`, `60k in all over 2 years`, `500 once`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from handlers.errors import Misread
from handlers.prep.answers.figures import amount
from handlers.prep.answers.rows import fields_of
from handlers.reading.durations import read_duration
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from decimal import Decimal

    from handlers.manners import Manners

EXAMPLE = "housings, 30,000 a year, 24 months"
_FIGURE = r"\d(?:[\d.,' ]*\d)?(?:\s?(?:[kKmM]\b|thousand\b|million\b))?"
_PERIOD = (
    r"(?:a|an|per|each|every|im|pro|/)\s*(?P<period>year|yr|y|annum|month|quarter|week|jahr|monat|quartal|woche)\b"
    r"|(?P<pa>p\.?\s?a\.?|yearly|annually|jährlich)(?!\w)"
)
_RATE = re.compile(rf"(?P<figure>{_FIGURE})\s*(?P<unit>[^\d,;/]*?)\s*(?:{_PERIOD})", re.IGNORECASE)
_TOTAL = re.compile(
    rf"(?P<figure>{_FIGURE})\s*(?P<unit>[^\d,;]*?)\s*(?:in all|in total|altogether|overall)", re.IGNORECASE
)
_ONE_OFF = (
    r"(?:(?:just|only) )?(?:once(?: only)?|(?:as )?(?:a )?one[- ]?(?:off|time)(?: (?:purchase|order|buy))?)"
)
_ONCE = re.compile(
    rf"\b(?:{_ONE_OFF}\s*[:,]?\s*(?P<before>{_FIGURE})\s*(?P<of>[^\d,;]*)"
    rf"|(?P<figure>{_FIGURE})\s*(?P<unit>[^\d,;]*?)[\s,]*{_ONE_OFF})(?!\w)",
    re.IGNORECASE,
)
_HORIZON = re.compile(
    r"(?:\b(?:for|over|during|within|horizon(?: of)?)\s+)?"
    r"(?P<v>(?:\d+|one|two|three|four|five|a)\s?-?(?:months?|years?|yrs?|quarters?|monate?|jahre?))\b",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^(?:about |ca\.? |~)?(?P<figure>{_FIGURE})\s*(?P<unit>[^\d,;]{{0,40}})$", re.IGNORECASE)
_TIMES = {"month": 12, "monat": 12, "quarter": 4, "quartal": 4, "week": 52, "woche": 52}
_UNITS = {
    **dict.fromkeys(("pc", "pcs", "piece", "pieces", "units", "unit", "items", "stück", "stk"), "pc"),
    **dict.fromkeys(("kg", "kilos"), "kg"), **dict.fromkeys(("t", "tons", "tonnes", "ton"), "t"),
    **dict.fromkeys(("hour", "hours", "h"), "hour"), **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("licence", "licences", "license", "licenses"), "licence"),
    **dict.fromkeys(("seat", "seats"), "seat"), **dict.fromkeys(("user", "users"), "user"),
    **dict.fromkeys(("litre", "litres", "l"), "l"), **dict.fromkeys(("m", "metres", "meters"), "m"),
    "km": "km", "m2": "m2", "m²": "m2", "m3": "m3", "m³": "m3",
}  # fmt: skip


class Quantity(NamedTuple):
    """So many units a year, or all there will be where it is `one_off`. `unit` is empty where none was named."""

    units: Decimal
    unit: str
    one_off: bool = False


@dataclass(frozen=True, slots=True)
class ScopeAnswer:
    """What is bought: `volume` is units a year, None and empty where nothing was said.

    `one_off`: the volume is all of it, bought once; None where no volume was said.
    """

    what: str = ""
    volume: Decimal | None = None
    unit: str = ""
    horizon_months: int | None = None
    one_off: bool | None = None


def unit_of(words: str) -> str:
    """The plan's unit that a word names; empty for any other word."""
    return _UNITS.get(words.strip().casefold().removeprefix("of ").strip(), "")


def read_volume(text: str, manners: Manners, *, horizon_months: int | None = None) -> Quantity | None:
    """What `30k a year`, `2,500 a month`, `60,000 in all`, `500 once` say; None where there is none.

    A quantity in all needs the horizon, and is refused without one.
    """
    rate = _RATE.search(text)
    if rate:
        times = _TIMES.get((rate["period"] or "year").casefold(), 1)
        yearly = amount(rate["figure"], manners, example="30,000 a year").value * times
        return Quantity(yearly, unit_of(rate["unit"]))
    if once := _ONCE.search(text):
        units = amount(once["figure"] or once["before"], manners, example="500 once").value
        return Quantity(units, unit_of(once["unit"] or once["of"] or ""), one_off=True)
    total = _TOTAL.search(text)
    if total is None:
        return None
    if horizon_months is None:
        raise _misread(text, "For how long is that quantity?")
    found = amount(total["figure"], manners, example="60,000 in all").value
    return Quantity(found * 12 / horizon_months, unit_of(total["unit"]))


def read_bare_volume(text: str, manners: Manners) -> Quantity | None:
    """A quantity that does not say for which time, taken as a year's: `30k`, `30,000 pcs`."""
    found = _BARE.match(text.strip())
    return (
        Quantity(amount(found["figure"], manners, example="30,000 a year").value, unit_of(found["unit"]))
        if found
        else None
    )


def read_horizon(text: str) -> int | None:
    """The months of `24 months`, `for 2 years`; None where no length is named."""
    if re.match(r"\s*-\s*\d", text):
        return None  # no length lies below zero
    without_rates = _RATE.sub("", text)
    found = _HORIZON.search(without_rates)
    return read_duration(found["v"].replace("-", " ")).months_exact if found else None


def read_scope(text: str, manners: Manners) -> ScopeAnswer:
    """What, how many, how long. Raises Misread where quantity or length is missing; what is bought once has no length."""
    horizon = read_horizon(text)
    volume = read_volume(text, manners, horizon_months=horizon)
    words = [
        field
        for field in fields_of(text)
        if not re.search(r"\d", field) and not (_HORIZON.search(field) or is_once(field))
    ]
    if volume is None:
        bare = (read_bare_volume(field, manners) for field in fields_of(text) if read_horizon(field) is None)
        volume = next((found for found in bare if found), None)
    if volume is None:
        raise _misread(text, "How many is it, a year or in all?")
    if horizon is not None and volume.one_off:
        raise _misread(text, "What is bought once has no length. Is it a year, or once?")
    if horizon is None and not volume.one_off:
        raise _misread(text, "For how long is it?")
    return ScopeAnswer(
        ", ".join(words) or noun(text), volume.units, volume.unit, horizon, one_off=volume.one_off
    )


def is_once(field: str) -> bool:
    """Whether a field says that it is bought once, and nothing else: `one-off`."""
    return re.fullmatch(_ONE_OFF, field.strip(), re.IGNORECASE) is not None


def noun(text: str) -> str:
    """`30,000 housings a year`, `500 pumps once`: the word beside the figure; empty where it is a unit."""
    for pattern in (_RATE, _ONCE, _TOTAL):
        if found := pattern.search(text):
            said = found.groupdict()
            word = (said["unit"] or said.get("of") or "").strip()
            return "" if unit_of(word) else word
    return ""


def _misread(text: str, wrong: str) -> Misread:
    return Misread(wrong, understood=f"I read {excerpt(text)}.", example=EXAMPLE)
