"""What is owed about a contract: every row from the start, and again whenever the contract changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.contracts.dates import calendar_of, standing
from handlers.contracts.rules import key_dates
from handlers.dates.months import add_months
from handlers.reminders.places import contract_spot
from handlers.reminders.rules import keep_quiet, rungs, single
from storage.reminders import Owed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from handlers.contracts.dates import Standing
    from handlers.contracts.rules import KeyDates
    from handlers.reminders.places import Spot
    from handlers.reminders.rules import Rung
    from storage.tables import Contract
    from storage.unit import Unit

CONTRACT = "contract"
PLANNED = ("notice", "end", "reassess", "decision", "uplift", "review")


def owe_contract(unit: Unit, contract: Contract) -> list[Owed]:
    """Owe what follows from a contract as it is now, and nothing else any more. What was sent stays sent."""
    records = unit.contracts.records([contract])[contract.id]
    spot = contract_spot(unit, contract)
    today = spot.posting.today(unit.now)
    plan = _Plan(contract, standing(contract, records, calendar_of(spot.settings), today), spot, unit.now)
    rows = [] if contract.ended else sorted(plan.rows(), key=lambda row: row.due_at)
    unit.reminders.cancel(CONTRACT, contract.id, PLANNED)
    unit.reminders.owe(rows)
    return rows


@dataclass(frozen=True, slots=True)
class _Plan:
    """The rows of one contract, worked out for one moment."""

    contract: Contract
    standing: Standing
    spot: Spot
    now: datetime

    def rows(self) -> Iterator[Owed]:
        for dates in self._terms():
            yield from self._deadline(dates)
            yield from self._preparation(dates)
        yield from self._end(self.standing.now)
        yield from self._others()

    def _terms(self) -> list[KeyDates]:
        """The term that runs, and the next one where nothing is to be done about this one any more."""
        now = self.standing.now
        decided = self.standing.decision(now)
        if now.duty == "notice" and decided is not None and decided.value == "renew":
            return [key_dates(now.terms, now.calendar, now.term_end + timedelta(days=1))]
        return [now, self.standing.ahead] if self.standing.missed else [now]

    def _deadline(self, dates: KeyDates) -> Iterator[Owed]:
        if dates.deadline is None:
            return
        ladder: Sequence[int] = self.contract.ladder or self.spot.settings.ladder
        clause, _, send = dates.deadline
        for rung in rungs(send, self.spot.posting, self.now, ladder, clause):
            yield self._row("notice", rung, dates)

    def _preparation(self, dates: KeyDates) -> Iterator[Owed]:
        """The looking afresh, and the decision; what is over is not asked for by a message of its own."""
        if self.standing.decision(dates) is not None:
            return
        for kind, day in (("reassess", dates.reassessment_start), ("decision", dates.decision_due)):
            if day is not None and dates.deadline is not None:
                yield from self._once(kind, day, dates)

    def _end(self, dates: KeyDates) -> Iterator[Owed]:
        """A contract that ends by itself is climbed to like a deadline; one that was ended is said once."""
        if dates.duty == "notice":
            return
        if dates.terms.notice_served or dates.duty == "request":
            yield from self._once("end", dates.term_end, dates)
            return
        ladder = self.contract.ladder or self.spot.settings.ladder
        for rung in rungs(dates.term_end, self.spot.posting, self.now, ladder):
            yield self._row("end", rung, dates)

    def _others(self) -> Iterator[Owed]:
        contract, dates = self.contract, self.standing.now
        if contract.review_on is not None:
            yield from self._once("review", contract.review_on, dates)
        uplift = self._next_uplift()
        if uplift is not None and uplift <= dates.term_end:
            yield from self._once("uplift", uplift, dates)

    def _next_uplift(self) -> date | None:
        """The next anniversary of the start, where prices rise at all."""
        contract = self.contract
        if not contract.uplift_rule and contract.uplift_cap is None:
            return None
        today = self.spot.posting.today(self.now)
        years = max(1, today.year - contract.start.year)
        day = add_months(contract.start, 12 * years)
        return day if day > today else add_months(contract.start, 12 * (years + 1))

    def _once(self, kind: str, day: date, dates: KeyDates) -> Iterator[Owed]:
        rung = single(day, self.spot.posting)
        if rung.moment > self.now:
            yield self._row(kind, rung, dates)

    def _row(self, kind: str, rung: Rung, dates: KeyDates) -> Owed:
        quiet = self.spot.settings
        at_once = keep_quiet(self.now, quiet.quiet_from, quiet.quiet_to, quiet.manners.tz)
        return Owed(
            CONTRACT,
            self.contract.id,
            kind,
            rung.occurrence,
            self.spot.address,
            self.spot.direct,
            at_once if rung.overdue else rung.moment,
            details={
                "term_end": dates.term_end.isoformat(),
                "target": rung.target.isoformat(),
                "step": rung.kind,
            },
        )
