"""A statement that is asked for in nearly every answer, sent past SQLAlchemy's preparations.

Preparing a select costs SQLAlchemy four times what SQLite needs to run it. Here its text is written once a dialect. What is
asked, and of whom, is the same, and the columns are read as their types say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection, Dialect, Select


class HotStatement:
    """A select with its text. Its parameters are whole numbers and texts: nothing that would have to be converted."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def rows(self, connection: Connection, bound: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows, as SQLAlchemy would give them."""
        name = connection.dialect.name
        written = self._written.get(name)
        if written is None:
            written = self._written[name] = _Written(self._statement, connection.dialect)
        return written.rows(connection, bound)


class _Written:
    """The text of a select in one dialect."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self._text = str(compiled)
        self._fixed: dict[str, Any] = compiled.construct_params(_check=False)
        self._order: list[str] | None = compiled.positiontup
        readers = [column.type.result_processor(dialect, None) for column in statement.selected_columns]
        self._readers: list[tuple[int, Callable[[Any], Any]]] = [
            (place, read) for place, read in enumerate(readers) if read is not None
        ]

    def rows(self, connection: Connection, bound: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        values = {**self._fixed, **bound}
        if self._order is None:
            return [self._read(row) for row in connection.exec_driver_sql(self._text, values)]
        given = tuple([values[name] for name in self._order])
        return [self._read(row) for row in self._straight(connection, given)]

    def _straight(self, connection: Connection, given: tuple[Any, ...]) -> Any:
        """The driver's rows. SQLite answers in less time than SQLAlchemy needs to take note of it."""
        if not connection.in_transaction():
            connection.begin()
        driver: Any = connection.connection.driver_connection
        try:
            return driver.execute(self._text, given).fetchall()
        except driver.Error:
            return connection.exec_driver_sql(self._text, given)  # which says it as other errors are said

    def _read(self, row: Any) -> tuple[Any, ...]:
        cells = list(row)
        for place, read in self._readers:
            cells[place] = read(cells[place])
        return tuple(cells)
