"""The dates that matter in a contract, each derived from what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from handlers.contracts.rules.terms_in_time import clause_date, end_after, term_end

if TYPE_CHECKING:
    from datetime import date

    from handlers.contracts.rules.terms import Terms
    from handlers.dates.workdays import WorkCalendar

Duty = Literal["notice", "request", "nothing"]

DECIDE_WORKING_DAYS = 10


class Deadline(NamedTuple):
    """The last day the clause allows, the last safe one for it to arrive, and the last one to send it."""

    clause_date: date
    safe_receipt: date
    send_by: date


@dataclass(frozen=True, slots=True)
class KeyDates:
    """What follows from `terms` for one term, the one after `renewals` renewals.

    `duty` is what has to be sent in time: a notice (else it renews), a request (else it ends), or nothing,
    and then there is no deadline. `if_missed_end` is when the contract ends once the deadline is missed, and
    `if_missed` the deadline after that, None where there is none. `tender_start`, when sourcing and switching
    would have to start, shows our own deadline: it is for insiders. `calendar` is the recipient's.
    """

    terms: Terms
    calendar: WorkCalendar
    renewals: int
    term_end: date
    duty: Duty
    deadline: Deadline | None
    earliest_notice: date | None
    if_missed_end: date | None
    if_missed: Deadline | None
    tender_start: date | None
    decision_due: date | None
    reassessment_start: date | None

    @property
    def clause_date(self) -> date | None:
        """The last day on which notice can be received, None where none is needed."""
        return self.deadline.clause_date if self.deadline else None

    @property
    def safe_receipt(self) -> date | None:
        """The last working day of the recipient on or before the clause date."""
        return self.deadline.safe_receipt if self.deadline else None

    @property
    def send_by(self) -> date | None:
        """Safe receipt less the working days that the method takes."""
        return self.deadline.send_by if self.deadline else None

    @property
    def if_missed_clause(self) -> date | None:
        """The clause date that comes next once this one is missed."""
        return self.if_missed.clause_date if self.if_missed else None


def key_dates(terms: Terms, calendar: WorkCalendar, today: date) -> KeyDates:
    """The key dates of the term that runs on `today` (see `term_end`), also when its deadline is over."""
    return _of_term(terms, calendar, term_end(terms, today).renewals)


def next_key_dates(terms: Terms, calendar: WorkCalendar, today: date) -> KeyDates:
    """The key dates of the first term whose clause date is not over, else those of the last term."""
    dates = key_dates(terms, calendar, today)
    while dates.duty == "notice" and dates.deadline and dates.deadline.clause_date < today:
        dates = _of_term(terms, calendar, dates.renewals + 1)
    return dates


def safe_receipt(clause: date, calendar: WorkCalendar) -> date:
    """The last working day of the recipient on or before the clause date. Source: formulas, "Dates"."""
    return calendar.on_or_before(clause)


def send_by(safe: date, transit_days: int | None, calendar: WorkCalendar) -> date:
    """Safe receipt less the working days that the method takes, none where not given. Source: formulas."""
    return calendar.minus(safe, transit_days or 0)


def reassessment_start(send: date, calendar: WorkCalendar, days: int) -> date:
    """The working day on or before the `days`-th day before send-by: the supplier is looked at afresh."""
    return calendar.on_or_before(send - timedelta(days=days))


def tender_start(terms: Terms, end: date, calendar: WorkCalendar) -> date | None:
    """The last working day to start sourcing, so that a switch is done when the next term would start.

    None where neither the sourcing nor the switching weeks are known.
    """
    if terms.sourcing_weeks is None and terms.switching_weeks is None:
        return None
    weeks = (terms.sourcing_weeks or 0) + (terms.switching_weeks or 0)
    return calendar.on_or_before(end + timedelta(days=1) - timedelta(weeks=weeks))


def decision_due(send: date | None, tender: date | None, calendar: WorkCalendar) -> date | None:
    """10 working days before send-by, or the tender start where that is earlier; None where neither is."""
    days = [calendar.minus(send, DECIDE_WORKING_DAYS)] if send else []
    return min([*days, *([tender] if tender else [])], default=None)


def _deadline(terms: Terms, end: date, calendar: WorkCalendar) -> Deadline:
    clause = clause_date(terms, end, calendar)
    safe = safe_receipt(clause, calendar)
    return Deadline(clause, safe, send_by(safe, terms.transit_days, calendar))


def _duty(terms: Terms, renewals: int) -> Duty:
    if renewals == terms.limit or terms.notice_served:
        return "nothing"
    return "notice" if terms.renewal == "automatic" else "request"


def _of_term(terms: Terms, calendar: WorkCalendar, renewals: int) -> KeyDates:
    end = end_after(terms, renewals)
    duty = _duty(terms, renewals)
    deadline = None if duty == "nothing" else _deadline(terms, end, calendar)
    missed_end, missed = _if_missed(terms, calendar, renewals)
    tender = tender_start(terms, end, calendar)
    send = deadline.send_by if deadline else None
    decision = decision_due(send, tender, calendar)
    return KeyDates(
        terms=terms,
        calendar=calendar,
        renewals=renewals,
        term_end=end,
        duty=duty,
        deadline=deadline,
        earliest_notice=terms.earliest.before(end, calendar) if terms.earliest and deadline else None,
        if_missed_end=missed_end,
        if_missed=missed,
        tender_start=tender,
        decision_due=decision,
        reassessment_start=reassessment_start(send, calendar, terms.reassess_days) if send else None,
    )


def _if_missed(terms: Terms, calendar: WorkCalendar, renewals: int) -> tuple[date | None, Deadline | None]:
    """When the contract ends after a missed deadline, and the deadline that comes after it."""
    duty = _duty(terms, renewals)
    if duty != "notice":
        return (end_after(terms, renewals) if duty == "request" else None), None
    end = end_after(terms, renewals + 1)
    ends_then = _duty(terms, renewals + 1) == "nothing"
    return end, None if ends_then else _deadline(terms, end, calendar)
