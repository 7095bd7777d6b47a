"""What a contract says about its time: value types, checked when they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from handlers.dates.months import LAST_YEAR, add_months
from handlers.errors import Misread

if TYPE_CHECKING:
    from datetime import date

    from handlers.dates.workdays import WorkCalendar

Unit = Literal["day", "business day", "week", "month", "year"]
Renewal = Literal["automatic", "on request", "none"]

_ONE_LINE = "contract add Acme: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days"
_LONGEST: dict[Unit, int] = {"day": 3660, "business day": 2500, "week": 520, "month": 120, "year": 10}


@dataclass(frozen=True, slots=True)
class Notice:
    """A period before the end of a term: 90 days, 3 months, 10 business days.

    `clear_days`: neither the day of receipt nor the last day of the term counts, so all is one day earlier.
    Raises Misread where the count is negative or beyond ten years.
    """

    count: int
    unit: Unit = "day"
    clear_days: bool = False

    def __post_init__(self) -> None:
        if self.unit not in _LONGEST or not 0 <= self.count <= _LONGEST[self.unit]:
            raise Misread("A notice period lies between 0 days and 10 years.", example=_ONE_LINE)

    def before(self, end: date, calendar: WorkCalendar) -> date:
        """`end` less the period: the last day on which notice can be received.

        Months and years are calendar months from `end`, business days those of the recipient's `calendar`.
        Source: formulas, "Dates".
        """
        count = self.count + self.clear_days
        if self.unit == "business day":
            return calendar.minus(end, count)
        if self.unit in ("month", "year"):
            months = self.count * (12 if self.unit == "year" else 1)
            return add_months(end, -months) - timedelta(days=int(self.clear_days))
        days = self.count * (7 if self.unit == "week" else 1)
        return end - timedelta(days=days + self.clear_days)

    def __str__(self) -> str:
        plural = "" if self.count == 1 else "s"
        return f"{self.count} {'clear ' if self.clear_days else ''}{self.unit}{plural}"


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything in a contract that its key dates follow from.

    `end` is the last day of the first term. `renewals_allowed` None is without limit. `notice` is the period
    before the end of a term in which notice (or, on request, the request) comes too late. `earliest` is the
    period in which notice may be given at all. `transit_days` are the working days that `method` takes, None
    where nobody said. `renewals_requested` counts the renewals that were asked for, where renewal is on
    request. `notice_served` is the day on which notice was given and `notice_ends` the end of the term it
    ends, if recorded. The supplier is looked at afresh `reassess_days` before send-by. Raises Misread where the
    parts contradict one another.
    """

    start: date
    end: date
    renewal: Renewal = "none"
    renewal_months: int | None = None
    renewals_allowed: int | None = None
    notice: Notice | None = None
    earliest: Notice | None = None
    method: str = ""
    transit_days: int | None = None
    sourcing_weeks: int | None = None
    switching_weeks: int | None = None
    renewals_requested: int = 0
    notice_served: date | None = None
    notice_ends: date | None = None
    reassess_days: int = 180

    def __post_init__(self) -> None:
        for wrong in _contradictions(self):
            raise Misread(wrong, example=_ONE_LINE)

    @property
    def limit(self) -> int | None:
        """The most renewals that can come about, None for no limit."""
        return 0 if self.renewal == "none" else self.renewals_allowed


def _contradictions(terms: Terms) -> list[str]:
    counts = (terms.renewals_allowed, terms.transit_days, terms.sourcing_weeks, terms.switching_weeks)
    checks = [
        (terms.end.year > LAST_YEAR - 100, "The contract ends in a year that is too far away."),
        (terms.end < terms.start, "The contract ends before it starts."),
        (terms.renewal != "none" and not terms.renewal_months, "A renewal needs a length in months."),
        (not 0 < (terms.renewal_months or 1) <= 1200, "A renewal lasts between 1 month and 100 years."),
        (any(n is not None and not 0 <= n <= 1000 for n in counts), "A count lies between 0 and 1000."),
        (_never_open(terms.earliest, terms.notice), "Notice may be given only after it would be too late."),
        (terms.renewals_requested < 0, "A number of renewals is not negative."),
    ]
    return [wrong for fails, wrong in checks if fails]


def _never_open(earliest: Notice | None, notice: Notice | None) -> bool:
    if earliest is None or notice is None or earliest.unit != notice.unit:
        return False
    return earliest.count < notice.count
