"""The ways to write a regular day, as patterns: first the longer ones, since the first that fits is taken."""

from __future__ import annotations

import re

_WD = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_AND = r"(?:\s*(?:,|&|\band\b)\s*)"
_WORKING = r"(?:weekday|working\s+day|business\s+day)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NUMBERED = r"\d{1,2}(?:st|nd|rd|th)"
_WORD = r"first|second|third|fourth|fifth"
_EVERY = r"(?:every|each)\s+"
_COUNT = rf"(?:(?P<every>\d{{1,2}}|{_NUMBERED}|other|{_WORD})\s+)?"
_ON = r"(?:\s+on)?(?:\s+the)?\s+"
_OF = r"\s+of\s+(?:the|every|each)\s+(?P<of>month|quarter)"
_ENDS = r"(?=[\s,;:]|$)"


def _period(units: str, adverbs: str) -> str:
    return rf"(?:(?P<adverb>{adverbs})|{_EVERY}{_COUNT}(?P<unit>{units})s?)"


_DAY = (
    rf"(?:(?P<nth>{_NUMBERED}|{_WORD}|last)\s+(?P<nth_of>{_WORKING}|{_WD})|(?P<last_day>last\s+day)"
    rf"|(?P<month_day>{_NUMBERED}|{_WORD}|day\s+\d{{1,2}}(?![:.]?\d|\s*[ap]m)|(?<=on\s)\d{{1,2}}(?![:.]?\d|\s*[ap]m))(?:\s+day)?)"
)
_DATE = (
    rf"(?:(?P<day_first>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?\s+(?P<month_last>{_MONTH})"
    rf"|(?P<month_first>{_MONTH})\s+(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?(?![:\d]))"
)
_WEEK = _period("week", "weekly")
_MONTHS = _period("month|quarter", "monthly|quarterly")
_YEAR = rf"(?:{_period('year', 'yearly|annually')}{_ON}|{_EVERY}(?:the\s+)?)"
_IN = rf"(?:\s+in\s+(?P<quarters>{_MONTH}(?:{_AND}{_MONTH})*))?"

PATTERNS = [
    (unit, re.compile(pattern + _ENDS, re.IGNORECASE))
    for unit, pattern in (
        ("month", rf"(?:{_EVERY}|on\s+)?(?:the\s+)?{_DAY}{_OF}"),
        ("year", rf"{_YEAR}{_DAY}\s+of\s+(?P<month>{_MONTH})"),
        ("year", rf"{_YEAR}{_DATE}"),
        ("month", rf"{_MONTHS}{_ON}{_DAY}(?:{_OF})?{_IN}"),
        ("week", rf"{_WEEK}(?:\s+on)?\s+(?P<working>{_WORKING})s"),
        ("week", rf"{_WEEK}(?:\s+on)?\s+(?P<weekdays>{_WD}s?(?:{_AND}{_WD}s?)*)"),
        ("week", rf"(?:{_EVERY}(?P<working>{_WORKING})s?|(?:on\s+)?(?P<workings>{_WORKING})s)"),
        ("week", rf"{_EVERY}(?:(?P<every>\d{{1,2}}|other)\s+)?(?P<weekdays>{_WD}s?(?:{_AND}{_WD}s?)*)"),
        ("week", rf"(?:on\s+)?(?P<weekdays>{_WD}s(?:{_AND}{_WD}s)*)"),
        ("day", _period("day", "daily")),
        ("month", rf"{_EVERY}(?:the\s+)?{_DAY}"),
    )
]

TIME = re.compile(
    r"[\s,]*(?:(?:at|@)\s*(?P<at>\d{1,2})(?:[:.](?P<at_minute>\d\d))?(?:\s*(?P<at_half>[ap]m))?"
    r"|(?P<clock>\d{1,2}):(?P<minute>\d\d)(?:\s*(?P<clock_half>[ap]m))?|(?P<bare>\d{1,2})\s*(?P<half>[ap]m))"
    + _ENDS,
    re.IGNORECASE,
)

START = re.compile(
    r"[\s,]*(?:from|starting|since)\s+(?:on\s+)?(?:(?P<iso>\d{4}-\d\d-\d\d)"
    rf"|(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+)?(?P<month>{_MONTH})\s+(?P<year>\d{{4}}))" + _ENDS,
    re.IGNORECASE,
)

EACH_WEEKDAY = re.compile(_WD, re.IGNORECASE)
EACH_MONTH = re.compile(_MONTH, re.IGNORECASE)
