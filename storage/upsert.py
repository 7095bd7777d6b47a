"""Inserts that two processes may try at once: one of them wins, neither fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.dialects import inserting
from storage.types import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from storage.tables import Row


def insert_missing(
    connection: Connection, table: type[Row], values: dict[str, Any], unique: Sequence[str]
) -> bool:
    """Insert a row unless one with the same `unique` columns is there. Whether it was inserted."""
    statement = _insert(connection, table, values).on_conflict_do_nothing(index_elements=list(unique))
    inserted = statement.returning(table.__table__.c.id)  # not every driver counts the rows of an insert
    return connection.execute(inserted).first() is not None


def put(connection: Connection, table: type[Row], values: dict[str, Any], unique: Sequence[str]) -> None:
    """Insert a row, or give the one with the same `unique` columns the other values."""
    rest = {name: value for name, value in values.items() if name not in unique}
    statement = _insert(connection, table, values).on_conflict_do_update(
        index_elements=list(unique), set_=rest
    )
    connection.execute(statement)


def _insert(connection: Connection, table: type[Row], values: dict[str, Any]) -> Any:
    return inserting(connection.dialect.name)(table.__table__).values(id=new_id(), **values)
