"""Which term of a contract runs when, as it renews."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from handlers.dates.months import add_months, months_between

if TYPE_CHECKING:
    from datetime import date

    from handlers.contracts.rules.terms import Terms
    from handlers.dates.workdays import WorkCalendar


class TermEnd(NamedTuple):
    """The last day of a term, and how many renewals it came after (0 is the first term)."""

    end: date
    renewals: int


def end_after(terms: Terms, renewals: int) -> date:
    """The last day of the term after `renewals` renewals, whatever the clause allows.

    (first end + 1 day) + k n months - 1 day, so that month ends stay month ends. Source: formulas, "Dates".
    """
    if not renewals:
        return terms.end
    day_after = terms.end + timedelta(days=1)
    return add_months(day_after, renewals * (terms.renewal_months or 0)) - timedelta(days=1)


def term_end(terms: Terms, today: date) -> TermEnd:
    """The end of the term that runs on `today`, or of the last one where the contract has ended.

    Automatic: the smallest number of renewals whose end is not in the past, at most as many as the clause
    allows; after notice the term that it ends. On request: as many as were requested. Otherwise the first
    end. Source: formulas, "Dates".
    """
    if terms.renewal == "automatic":
        until = today if terms.notice_served is None else terms.notice_ends or terms.notice_served
        renewals = _smallest(terms, until)
    else:
        renewals = terms.renewals_requested if terms.renewal == "on request" else 0
    if terms.limit is not None:
        renewals = min(renewals, terms.limit)
    return TermEnd(end_after(terms, renewals), renewals)


def _smallest(terms: Terms, until: date) -> int:
    """The smallest number of renewals after which the term does not end before `until`."""
    length = terms.renewal_months or 1
    months = months_between(terms.end + timedelta(days=1), until)
    renewals = max(0, months // length)  # one fewer is over, one more is not
    return renewals if end_after(terms, renewals) >= until else renewals + 1


def clause_date(terms: Terms, end: date, calendar: WorkCalendar) -> date:
    """The last day on which notice against the term that ends on `end` can be received.

    Without a notice period, the end itself: the caller says that it is a guess. Source: formulas, "Dates".
    """
    return terms.notice.before(end, calendar) if terms.notice else end


def ends_by_notice(terms: Terms, received: date, calendar: WorkCalendar) -> date:
    """The end of the contract when notice is received on `received`: the first term it is in time for."""
    renewals = term_end(terms, received).renewals
    while clause_date(terms, end_after(terms, renewals), calendar) < received and renewals != terms.limit:
        renewals += 1
    return end_after(terms, renewals)
