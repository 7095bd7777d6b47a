"""Where a reminder goes that could not be posted: to the owner, then the backup owner, then the leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.reminders import digest
from handlers.reminders.places import member_spot
from handlers.settings.values import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.queue import Queue
    from storage.tables import Member, Reminder
    from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Ended:
    """The rows that are over: `told` of those whoever they are for was told, of `lost` nobody can be."""

    told: tuple[Reminder, ...] = ()
    lost: tuple[Reminder, ...] = ()


def redirect(unit: Unit, queue: Queue, rows: Sequence[Reminder], token: str, why: str) -> Ended:
    """Owe these rows to somebody who can be reached, and say why; nobody left makes them undeliverable. What whoever is next
    is told of anyhow, as the backup owner or a lead, ends here."""
    moved: list[tuple[int, str, dict[str, Any]]] = []
    lost: list[Reminder] = []
    told: list[Reminder] = []
    for row in rows:
        tried = [*row.details.get("tried", ()), row.address]
        next_one = next((name for name in _people(unit, row) if name not in tried), None)
        twin = _twin(unit, row, next_one) if next_one is not None else None
        if next_one is None:
            lost.append(row)
        elif twin is None:
            moved.append((row.id, next_one, {**row.details, **_why(unit, row, why), "tried": tried}))
        else:  # one message, not two; where it has not gone out yet, it says why it stands alone
            told.append(row)
            if twin.status == "pending":
                unit.reminders.settle(twin, twin.status, **_why(unit, row, why))
    queue.moved(moved, token)
    queue.ended([row.id for row in lost], token, "undeliverable")
    queue.ended([row.id for row in told], token, "cancelled")
    return Ended(tuple(told), tuple(lost))


def _twin(unit: Unit, row: Reminder, address: str) -> Reminder | None:
    """The same repeat of a deadline as it is owed to somebody else as well. What was for a channel has none: that the channel
    cannot be posted to is news."""
    if row.kind != "repeat" or not row.direct:
        return None
    which = _repeat(row)
    rows = unit.reminders.about(row.subject, row.subject_id)
    owed = (
        each for each in rows if each.kind == "repeat" and each.status not in {"cancelled", "undeliverable"}
    )
    return next((each for each in owed if each.address == address and _repeat(each) == which), None)


def _repeat(row: Reminder) -> str:
    """The term, day and number of a repeat."""
    return row.occurrence.rpartition("/")[0]


def _why(unit: Unit, row: Reminder, why: str) -> dict[str, str]:
    if row.direct:
        member = unit.colleagues.by_external(row.address)
        return {"moved": "left", "from": (member.name if member else "") or row.address}
    return {"moved": why, "from": _channel_name(unit, row)}


def _channel_name(unit: Unit, row: Reminder) -> str:
    found: Any = None
    if row.subject == "contract":
        found = unit.contracts.find(row.subject_id)
    elif row.subject == "cadence":
        found = unit.regular.cadence(row.subject_id, row.address)
    else:
        found = unit.regular.own_these([row.subject_id], row.address).get(row.subject_id)
    named = found.channel_name if found is not None and found.channel == row.address else ""
    return named or read_settings(unit.seat.workspace_settings, {}).default_channel_name or row.address


def _people(unit: Unit, row: Reminder) -> list[str]:
    """The platform's ids of those who are told instead, in order."""
    if row.subject == "contract":
        contract = unit.contracts.find(row.subject_id)
        ids = [contract.owner_id, contract.backup_id] if contract else []
    elif row.subject == "cadence":
        cadence = unit.regular.cadence(row.subject_id, row.address)
        ids = [cadence.owner_id] if cadence else []
    elif row.subject == "own":
        own = unit.regular.own_these([row.subject_id], row.address).get(row.subject_id)
        return _names(unit, [own.member_id] if own else [])
    elif row.subject == digest.SUBJECT:
        ids = []
    else:
        return []
    leads = list(read_settings(unit.seat.workspace_settings, {}).leads)
    return [*_names(unit, ids), *leads]


def _names(unit: Unit, ids: Sequence[int | None]) -> list[str]:
    found: list[Member | None] = [unit.colleagues.by_id(i) for i in ids if i is not None]
    return [member_spot(unit, member).address for member in found if member is not None]
