"""How the key dates of a contract follow from what it says, in short plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.manners import Manners
from handlers.writing import day as written
from handlers.writing import plural, weekday_day

if TYPE_CHECKING:
    from handlers.contracts.rules.key_dates import Deadline, KeyDates

_PLAIN = Manners()


def explain(dates: KeyDates, manners: Manners = _PLAIN) -> list[str]:
    """The derivation of a contract's dates, a line each; nothing in it is confidential (no tender start)."""
    return _Words(dates, manners).lines()


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentences about one set of key dates, with dates as the reader writes them."""

    dates: KeyDates
    manners: Manners

    def lines(self) -> list[str]:
        derived = self.derivation(self.dates.deadline) if self.dates.deadline else []
        return [*self.end(), *derived, *self.if_missed()]

    def end(self) -> list[str]:
        dates, terms = self.dates, self.dates.terms
        if terms.notice_served:
            return [
                f"Notice was given on {self.day(terms.notice_served)}: it ends on {self.day(dates.term_end)}."
            ]
        lines = []
        if dates.renewals:
            times = "once" if dates.renewals == 1 else f"{dates.renewals} times"
            length = plural(terms.renewal_months or 0, "month")
            lines = [f"Renewed {times} by {length} since {self.day(terms.end)}."]
        if dates.duty == "nothing":
            why = "No renewal" if terms.renewal == "none" else "No further renewal"
            lines.append(f"{why}: it ends on {self.day(dates.term_end)}, nothing has to be sent.")
        return lines

    def derivation(self, deadline: Deadline) -> list[str]:
        clause, safe, send = deadline
        lines = [self.clause(clause), *self.earliest()]
        if safe == clause:
            lines.append(f"That is a working day, so it must arrive by then: {self.weekday(safe, clause)}.")
        else:
            why = self.holidays(safe, clause)
            lines.append(f"Last working day on or before it: {self.weekday(safe, clause)}{why}.")
        return [*lines, self.transit(safe, send)]

    def clause(self, clause: date) -> str:
        if self.dates.terms.notice is None:
            what = "notice" if self.dates.duty == "notice" else "the request"
            return f"No period for {what} is given: taken as the end, {self.weekday(clause)}. Look it up."
        return f"{self.day(self.dates.term_end)} less {self.dates.terms.notice} = {self.weekday(clause)}."

    def earliest(self) -> list[str]:
        first = self.dates.earliest_notice
        return [f"It counts from {self.weekday(first)} on, not earlier."] if first else []

    def holidays(self, safe: date, clause: date) -> str:
        """The public holidays between the two, so that nobody has to look them up."""
        skipped = [safe + timedelta(days=n) for n in range(1, (clause - safe).days + 1)]
        named = [(day, self.dates.calendar.holiday_name(day)) for day in skipped]
        said = [f"{self.weekday(day, safe)} is {name}" for day, name in named if name]
        return f" ({', '.join(said)})" if said else ""

    def transit(self, safe: date, send: date) -> str:
        days, method = self.dates.terms.transit_days, self.dates.terms.method
        how = f" for {method}" if method else ""
        sent = self.weekday(send, safe)
        if days is None:
            return f"No days for the way are given{how}, so none are taken off: send by {sent}."
        return f"Less {plural(days, 'working day')}{how}: send by {sent}."

    def if_missed(self) -> list[str]:
        dates = self.dates
        if dates.if_missed_end is None:
            return []
        end = self.day(dates.if_missed_end)
        if dates.duty == "request":
            return [f"Without a request it ends on {end}."]
        line = f"If missed: {plural(dates.terms.renewal_months or 0, 'more month')}, to {end}"
        if dates.if_missed is None:
            return [f"{line}; it ends then."]
        clause, safe, _ = dates.if_missed
        return [
            f"{line}; next clause date {self.weekday(clause)}, to arrive by {self.weekday(safe, clause)}."
        ]

    def day(self, when: date) -> str:
        return written(when, date.min, self.manners)  # seen from that year, every date has its own

    def weekday(self, when: date, near: date | None = None) -> str:
        """`Sat 1 Apr 2028`; the year is left out where `near` was in the same one."""
        return weekday_day(when, self.manners, year=near is None or near.year != when.year)
