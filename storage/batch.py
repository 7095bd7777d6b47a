"""What many reminders are about, read at once for all who are to read them: a few statements for a morning's messages.

It lends rows to the units that it is given. What it lends of contracts and check-ins is what every inside member may see;
anything else a unit still asks for itself, by its own member's rights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from storage.people import Seat
from storage.tables import Member, OwnReminder, Reminder
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from storage.database import Handle

_M, _O, _R = Member.__table__, OwnReminder.__table__, Reminder.__table__
_HERE: Any = bindparam("workspace")
_IDS: Any = bindparam("ids", expanding=True)
_ROWS = select(_R).where(_R.c.workspace_id == _HERE, _R.c.id.in_(_IDS)).order_by(_R.c.due_at, _R.c.id)
_OWN = select(_O).where(_O.c.workspace_id == _HERE, _O.c.id.in_(_IDS))
_MEMBERS = select(Member).where(_M.c.workspace_id == _HERE)
_BY_ID = _MEMBERS.where(_M.c.id.in_(_IDS))
_BY_NAME = _MEMBERS.where(_M.c.external_id.in_(_IDS))


class Batch:
    """Reminders of one workspace, with what they are about, in one transaction."""

    def __init__(
        self, handle: Handle, workspace_id: int, settings: dict[str, Any], now: datetime, *, ids: Iterable[int],
        people: Iterable[str],
    ) -> None:  # fmt: skip
        self._handle = handle
        self._workspace = workspace_id
        everybody = Unit(handle, Seat(workspace_id, 0, "", "", settings, {}), now)
        # Rows as the driver gives them, which cost a third of entities: they are only read.
        self.rows: dict[int, Reminder] = {row.id: row for row in self._plain(_ROWS, ids)}
        about: dict[str, set[int]] = {}
        for row in self.rows.values():
            about.setdefault(row.subject, set()).add(row.subject_id)
        self.contracts = everybody.contracts.these(about.get("contract", ()))
        self.records = everybody.contracts.records(list(self.contracts.values()))
        self.cadences = everybody.regular.cadences(about.get("cadence", ()))
        self.own: dict[int, OwnReminder] = {row.id: row for row in self._plain(_OWN, about.get("own", ()))}
        self.members: dict[int, Member] = {row.id: row for row in self._read(_BY_ID, self._named())}
        self.members |= {row.id: row for row in self._read(_BY_NAME, people)}
        self.seats = {
            row.external_id: Seat(workspace_id, row.id, row.external_id, row.name, settings, row.settings)
            for row in self.members.values()
        }

    def _read(self, statement: Any, ids: Iterable[Any]) -> list[Any]:
        wanted = sorted(set(ids))
        if not wanted:
            return []
        bound = {"workspace": self._workspace, "ids": wanted}
        return list(self._handle.session.execute(statement, bound).scalars())

    def _plain(self, statement: Any, ids: Iterable[int]) -> list[Any]:
        wanted = sorted(set(ids))
        if not wanted:
            return []
        return list(self._handle.connection.execute(statement, {"workspace": self._workspace, "ids": wanted}))

    def _named(self) -> set[int]:
        """The members whose names stand in the messages."""
        found = {i for row in self.contracts.values() for i in (row.owner_id, row.backup_id) if i is not None}
        found |= {row.owner_id for row in self.cadences.values()}
        return found | {row.member_id for row in self.own.values()}

    def unit(self, seat: Seat, now: datetime, barred: frozenset[str] = frozenset()) -> Unit:
        """A unit of one of the readers, with all that was read lent to it."""
        if seat.workspace_id != self._workspace:
            raise ValueError("a batch is of one workspace")
        unit = Unit(self._handle, seat, now, barred)
        unit.lent = self
        return unit
