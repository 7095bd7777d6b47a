"""A whole plan in one statement, for answers that must come at once.

Reading entity by entity costs a statement a table. Here every table of a plan comes back as one JSON text, put together by
the database. Rows are read-only views with the attributes of their table.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import JSON, String, bindparam, func, select
from sqlalchemy import cast as sql_cast

from storage.snapshots import Snapshot
from storage.tables import (
    Alternative,
    Answer,
    Concession,
    ListItem,
    Mandate,
    Offer,
    Plan,
    Row,
    Stakeholder,
    Term,
    Trade,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from sqlalchemy import Select

    from storage.unit import Unit

R = TypeVar("R", bound=Row)
T = TypeVar("T")
_TABLES: tuple[type[Row], ...] = (
    Plan, Answer, Term, Alternative, Mandate, Trade, Offer, Concession, Stakeholder, ListItem,
)  # fmt: skip


class PlanSheet:
    """A plan as it was in one moment, to be read. Made by `Plans` alone, so whoever holds one may read the plan.

    What is for the owner alone is not in it: `PlanBook.own_answers` has that.
    """

    def __init__(self, level: str, snapshot: Snapshot) -> None:
        self.level = level
        self._snapshot = snapshot
        self.plan = cast("Plan", snapshot.views(Plan)[0])

    @property
    def may_edit(self) -> bool:
        """Whether the member may change the plan."""
        return self.level in {"owner", "edit"}

    def rows(self, table: type[R]) -> list[R]:
        """The plan's rows of a table, in their order. Read-only views, not entities."""
        return cast("list[R]", list(self._snapshot.views(table)))

    def answers(self) -> dict[str, Answer]:
        """The newest answer to each question."""
        return {row.key: row for row in self.rows(Answer)}

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What follows from these rows alone and from `key`, worked out once a revision."""
        kept = self._snapshot.worked_out
        if key not in kept:
            kept[key] = work_out()
        return cast("T", kept[key])


def read_sheet(unit: Unit, plan_id: int, level: str, revision: int) -> PlanSheet:
    """The sheet of a plan that the member may read. `Plans.sheet` is the way to it."""
    known = unit.snapshots.find(plan_id, revision) if unit.snapshots else None
    snapshot = known or _read(unit, plan_id)
    if unit.snapshots and known is None:
        unit.snapshots.keep(plan_id, revision, snapshot)
    return PlanSheet(level, snapshot)


def _read(unit: Unit, plan_id: int) -> Snapshot:
    statement = _statement(unit.connection.dialect.name)
    bound = {"plan": plan_id, "workspace": unit.seat.workspace_id}
    row = unit.connection.execute(statement, bound).one()
    return Snapshot(dict(zip(_TABLES, row, strict=True)))


@cache
def _statement(dialect: str) -> Select[Any]:
    parts = [_gathered(dialect, table) for table in _TABLES]
    return select(*(part.label(f"part_{number}") for number, part in enumerate(parts)))


def _gathered(dialect: str, table: type[Row]) -> Any:
    """All of a plan's rows of one table as one JSON array of arrays, in their order, as text."""
    columns = table.__table__.c
    order = columns.get("position", columns.get("number", columns.id))
    plan = columns.id if table is Plan else columns.plan_id
    of_plan = select(table.__table__).where(
        plan == bindparam("plan"), columns.workspace_id == bindparam("workspace")
    )
    if "owner_only" in columns:
        of_plan = of_plan.where(columns.owner_only.is_(False))
    rows = of_plan.order_by(order, columns.id).subquery()
    if dialect == "sqlite":
        # there a JSON column is text, and has to be said to be JSON
        cells = [func.json(c) if isinstance(c.type, JSON) else c for c in rows.c]
        found: Any = func.json_group_array(func.json_array(*cells))
    else:
        found = func.json_agg(func.json_build_array(*rows.c))
    return select(sql_cast(found, String)).select_from(rows).scalar_subquery()
