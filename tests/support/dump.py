"""Everything that a database holds, to be compared before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import SQLModel

if TYPE_CHECKING:
    from storage.database import Database

Dump = dict[str, list[str]]


def dump(database: Database, *, plan_id: int | None = None) -> Dump:
    """The rows of every table as text, in the order of their ids; or only those that belong to one plan."""
    found: Dump = {}
    with database.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            statement = select(table).order_by(table.c.id)
            if plan_id is not None:
                column = table.c.id if table.name == "plan" else table.c.get("plan_id")
                if column is None:
                    continue
                statement = statement.where(column == plan_id)
            found[table.name] = [repr(dict(row._mapping)) for row in connection.execute(statement)]
    return found


def changes(before: Dump, after: Dump) -> list[str]:
    """What is different, table by table, in words for whoever reads a failed test."""
    told = []
    for name, rows in before.items():
        new = [row for row in after[name] if row not in rows]
        gone = [row for row in rows if row not in after[name]]
        told += [f"{name}: {new} instead of {gone}"] if new or gone or len(rows) != len(after[name]) else []
    return told
