"""The members of a workspace, and what the workspace and a member have set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from storage.tables import Member, Workspace
from storage.upsert import insert_missing

if TYPE_CHECKING:
    from storage.unit import Unit


_BY_ID = select(Member).where(
    Member.__table__.c.workspace_id == bindparam("workspace"), Member.__table__.c.id == bindparam("member")
)


class Colleagues:
    """The members of this member's workspace."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._met: dict[int, Member | None] = {}

    def all(self) -> list[Member]:
        """Every member whom Prep has met, by name."""
        table = Member.__table__
        statement = select(Member).where(table.c.workspace_id == self._unit.seat.workspace_id)
        return list(self._unit.session.execute(statement.order_by(table.c.name)).scalars())

    def by_external(self, external_id: str) -> Member | None:
        """The member with the platform's id."""
        table = Member.__table__
        return self._unit.session.execute(
            select(Member).where(
                table.c.workspace_id == self._unit.seat.workspace_id, table.c.external_id == external_id
            )
        ).scalar_one_or_none()

    def by_id(self, member_id: int) -> Member | None:
        """The member with this id; read once in a transaction."""
        if self._unit.lent is not None and member_id in self._unit.lent.members:
            return self._unit.lent.members[member_id]
        if member_id not in self._met:
            bound = {"workspace": self._unit.seat.workspace_id, "member": member_id}
            self._met[member_id] = self._unit.session.execute(_BY_ID, bound).scalar_one_or_none()
        return self._met[member_id]

    def meet(self, external_id: str, name: str) -> Member:
        """The member with the platform's id, made on first sight."""
        unit = self._unit
        values = {
            "workspace_id": unit.seat.workspace_id, "external_id": external_id, "name": name, "settings": {},
            "joined_at": unit.now,
        }  # fmt: skip
        insert_missing(unit.connection, Member, values, ("workspace_id", "external_id"))
        found = self.by_external(external_id)
        assert found is not None  # it was there, or was made a moment ago
        return found

    def set_own(self, settings: dict[str, Any]) -> None:
        """Replace this member's own settings; the unit's seat has them from now on."""
        unit, table = self._unit, Member.__table__
        unit.session.execute(update(table).where(table.c.id == unit.seat.member_id).values(settings=settings))
        unit.seat = replace(unit.seat, member_settings=settings, worked_out={})

    def workspace_settings(self) -> dict[str, Any]:
        """What the workspace has set, locked against other writers until the turn ends."""
        table = Workspace.__table__
        statement = (
            select(table.c.settings).where(table.c.id == self._unit.seat.workspace_id).with_for_update()
        )
        return dict(self._unit.session.execute(statement).scalar_one())

    def set_workspace(self, settings: dict[str, Any]) -> None:
        """Replace the workspace's settings; the unit's seat has them from now on."""
        unit, table = self._unit, Workspace.__table__
        unit.session.execute(
            update(table).where(table.c.id == unit.seat.workspace_id).values(settings=settings)
        )
        unit.seat = replace(unit.seat, workspace_settings=settings, worked_out={})
