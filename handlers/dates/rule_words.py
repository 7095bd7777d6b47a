"""Regular days as people write them, and as Prep says them: `every last weekday of the month 10:00`."""

from __future__ import annotations

import re
from datetime import date, time
from typing import TypedDict

from handlers.dates.recurrence import LAST, WEEKDAYS, Frequency, Rule
from handlers.dates.rule_patterns import EACH_MONTH, EACH_WEEKDAY, PATTERNS, START, TIME
from handlers.errors import Misread
from handlers.reading.days import MONTHS, position
from handlers.reading.days import WEEKDAYS as WEEKDAY_NAMES

_EXAMPLE = "every last weekday of the month 10:00"
_FREQS: dict[str, Frequency] = {
    "day": "daily",
    "daily": "daily",
    "week": "weekly",
    "weekly": "weekly",
    "month": "monthly",
    "monthly": "monthly",
    "quarter": "quarterly",
    "quarterly": "quarterly",
    "year": "yearly",
    "yearly": "yearly",
    "annually": "yearly",
}
_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": LAST, "other": 2}


class _Parts(TypedDict, total=False):
    """What a rule is made of, without its time and start."""

    freq: Frequency
    every: int
    month_day: int
    weekdays: tuple[int, ...]
    nth: int
    month: int


class NoRule(Misread):
    """A text that begins with no regular day at all: no mistake where it need not begin with one."""


def read_rule(text: str) -> Rule:
    """The rule that `text` says, whole. Raises Misread where it says none, or something more."""
    rule, rest = split_rule(text)
    if rest:
        raise _misread("I can read the beginning, but not what follows the regular day.", text)
    return rule


def split_rule(text: str) -> tuple[Rule, str]:
    """The rule that `text` begins with, and what follows it as it was typed. Raises NoRule for none, and Misread for one
    that is not clear.

    Without a time it is 9:00. A quarterly rule without months or a start is counted from January.
    """
    at, rest = _time(text)
    parts, rest = _day(rest, text)
    start: date | None = None
    for _ in range(2):  # the time and the start come in any order
        at, rest = (at, rest) if at else _time(rest)
        start, rest = (start, rest) if start else _start(rest, text)
    return Rule(at=at or time(9), start=start, **parts), rest.strip(" \t\n,;:")


def heard(text: str) -> tuple[Rule, str] | None:
    """The rule that a text begins with, and the rest; None where it begins with none. Raises Misread for an unclear one."""
    try:
        return split_rule(text)
    except NoRule:
        return None


def _misread(wrong: str, text: str, example: str = _EXAMPLE) -> Misread:
    return Misread(wrong, understood=_said(text), example=example)


def _said(text: str) -> str:
    return f"When: {text.strip()[:200]}"


def _time(text: str) -> tuple[time | None, str]:
    found = TIME.match(text)
    if not found:
        return None, text
    got = found.groupdict()
    hour, minute = int(got["at"] or got["clock"] or got["bare"]), int(got["at_minute"] or got["minute"] or 0)
    half = (got["at_half"] or got["clock_half"] or got["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        raise _misread("There is no such time.", text, "every Monday 9:00")
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    if hour > 23 or minute > 59:
        raise _misread("There is no such time.", text, "every Monday 9:00")
    return time(hour, minute), text[found.end() :]


def _start(text: str, whole: str) -> tuple[date | None, str]:
    found = START.match(text)
    if not found:
        return None, text
    iso, day, month, year = found.group("iso", "day", "month", "year")
    try:
        start = date.fromisoformat(iso) if iso else date(int(year), _month(month), int(day or 1))
    except ValueError:
        raise _misread("There is no such day to start from.", whole, "from 15 Oct 2026") from None
    return start, text[found.end() :]


def _day(text: str, whole: str) -> tuple[_Parts, str]:
    text = text.strip()
    for unit, pattern in PATTERNS:
        if found := pattern.match(text):
            got = {name: value.lower() for name, value in found.groupdict().items() if value}
            return _parts(unit, got, whole), text[found.end() :]
    raise NoRule("That is no regular day that I can read.", understood=_said(whole), example=_EXAMPLE)


def _parts(unit: str, got: dict[str, str], whole: str) -> _Parts:
    period = got.get("of") or got.get("adverb") or got.get("unit")
    parts: _Parts = {"freq": _FREQS[period or unit]}
    if "every" in got:
        parts["every"] = _number(got["every"])
    _add_days(parts, got)
    if period is None and parts.get("nth", 1) not in (1, LAST):
        raise _ambiguous(got, whole)
    _add_month(parts, got, whole)
    return parts


def _add_days(parts: _Parts, got: dict[str, str]) -> None:
    """The day of the month, the nth weekday or the days of the week, whichever was said."""
    if "last_day" in got:
        parts["month_day"] = LAST
    elif day := got.get("month_day") or got.get("day_first") or got.get("day_last"):
        parts["month_day"] = _number(day.removeprefix("day"))
    elif "nth" in got:
        parts["nth"] = _number(got["nth"])
        parts["weekdays"] = _weekdays(got["nth_of"])
    elif "working" in got or "workings" in got:
        parts["weekdays"] = WEEKDAYS
    elif "weekdays" in got:
        parts["weekdays"] = _weekdays(got["weekdays"])


def _add_month(parts: _Parts, got: dict[str, str], whole: str) -> None:
    """The month of the year; the first of a quarterly rule, which "of the quarter" settles as well."""
    if month := got.get("month") or got.get("month_first") or got.get("month_last"):
        parts["month"] = _month(month)
    elif "quarters" in got:
        parts["month"] = _first_of_quarters(
            [_month(name) for name in EACH_MONTH.findall(got["quarters"])], whole
        )
        parts["freq"] = "quarterly"
    elif got.get("of") == "quarter":
        parts["month"] = 3 if LAST in (parts.get("month_day"), parts.get("nth")) else 1


def _first_of_quarters(months: list[int], whole: str) -> int:
    first = {(month - 1) % 3 + 1 for month in months}
    if len(first) > 1:
        raise _misread("Those months are not a quarter apart.", whole, "quarterly on the 15th in February")
    return first.pop()


def _ambiguous(got: dict[str, str], whole: str) -> Misread:
    nth, day = got["nth"], got["nth_of"].capitalize()
    weeks = f"every {_number(nth)} weeks on {day}"
    return _misread(
        f"That can be the {nth} {day} of a month, or {weeks}: please say which.",
        whole,
        f"every {nth} {day} of the month",
    )


def _number(word: str) -> int:
    return _WORDS.get(word) or int(re.sub(r"\D", "", word))


def _month(name: str) -> int:
    at = position(name, MONTHS)
    assert at is not None, "the pattern lets only months through"
    return at + 1


def _weekdays(names: str) -> tuple[int, ...]:
    if "day" in names and not EACH_WEEKDAY.match(names):
        return WEEKDAYS
    found = {position(name[:3], WEEKDAY_NAMES) for name in EACH_WEEKDAY.findall(names)}
    return tuple(sorted(day for day in found if day is not None))
