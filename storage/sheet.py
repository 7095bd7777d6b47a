"""A whole plan in one statement, for answers that must come at once.

Reading entity by entity costs a statement a table. Here every table of a plan comes back as one JSON text, put together by
the database. Rows are read-only views with the attributes of their table.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import JSON, Boolean, Date, String, bindparam, func, select
from sqlalchemy import cast as sql_cast

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
from storage.types import Exact, Moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Select

    from storage.unit import Unit

R = TypeVar("R", bound=Row)
_TABLES: tuple[type[Row], ...] = (
    Answer, Term, Alternative, Mandate, Trade, Offer, Concession, Stakeholder, ListItem,
)  # fmt: skip


class PlanSheet:
    """A plan as it was in one moment, to be read. Made by `Plans` alone, so whoever holds one may read the plan."""

    def __init__(self, level: str, found: tuple[str | None, ...]) -> None:
        self.level = level
        self._found = found
        self.plan = cast("Plan", _views(Plan, found[0])[0])

    @property
    def may_edit(self) -> bool:
        """Whether the member may change the plan."""
        return self.level in {"owner", "edit"}

    def rows(self, table: type[R]) -> list[R]:
        """The plan's rows of a table, in their order. Read-only views, not entities."""
        return cast("list[R]", _views(table, self._found[1 + _TABLES.index(table)]))

    def answers(self) -> dict[str, Answer]:
        """The newest answer to each question."""
        return {row.key: row for row in self.rows(Answer)}


def read_sheet(unit: Unit, plan_id: int, level: str) -> PlanSheet:
    """The sheet of a plan that the member may read. `Plans.sheet` is the way to it."""
    statement = _statement(unit.connection.dialect.name)
    bound = {"plan": plan_id, "workspace": unit.seat.workspace_id}
    return PlanSheet(level, tuple(unit.connection.execute(statement, bound).one()))


@cache
def _statement(dialect: str) -> Select[Any]:
    columns = Plan.__table__.c
    mine = (columns.id == bindparam("plan"), columns.workspace_id == bindparam("workspace"))
    parts = [_gathered(dialect, Plan, mine), *(_gathered(dialect, table) for table in _TABLES)]
    return select(*(part.label(f"part_{number}") for number, part in enumerate(parts)))


def _gathered(dialect: str, table: type[Row], where: tuple[Any, ...] = ()) -> Any:
    """All of a plan's rows of one table as one JSON array of arrays, in their order, as text."""
    columns = table.__table__.c
    order = columns.get("position", columns.get("number", columns.id))
    where = where or (columns.plan_id == bindparam("plan"),)
    if "owner_only" in columns:
        where = (*where, columns.owner_only.is_(False))
    rows = select(table.__table__).where(*where).order_by(order, columns.id).subquery()
    if dialect == "sqlite":
        # there a JSON column is text, and has to be said to be JSON
        cells = [func.json(c) if isinstance(c.type, JSON) else c for c in rows.c]
        found: Any = func.json_group_array(func.json_array(*cells))
    else:
        found = func.json_agg(func.json_build_array(*rows.c))
    return select(sql_cast(found, String)).select_from(rows).scalar_subquery()


def _views(table: type[Row], text: str | None) -> list[SimpleNamespace]:
    names, readers = _shape(table)
    views = []
    for cells in json.loads(text) if text else ():
        for place, read in readers:
            if cells[place] is not None:
                cells[place] = read(cells[place])
        views.append(SimpleNamespace(**dict(zip(names, cells, strict=True))))
    return views


@cache
def _shape(table: type[Row]) -> tuple[tuple[str, ...], tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """The names of a table's columns, and how those are read that JSON has no type for."""
    columns = list(table.__table__.c)
    readers = tuple((n, read) for n, c in enumerate(columns) if (read := _reader(c.type)) is not None)
    return tuple(c.name for c in columns), readers


def _reader(kind: object) -> Callable[[Any], Any] | None:
    if isinstance(kind, Exact):
        return Decimal
    if isinstance(kind, Moment):
        return _moment
    if isinstance(kind, Date):
        return date.fromisoformat
    return bool if isinstance(kind, Boolean) else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
