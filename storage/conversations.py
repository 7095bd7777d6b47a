"""What a member is in the middle of, and which plan was named last where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from storage.hot import HotStatement
from storage.tables import Conversation, Focus
from storage.upsert import put

if TYPE_CHECKING:
    from storage.unit import Unit

_C = Conversation.__table__.c
_COLUMNS = ("id", "workspace_id", "member_id", "plan_id", "kind", "state", "updated_at")
_OPEN = HotStatement(
    select(*(_C[name] for name in _COLUMNS))
    .where(
        _C.workspace_id == bindparam("workspace"), _C.member_id == bindparam("member"), _C.is_open.is_(True)
    )
    .order_by(_C.updated_at.desc(), _C.id)
    .limit(1)
)


class Conversations:
    """The conversations of one member. At most one is open; others wait to be resumed."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def _mine(self) -> Any:
        table = Conversation.__table__
        return (
            select(Conversation)
            .where(
                table.c.workspace_id == self._unit.seat.workspace_id,
                table.c.member_id == self._unit.seat.member_id,
            )
            .order_by(table.c.updated_at.desc(), table.c.id)
        )

    def open_one(self) -> Conversation | None:
        """The conversation that waits for an answer now. Where nothing is written it belongs to no session."""
        unit = self._unit
        bound = {"workspace": unit.seat.workspace_id, "member": unit.seat.member_id}
        found = _OPEN.rows(unit.connection, bound)
        if not found:
            return None
        if unit.snapshots is None:
            return unit.session.get(Conversation, found[0][0], populate_existing=True)
        return Conversation(**dict(zip(_COLUMNS, found[0], strict=True)), is_open=True)

    def all(self) -> list[Conversation]:
        """All of them, the latest first."""
        return list(self._unit.session.execute(self._mine()).scalars())

    def begin(self, kind: str, plan_id: int | None, state: dict[str, Any]) -> Conversation:
        """Open a conversation; one that was open waits. One of the same kind and plan is taken up again."""
        found = None
        for row in self.all():
            if row.kind == kind and row.plan_id == plan_id:
                found = row
            elif row.is_open:
                row.is_open = False
                self._unit.session.add(row)
        row = found or Conversation(
            workspace_id=self._unit.seat.workspace_id,
            member_id=self._unit.seat.member_id,
            plan_id=plan_id,
            kind=kind,
            updated_at=self._unit.now,
        )
        return self.save(row, state, is_open=True)

    def save(self, row: Conversation, state: dict[str, Any], *, is_open: bool) -> Conversation:
        """Keep where the conversation stands."""
        row.state, row.is_open, row.updated_at = dict(state), is_open, self._unit.now
        self._unit.session.add(row)
        self._unit.session.flush()
        return row

    def end(self, row: Conversation) -> None:
        """The conversation is over."""
        self._unit.session.delete(row)
        self._unit.session.flush()

    def focus(self, place: str, plan_id: int) -> None:
        """Remember which plan was named last in this thread or place."""
        unit = self._unit
        values = {
            "workspace_id": unit.seat.workspace_id, "member_id": unit.seat.member_id, "place": place,
            "plan_id": plan_id, "at": unit.now,
        }  # fmt: skip
        put(unit.connection, Focus, values, ("member_id", "place"))
