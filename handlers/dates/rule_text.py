"""Rules as words that can be typed again, and as plain data to keep."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from handlers.dates.recurrence import LAST, WEEKDAYS, Rule
from handlers.reading.days import MONTHS
from handlers.reading.days import WEEKDAYS as WEEKDAY_NAMES
from handlers.writing import full_day, time_of_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.manners import Manners

_UNITS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", LAST: "last"}


def say_rule(rule: Rule, manners: Manners | None = None) -> str:
    """The rule in words that `read_rule` reads as the same rule: `quarterly on the 15th 9:00 from 1 Oct 2026`.

    With `manners` hour and day look as everywhere else that this member reads them: `every Monday 9:00 AM`.
    """
    if manners is not None:
        begins = f" from {full_day(rule.start, manners)}" if rule.start else ""
        return f"{_when(rule)} {time_of_day(rule.at, manners)}{begins}"
    start = f" from {rule.start.day} {rule.start:%b} {rule.start.year:04}" if rule.start else ""
    return f"{_when(rule)} {rule.at.hour}:{rule.at:%M}{start}"


def rule_data(rule: Rule) -> dict[str, Any]:
    """The rule as plain data (for JSON); what is not set is left out. `rule_from` is the way back."""
    found = {
        "freq": rule.freq,
        "every": rule.every,
        "month_day": rule.month_day,
        "weekdays": list(rule.weekdays),
        "nth": rule.nth,
        "month": rule.month,
        "at": rule.at.isoformat("minutes"),
        "start": rule.start.isoformat() if rule.start else None,
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def rule_from(data: Mapping[str, Any]) -> Rule:
    """The rule that `rule_data` made `data` of. Raises Misread where the parts do not make a rule."""
    start = data.get("start")
    return Rule(
        freq=data["freq"],
        every=data.get("every", 1),
        month_day=data.get("month_day"),
        weekdays=tuple(data.get("weekdays", ())),
        nth=data.get("nth"),
        month=data.get("month"),
        at=time.fromisoformat(data["at"]),
        start=date.fromisoformat(start) if start else None,
    )


def _when(rule: Rule) -> str:
    if rule.freq == "daily":
        return _every(rule)
    if rule.freq == "weekly":
        return _weekly(rule)
    adverb = rule.freq if rule.every == 1 else _every(rule)
    return f"{adverb} on {_day(rule)}{_quarters(rule)}"


def _every(rule: Rule) -> str:
    unit = _UNITS[rule.freq]
    return f"every {unit}" if rule.every == 1 else f"every {rule.every} {unit}s"


def _weekly(rule: Rule) -> str:
    if rule.every > 1:
        return f"{_every(rule)} on {'weekdays' if rule.weekdays == WEEKDAYS else _names(rule.weekdays)}"
    return f"every {'weekday' if rule.weekdays == WEEKDAYS else _names(rule.weekdays)}"


def _names(weekdays: tuple[int, ...]) -> str:
    *first, last = [WEEKDAY_NAMES[day] for day in weekdays]
    return f"{', '.join(first)} and {last}" if first else last


def _day(rule: Rule) -> str:
    month = f" of {MONTHS[rule.month - 1]}" if rule.freq == "yearly" and rule.month else ""
    if rule.nth is not None:
        weekday = "weekday" if rule.weekdays == WEEKDAYS else WEEKDAY_NAMES[rule.weekdays[0]]
        return f"the {_NTH[rule.nth]} {weekday}{month}"
    return f"the last day{month}" if rule.month_day == LAST else f"the {_ordinal(rule.month_day or 1)}{month}"


def _ordinal(day: int) -> str:
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _quarters(rule: Rule) -> str:
    if rule.freq != "quarterly" or rule.month is None:
        return ""
    *first, last = [MONTHS[month] for month in range(rule.month - 1, 12, 3)]
    return f" in {', '.join(first)} and {last}"
