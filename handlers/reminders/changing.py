"""What is owed about one contract or check-in after somebody changed it: everything that is pending follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.reminders.after import owe_repeat, regular_spot
from handlers.reminders.items import kind_of
from handlers.reminders.owing import CONTRACT, PLANNED, SAID, planned
from handlers.reminders.places import contract_spot
from storage.reminders import Owed
from storage.tables import Contract

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.reminders.places import Spot
    from storage.tables import Cadence, OwnReminder, Reminder
    from storage.unit import Unit


def owe_changed(unit: Unit, contract: Contract) -> list[Owed]:
    """Owe what follows from a contract as it is now, its repeats and what was put off too; what is still to be sent.

    Where its deadline moved, the step of the ladder that has passed is said once, as after an import; where it did not,
    nothing that is over is said again.
    """
    unit.contracts.lock([contract])
    records = unit.contracts.records([contract])[contract.id]
    owed = unit.reminders.about(CONTRACT, contract.id)
    said = {(row.kind, row.occurrence) for row in owed if row.status in SAID}
    told_of = {
        row.details.get("target") for row in owed if row.status in SAID and row.kind in {"notice", "end"}
    }
    rows = planned(unit, contract, records, waiting=owed)
    if told_of & {row.details["target"] for row in rows if row.kind in {"notice", "end"}}:
        rows = planned(unit, contract, records, owed)
    unit.reminders.cancel(CONTRACT, contract.id, PLANNED)
    unit.reminders.owe(rows)
    follow_contract(unit, contract, owed)
    return [row for row in rows if (row.kind, row.occurrence) not in said]


def follow_contract(unit: Unit, contract: Contract, owed: Sequence[Reminder]) -> None:
    """Let repeats and what was put off follow a contract or settings; `owed` is what was owed and said before."""
    _repeated(unit, contract, owed)
    put_off(unit, contract, owed)


def _repeated(unit: Unit, contract: Contract, owed: Sequence[Reminder]) -> None:
    """The repeat that is owed, counted from what was posted last."""
    ends = {row.details["term_end"] for row in owed if row.status == "pending" and row.kind == "repeat"}
    posts = [
        row for row in owed
        if row.status == "sent" and row.sent_at and kind_of(row) == "notice" and row.details["term_end"] in ends
    ]  # fmt: skip
    if posts:
        latest = max(posts, key=lambda row: (row.sent_at, row.repeats))
        owe_repeat(unit, contract, latest, latest.sent_at)


def put_off(unit: Unit, what: Contract | Cadence | OwnReminder, owed: Sequence[Reminder]) -> None:
    """What somebody put off comes back on the day that was said, at the hour that holds now."""
    for row in owed:
        if row.status != "pending" or "until" not in row.details:
            continue
        spot = contract_spot(unit, what) if isinstance(what, Contract) else regular_spot(unit, what)
        if row.direct == spot.direct and (not row.direct or row.address == spot.address):
            due = spot.posting.not_before(date.fromisoformat(row.details["until"]), unit.now)
            unit.reminders.owe([_moved(row, spot, due)])  # in a place of its own it comes back there


def _moved(row: Reminder, spot: Spot, due: datetime) -> Owed:
    return Owed(
        row.subject, row.subject_id, row.kind, row.occurrence, spot.address, spot.direct, due, row.repeats, row.details
    )  # fmt: skip
