"""Month arithmetic from an anchor, and years that a calendar can hold."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from handlers.errors import Misread

LAST_YEAR = 9990


def add_months(anchor: date, months: int) -> date:
    """`anchor` moved by whole calendar months; a day that the month lacks becomes its last.

    Add to the anchor, never to an earlier result: 31 Jan + 1 month is 28 or 29 Feb, + 2 months is 31 Mar.
    Raises Misread where the result is no year a calendar can hold. Source: formulas, "Dates".
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    if not 1 <= year <= LAST_YEAR:
        raise Misread("That leads to a year that no calendar holds.", example="12 months")
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def months_between(earlier: date, later: date) -> int:
    """Calendar months from the month of `earlier` to the month of `later`; days do not count."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month
