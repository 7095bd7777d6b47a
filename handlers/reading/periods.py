"""The edges of months, quarters, years and weeks: `end of March`, `mid April`, `end of Q2 2027`."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from handlers.reading.days import MONTHS, NoDateError, exact, position, shifted, year_of

_SHORT = {"eow": "end of week", "eom": "end of month", "eoq": "end of quarter", "eoy": "end of year"}
_SPAN = re.compile(
    r"(?P<edge>end|start|beginning|begin|mid|middle|first day|last day)[ -](?:of )?(?:the )?"
    r"(?:(?P<which>this|current|next|coming|last|past) )?"
    r"(?P<span>week|month|quarter|year|q[1-4]|[a-z]{3,9}|[0-9]{4,})(?:,? (?:of )?(?P<year>[0-9]+))?"
)
_LAST = re.compile(r"(week|month|quarter|year)[ -]end")
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


class _Span(NamedTuple):
    first: date
    months: int  # 0 is a working week


def bound(core: str, today: date) -> date | None:
    """The day that an edge of a period falls on, None where the text names none.

    A period without a year is the one whose edge comes next, today included, as is the coming one; `this`, `next` and
    `last` are taken by their word. Raises NoDateError.
    """
    core = _LAST.sub(r"end of \1", _SHORT.get(core, core))
    found = _SPAN.fullmatch(core)
    if not found:
        return None
    span = _span(found, today)
    if span is None:
        return None
    day = _edge(found["edge"], span)
    floating = found["which"] in {None, "coming"} and not found["year"] and not found["span"].isdigit()
    if floating and day < today:
        day = _edge(
            found["edge"], _moved(span, 1 if found["span"] in {*_MONTHS_IN, "week"} else 12 // span.months)
        )
    return day


def _span(found: re.Match[str], today: date) -> _Span | None:
    word, year = found["span"], found["year"]
    if word.isdigit():
        return _Span(exact(year_of(word), 1, 1), 12)
    if word in _MONTHS_IN or word == "week":
        step = {"next": 1, "coming": 1, "last": -1, "past": -1}.get(found["which"] or "", 0)
        return None if year else _moved(_current(word, today), step)
    quarter = word[1:] if len(word) == 2 else ""  # any other word with a q is no quarter
    if (not quarter and position(word, MONTHS) is None) or (year and found["which"]):
        return None
    month = 3 * int(quarter) - 2 if quarter else (position(word, MONTHS) or 0) + 1
    years = today.year + {"next": 1, "last": -1, "past": -1}.get(found["which"] or "", 0)
    return _Span(exact(year_of(year) if year else years, month, 1), 3 if quarter else 1)


def _current(word: str, today: date) -> _Span:
    """The period of that kind that today is in."""
    if word == "week":
        return _Span(shifted(today, -today.weekday()), 0)
    months = _MONTHS_IN[word]
    return _Span(date(today.year, (today.month - 1) // months * months + 1, 1), months)


def _moved(span: _Span, steps: int) -> _Span:
    if span.months == 0:
        return _Span(shifted(span.first, 7 * steps), 0)
    try:
        return _Span(span.first + relativedelta(months=span.months * steps), span.months)
    except (ValueError, OverflowError):
        raise NoDateError("That is outside the calendar.") from None


def _edge(edge: str, span: _Span) -> date:
    if edge in {"start", "beginning", "begin", "first day"}:
        return span.first
    if edge in {"end", "last day"}:
        return shifted(span.first, 4) if span.months == 0 else shifted(_moved(span, 1).first, -1)
    if span.months not in {1, 3}:
        raise NoDateError("The middle of that is no one day.")
    return (span.first + relativedelta(months=span.months // 2)).replace(day=15)
