"""What is owed about a contract: every row from the start, and again whenever the contract changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    from storage.tables import Contract, ContractRecord, Reminder
    from storage.unit import Unit

CONTRACT = "contract"
SAID = ("sent", "acknowledged")
PLANNED = ("notice", "end", "reassess", "decision", "uplift", "review")


def owe_contract(unit: Unit, contract: Contract) -> list[Owed]:
    """Owe what follows from a contract as it is now, and nothing else any more. What was sent stays sent."""
    unit.contracts.lock([contract])
    records = unit.contracts.records([contract])[contract.id]
    rows = planned(unit, contract, records, waiting=unit.reminders.about(CONTRACT, contract.id))
    unit.reminders.cancel(CONTRACT, contract.id, PLANNED)
    unit.reminders.owe(rows)
    return rows


def planned(
    unit: Unit,
    contract: Contract,
    records: Sequence[ContractRecord],
    owed: Sequence[Reminder] | None = None,
    *,
    waiting: Sequence[Reminder] = (),
) -> list[Owed]:
    """All that is to be owed about a contract, by when it is due.

    `owed` is what was owed and said about it so far, where only the settings changed: then a step that is over is not
    said now as if it were news, unless it was owed and has not gone out. `waiting` is what may be owed and not out yet, where
    the contract changed.
    """
    if contract.ended:
        return []
    spot = contract_spot(unit, contract)
    today, settings = spot.posting.today(unit.now), spot.settings
    stand = standing(contract, records, calendar_of(settings), today, settings.reassess_days)
    waits = frozenset(
        (row.kind, row.occurrence) for row in (*(owed or ()), *waiting) if row.status == "pending"
    )
    return sorted(_Plan(contract, stand, spot, unit.now, owed, waits).rows(), key=lambda row: row.due_at)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The rows of one contract, worked out for one moment."""

    contract: Contract
    standing: Standing
    spot: Spot
    now: datetime
    owed: Sequence[Reminder] | None
    waits: frozenset[tuple[str, str]]  # kinds and occurrences that are owed and have not gone out

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
            if self._is_owed("notice", rung, dates):
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
            if self._is_owed("end", rung, dates):
                yield self._row("end", rung, dates)

    def _is_owed(self, kind: str, rung: Rung, dates: KeyDates) -> bool:
        """Whether a step of a ladder is to be said. Changed settings do not bring back what is over: no flood."""
        if self.owed is None or not rung.overdue:
            return True
        same = [
            row
            for row in self.owed
            if row.kind == kind and row.details.get("term_end") == dates.term_end.isoformat()
        ]
        if (kind, rung.occurrence) in self.waits:
            return True
        if rung.kind == "rung":
            return rung.day == self.spot.posting.today(self.now)
        return not any(row.status in SAID and row.details.get("step") == rung.kind for row in same)

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
        """What is over is not said, unless it was owed and has not gone out."""
        rung = single(day, self.spot.posting)
        if rung.moment > self.now:
            yield self._row(kind, rung, dates)
        elif (kind, rung.occurrence) in self.waits:
            yield self._row(kind, replace(rung, overdue=True), dates)

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
