"""Lengths of time as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from handlers.errors import Misread
from handlers.reading.plain import excerpt, misread, plain

Unit = Literal["day", "business day", "week", "month", "quarter", "year"]
_EXAMPLE = "6 weeks"
# a length in a German buyer's own words is a length, never the name of a cost
_UNITS: tuple[tuple[str, Unit], ...] = (
    (
        r"(?:working|business|work|week)[ -]?days?|[bw]d|(?:arbeits|werk)tagen?|(?:arbeits|werk)tag",
        "business day",
    ),
    (r"(?:calendar |clear )?days?|d|tagen?|tag", "day"),
    (r"weeks?|wks?|w|wochen?", "week"),
    (r"months?|mths?|mos?|m|monaten?|monat", "month"),
    (r"quarters?|qtrs?|q|quartale?", "quarter"),
    (r"years?|yrs?|y|annum|jahren?|jahr", "year"),
)
_COUNTING = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty
"""
_WORDS = {word: count for count, word in enumerate(_COUNTING.split())} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty-five": 45,
    "forty": 40,
    "sixty": 60,
    "ninety": 90,
    "half a": 0,
    "half": 0,
}
_AROUND = re.compile(
    r"^(?:(?:net|for|in|within|about|every|the|another)\s+|[~≈]\s*)*|(?:\s+(?:notice|net|long|time|before|ahead))*[.!]?$"
)
_unit = "|".join(f"(?P<u{place}>{words})" for place, (words, _) in enumerate(_UNITS))
_count = "|".join(sorted(_WORDS, key=len, reverse=True))
_PART = re.compile(
    rf"(?:(?P<figure>[0-9]{{1,6}}(?:[.,][0-9]{{1,2}})?)|(?P<word>{_count})\b)?[ -]?(?:{_unit})\b'?"
)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LIMIT = {"day": 36525, "business day": 26100, "week": 5218, "month": 1200, "quarter": 400, "year": 100}


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of one unit: 12 months are not 360 days, and a working day is not a day."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit) or self.count < 0:
            raise ValueError("a duration is a count of zero or more and a known unit")

    @property
    def days_exact(self) -> int | None:
        """The days it always has; None where that depends on the calendar."""
        return self.count * {"day": 1, "week": 7}[self.unit] if self.unit in {"day", "week"} else None

    @property
    def months_exact(self) -> int | None:
        """The months it always has; None for days and weeks."""
        return self.count * _MONTHS[self.unit] if self.unit in _MONTHS else None


def read_duration(text: str, *, bare: Unit | None = None, example: str = _EXAMPLE) -> Duration:
    """`6 weeks`, `90d`, `10 working days`, `net 60`, `half a year`, `1 year 6 months`. Raises Misread.

    A number without a unit is refused, unless it follows `net` (days) or `bare` says what it counts.
    """
    typed = plain(text[:201]).casefold().strip()
    if len(text) > 200 or not typed:
        raise _misread(text, example)
    core = _AROUND.sub("", typed).strip()
    if re.fullmatch(r"[0-9]{1,5}", core) and (bare or "net" in typed):
        return _bounded(Decimal(core), bare or "day", typed, example)
    if core == "fortnight" or core == "a fortnight":
        return Duration(2, "week")
    parts = _in_parts(core)
    if not parts:
        raise _misread(text, example)
    return _total(parts, typed, example)


def _misread(text: str, example: str) -> Misread:
    return misread(text, "I need a length of time, as a number and days, weeks or months.", example)


def _in_parts(text: str) -> list[tuple[Decimal, Unit]]:
    """Every `number unit` of the text, or nothing if anything else stands in it."""
    parts: list[tuple[Decimal, Unit]] = []
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        joint = re.compile(r"(?:,? and |, |\s)?").match(text, found.end()) if found else None
        if not found or not joint or not (found["figure"] or found["word"] or found["u4"] or found["u5"]):
            return []
        unit = next(unit for place, (_, unit) in enumerate(_UNITS) if found[f"u{place}"])
        parts.append((_figure(found), unit))
        at = joint.end()
    return parts


def _figure(found: re.Match[str]) -> Decimal:
    if found["figure"]:
        return Decimal(found["figure"].replace(",", "."))
    word = found["word"] or "a"
    return Decimal("0.5") if word.startswith("half") else Decimal(_WORDS[word])


def _total(parts: list[tuple[Decimal, Unit]], typed: str, example: str) -> Duration:
    """One duration from the parts; halves and mixtures go to the next smaller unit."""
    units = {unit for _, unit in parts}
    if len(parts) == 1 and parts[0][0] == int(parts[0][0]):
        return _bounded(*parts[0], typed, example)
    if units <= _MONTHS.keys():
        return _bounded(sum((n * _MONTHS[unit] for n, unit in parts), Decimal(0)), "month", typed, example)
    if units <= {"day", "week"}:
        days = sum((n * (7 if unit == "week" else 1) for n, unit in parts), Decimal(0))
        return _bounded(days, "day", typed, example)
    raise _misread(typed, example)


def _bounded(count: Decimal, unit: Unit, typed: str, example: str) -> Duration:
    if count != int(count):
        raise _misread(typed, example)
    if count > _LIMIT[unit]:
        raise Misread(
            "That is more than a hundred years.", understood=f"I read {excerpt(typed)}.", example=example
        )
    return Duration(int(count), unit)
