"""Until when what comes due is asked for: `90d`, `this month`, `Q3`, `2027`, `until 30 June`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.reading.dates import add, read_date
from handlers.reading.durations import read_duration

if TYPE_CHECKING:
    from handlers.command import Turn

_HORIZON = 90
_EXAMPLE = "renewals 90d"
_EVER = frozenset({"all", "everything", "ever"})
_LEAD = re.compile(
    r"^(?:(?:in|within|for|over|until|till|before|by|the|next(?=\s+\d)|coming)\s+)+", re.IGNORECASE
)
_YEAR = re.compile(r"20\d\d")


def until(turn: Turn, text: str) -> date:
    """The last day that is asked for; without words 90 days from today. Raises Misread."""
    said = _LEAD.sub("", text.strip()).strip(" ?.!")
    if not said:
        return turn.today + timedelta(days=_HORIZON)
    if said.casefold() in _EVER:
        return date.max
    if _YEAR.fullmatch(said):
        return date(int(said), 12, 31)
    try:
        return add(turn.today, read_duration(said, bare="day", example=_EXAMPLE))
    except Misread as no_length:
        return _day_named(turn, said, no_length)


def _day_named(turn: Turn, said: str, otherwise: Misread) -> date:
    """The last day of a period (`this month`, `Q3`), else the day itself. Raises `otherwise` where neither is named."""
    for text in (f"end of {said}", said):
        try:
            return read_date(text, turn.today, turn.manners, past_ok=False)
        except Misread:
            continue
    raise otherwise
