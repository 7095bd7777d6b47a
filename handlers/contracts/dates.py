"""From a contract as it is kept to the rules of contracts: its terms, its calendar, its key dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from handlers.contracts.rules import KeyDates, Notice, Terms, key_dates, next_key_dates
from handlers.dates.workdays import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.contracts.rules import Renewal, Unit
    from handlers.settings.values import Settings
    from storage.tables import Contract, ContractRecord


def calendar_of(settings: Settings) -> WorkCalendar:
    """The working days of the workspace's country: the recipient's, as long as nothing else is known."""
    return WorkCalendar(settings.manners.country, settings.manners.region)


REASSESS_DAYS = 180


def terms_of(
    contract: Contract, records: Sequence[ContractRecord] = (), reassess_days: int = REASSESS_DAYS
) -> Terms:
    """What a contract and the records about it say about its time. Raises Misread where they contradict one another."""
    assert contract.end is not None  # a contract is not kept without its end
    notice = last(records, "notice")
    return Terms(
        start=contract.start,
        end=contract.end,
        renewal=cast("Renewal", contract.renewal),
        renewal_months=contract.renewal_months,
        renewals_allowed=contract.renewal_times,
        notice=_notice(contract),
        earliest=Notice(contract.earliest_notice_days) if contract.earliest_notice_days is not None else None,
        method=contract.method,
        transit_days=contract.transit_days,
        sourcing_weeks=contract.sourcing_weeks,
        switching_weeks=contract.switching_weeks,
        renewals_requested=sum(row.kind == "request" for row in records),
        notice_served=notice.day if notice else None,
        notice_ends=notice.term_end if notice else None,
        reassess_days=reassess_days,
    )


def _notice(contract: Contract) -> Notice | None:
    if contract.notice_count is None:
        return None
    return Notice(contract.notice_count, cast("Unit", contract.notice_unit), contract.clear_days)


def last(records: Sequence[ContractRecord], kind: str, term_end: date | None = None) -> ContractRecord | None:
    """The newest record of a kind, about one term where `term_end` is given."""
    found = [row for row in records if row.kind == kind and term_end in (None, row.term_end)]
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Standing:
    """A contract with what was recorded about it, as it stands on one day.

    `now` are the key dates of the term that runs, `ahead` those of the first term whose deadline is not over.
    """

    contract: Contract
    records: Sequence[ContractRecord]
    now: KeyDates
    ahead: KeyDates

    @property
    def missed(self) -> bool:
        """Whether the deadline of the term that runs was missed."""
        return self.now.renewals != self.ahead.renewals

    @property
    def label(self) -> str:
        """How the contract is called."""
        return label(self.contract)

    def of_term(self, end: date) -> KeyDates:
        """The key dates of the term that ends then, as far as it is one of these two."""
        return self.now if self.now.term_end == end else self.ahead

    def decision(self, dates: KeyDates) -> ContractRecord | None:
        """What was decided about a term."""
        return last(self.records, "decision", dates.term_end)

    @property
    def notice(self) -> ContractRecord | None:
        """The notice that was given, if it was."""
        return last(self.records, "notice")


def label(contract: Contract) -> str:
    """How a contract is called: the supplier, and the title where there is one."""
    return f"{contract.supplier} {contract.title}".strip()


def standing(
    contract: Contract,
    records: Sequence[ContractRecord],
    calendar: WorkCalendar,
    today: date,
    reassess_days: int = REASSESS_DAYS,
) -> Standing:
    """A contract as it stands today."""
    terms = terms_of(contract, records, reassess_days)
    now = key_dates(terms, calendar, today)
    return Standing(contract, records, now, next_key_dates(terms, calendar, today))
