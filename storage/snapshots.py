"""Plans as they were at one revision, kept so that asking again costs one small statement."""

from __future__ import annotations

import json
from collections import OrderedDict
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date

from storage.types import Exact, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from storage.tables import Row


class Snapshot:
    """A plan's rows as they were at one revision, whoever reads them. What was worked out of them is kept beside them."""

    __slots__ = ("_found", "_views", "worked_out")

    def __init__(self, found: Mapping[type[Row], str | None]) -> None:
        self._found = found
        self._views: dict[type[Row], list[SimpleNamespace]] = {}
        self.worked_out: dict[Hashable, Any] = {}

    def views(self, table: type[Row]) -> list[SimpleNamespace]:
        """The rows of a table."""
        if table not in self._views:
            self._views[table] = _views(table, self._found[table])
        return self._views[table]


class Snapshots:
    """The snapshots read last, by plan and revision. A change of a plan raises its revision, so none is ever stale."""

    MOST = 500

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], Snapshot] = OrderedDict()
        self._lock = Lock()

    def find(self, plan_id: int, revision: int) -> Snapshot | None:
        """The snapshot, if it was read before."""
        with self._lock:
            found = self._kept.get((plan_id, revision))
            if found is not None:
                self._kept.move_to_end((plan_id, revision))
            return found

    def keep(self, plan_id: int, revision: int, snapshot: Snapshot) -> None:
        """Remember a snapshot that a committed revision gave."""
        with self._lock:
            self._kept[plan_id, revision] = snapshot
            if len(self._kept) > self.MOST:
                self._kept.popitem(last=False)


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
    readers = tuple((n, read) for n, c in enumerate(columns) if (read := reader(c.type)) is not None)
    return tuple(c.name for c in columns), readers


def reader(kind: object) -> Callable[[Any], Any] | None:
    """How a cell of a column of this type is read from JSON; None where it is what it is."""
    if isinstance(kind, Exact):
        return Decimal
    if isinstance(kind, Moment):
        return _moment
    if isinstance(kind, Date):
        return date.fromisoformat
    return bool if isinstance(kind, Boolean) else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
