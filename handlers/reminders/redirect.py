"""Where a reminder goes that could not be posted: to the owner, then the backup owner, then the leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.reminders import digest
from handlers.reminders.places import member_spot
from handlers.settings.values import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.queue import Queue
    from storage.tables import Member, Reminder
    from storage.unit import Unit


def redirect(unit: Unit, queue: Queue, rows: Sequence[Reminder], token: str, why: str) -> None:
    """Owe these rows to somebody who can be reached, and say why; nobody left makes them undeliverable."""
    moved: list[tuple[int, str, dict[str, Any]]] = []
    lost: list[int] = []
    for row in rows:
        tried = [*row.details.get("tried", ()), row.address]
        next_one = next((name for name in _people(unit, row) if name not in tried), None)
        if next_one is None:
            lost.append(row.id)
            continue
        moved.append((row.id, next_one, {**row.details, **_why(unit, row, why), "tried": tried}))
    queue.moved(moved, token)
    queue.ended(lost, token, "undeliverable")


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
