"""How the key dates of a contract follow from what it says, in short plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from handlers.contracts.rules.key_dates import Deadline, KeyDates


def explain(dates: KeyDates) -> list[str]:
    """The derivation of a contract's dates, a line each; nothing in it is confidential (no tender start)."""
    lines = _end(dates)
    if dates.deadline:
        lines += _derivation(dates, dates.deadline)
    return lines + _if_missed(dates)


def _end(dates: KeyDates) -> list[str]:
    terms = dates.terms
    if terms.notice_served:
        return [f"Notice was given on {_day(terms.notice_served)}: it ends on {_day(dates.term_end)}."]
    lines = []
    if dates.renewals:
        times = "once" if dates.renewals == 1 else f"{dates.renewals} times"
        lines = [f"Renewed {times} by {terms.renewal_months} months since {_day(terms.end)}."]
    if dates.duty == "nothing":
        why = "No renewal" if terms.renewal == "none" else "No further renewal"
        lines.append(f"{why}: it ends on {_day(dates.term_end)}, nothing has to be sent.")
    return lines


def _derivation(dates: KeyDates, deadline: Deadline) -> list[str]:
    clause, safe, send = deadline
    lines = [_clause(dates, clause), *_earliest(dates)]
    if safe == clause:
        lines.append(f"That is a working day, so it must arrive by then: {_weekday(safe, clause)}.")
    else:
        lines.append(
            f"Last working day on or before it: {_weekday(safe, clause)}{_why(dates, safe, clause)}."
        )
    return [*lines, _transit(dates, safe, send)]


def _clause(dates: KeyDates, clause: date) -> str:
    if dates.terms.notice is None:
        what = "notice" if dates.duty == "notice" else "the request"
        return f"No period for {what} is given: taken as the end itself, {_weekday(clause)}. Look it up."
    return f"{_day(dates.term_end)} less {dates.terms.notice} = {_weekday(clause)}."


def _earliest(dates: KeyDates) -> list[str]:
    day = dates.earliest_notice
    return [f"It counts from {_weekday(day)} on, not earlier."] if day else []


def _why(dates: KeyDates, safe: date, clause: date) -> str:
    """The public holidays between the two, so that nobody has to look them up."""
    skipped = [safe + timedelta(days=n) for n in range(1, (clause - safe).days + 1)]
    named = [(day, dates.calendar.holiday_name(day)) for day in skipped]
    holidays = [f"{_weekday(day, safe)} is {name}" for day, name in named if name]
    return f" ({', '.join(holidays)})" if holidays else ""


def _transit(dates: KeyDates, safe: date, send: date) -> str:
    days, method = dates.terms.transit_days, dates.terms.method
    how = f" for {method}" if method else ""
    if days is None:
        return f"No days for the way there are given{how}, so send by {_weekday(send, safe)} at the latest."
    return f"Less {days} working {'day' if days == 1 else 'days'}{how}: send by {_weekday(send, safe)}."


def _if_missed(dates: KeyDates) -> list[str]:
    if dates.if_missed_end is None:
        return []
    if dates.duty == "request":
        return [f"Without a request it ends on {_day(dates.if_missed_end)}."]
    line = f"If missed: {dates.terms.renewal_months} more months, to {_day(dates.if_missed_end)}"
    if dates.if_missed is None:
        return [f"{line}; it ends then."]
    clause, safe, _ = dates.if_missed
    return [f"{line}; next clause date {_weekday(clause)}, to arrive by {_weekday(safe, clause)}."]


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _weekday(day: date, near: date | None = None) -> str:
    """`Sat 1 Apr 2028`; the year is left out where `near` was in the same one."""
    year = "" if near and near.year == day.year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"
