"""When things happen: the talks with whom, and the days of a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.answers.rows import fields_of
from handlers.reading.choices import is_dont_know
from handlers.reading.dates import read_date
from handlers.reading.moments import read_moment
from handlers.reading.pairs import read_pairs
from handlers.reading.plain import excerpt, misread
from handlers.writing import DAY_ALONE

if TYPE_CHECKING:
    from datetime import date, datetime

    from handlers.manners import Manners

TALKS = "today 15:00, their key account manager, up to 5 %"
DAYS = "talks 18 Mar 2026, decision 8 Apr 2026, need-by 1 Jul 2026"
MORNING = time(9, microsecond=DAY_ALONE)
"""The hour that is assumed for a day alone, so that it comes after the reminders of its morning."""
_AUTHORITY = re.compile(
    r"%|\bup to\b|\balone\b|\bcan(?:not|'t)?\b|\bdecides?\b|\bauthori|\bsay yes\b|^(?:yes|no)\b", re.I
)
_OPEN = re.compile(r"^(?:not (?:yet|fixed|set).*|open|no date.*|not yet fixed)$", re.I)
_WITH = re.compile(r"^(?P<when>.*?\S)\s+(?:with|w/)\s*(?P<who>\S.*)$", re.I | re.S)
_MONTH_COMMA = re.compile(r"\b([A-Za-z]{3,9}\.? \d{1,2}), (?=\d{4}\b)")
_KEYS = {
    **dict.fromkeys(("talks", "talk", "meeting", "call", "negotiation", "we talk"), "talks"),
    **dict.fromkeys(("decision", "decide", "decide by", "decided", "decision by", "sign"), "decision"),
    **dict.fromkeys(("need by", "need", "needed", "needed by", "goods", "need the goods", "delivery"), "need"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TalksAnswer:
    """When the talks are (aware UTC), with whom, and what they can agree to."""

    talks_at: datetime | None = None
    counterpart: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class DaysAnswer:
    """The days of a plan; None where nothing was said."""

    talks_at: datetime | None = None
    decide_by: date | None = None
    need_by: date | None = None


def read_talks(text: str, now: datetime, manners: Manners) -> TalksAnswer:
    """`today 15:00, their key account manager, up to 5 %`. Raises Misread, also for a day in the past."""
    fields = fields_of(_MONTH_COMMA.sub(r"\1 ", text))
    if not fields:
        raise misread(text, "When do you talk, and with whom?", TALKS)
    if is_dont_know(fields[0]) or _OPEN.match(fields[0]):
        when, rest = None, fields[1:]
    else:
        when, rest = _moment(fields, now, manners)
    rest = [field for field in rest if not is_dont_know(field)]
    authority = [field for field in rest[1:] if _AUTHORITY.search(field)] if len(rest) > 1 else []
    who = [field for field in rest if field not in authority]
    return TalksAnswer(when, ", ".join(who), ", ".join(authority))


def _moment(fields: list[str], now: datetime, manners: Manners) -> tuple[datetime, list[str]]:
    """The moment in the first field, or in the first two (`18 March, 15:00`), and the fields after it."""
    met = _WITH.match(fields[0])
    if met is not None:
        fields = [met["when"], met["who"], *fields[1:]]
    for count in (2, 1):
        if len(fields) >= count:
            try:
                return not_past(", ".join(fields[:count]), now, manners), fields[count:]
            except Past:
                raise
            except Misread:
                if count == 1 and re.search(r"\d", fields[0]):
                    raise
    raise misread(fields[0], "When do you talk? I need a day first, and an hour if there is one.", TALKS)


class Past(Misread):
    """A day that is over."""


def not_past(text: str, now: datetime, manners: Manners, example: str = TALKS) -> datetime:
    """A moment on a day that is not over; a day alone is kept at nine, as a day alone. Raises Misread."""
    when = read_moment(text, now, manners, at=MORNING)
    if when.astimezone(manners.tz).date() < now.astimezone(manners.tz).date():
        raise Past("That day is over.", understood=f"I read {excerpt(text)}.", example=example)
    return when


def read_days(text: str, now: datetime, manners: Manners) -> DaysAnswer:
    """`talks 18 Mar 2026, decision 8 Apr 2026, need-by 1 Jul 2026`, some or all of them. Raises Misread."""
    pairs = read_pairs(_MONTH_COMMA.sub(r"\1 ", text), _KEYS)
    if pairs.rest or not pairs.values:
        said = pairs.rest[0] if pairs.rest else text
        raise misread(said, "Is that the day of the talks, of the decision, or of the need?", DAYS)
    days = {key: value for key, value in pairs.values.items() if not is_dont_know(value)}
    return DaysAnswer(
        not_past(days["talks"], now, manners, DAYS) if "talks" in days else None,
        future_day(days["decision"], now, manners) if "decision" in days else None,
        future_day(days["need"], now, manners) if "need" in days else None,
    )


def future_day(text: str, now: datetime, manners: Manners) -> date:
    """A day that is not over. Raises Misread."""
    return read_date(text, now.astimezone(manners.tz).date(), manners, past_ok=False)
