"""What a platform may send twice is remembered, so that it acts once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select

from storage.dialects import inserting
from storage.people import take_workspace
from storage.tables import Handled
from storage.types import new_id
from storage.upsert import insert_missing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

_H = Handled.__table__
_FOUND = select(_H.c.id).where(_H.c.workspace_id == bindparam("workspace"), _H.c.event == bindparam("event"))
KEPT = timedelta(days=2)  # platforms repeat within hours


def first_time(connection: Connection, workspace_id: int, event: str, now: datetime) -> bool:
    """Remember an event in this transaction; False if it was handled before.

    Where another process handles it at this moment, this waits for that transaction.
    """
    table = Handled.__table__
    connection.execute(delete(table).where(table.c.workspace_id == workspace_id, table.c.at < now - KEPT))
    row = {"workspace_id": workspace_id, "event": event, "at": now}
    return insert_missing(connection, Handled, row, ("workspace_id", "event"))


def was_handled(connection: Connection, workspace_id: int, event: str) -> bool:
    """Whether an event was remembered before."""
    return connection.execute(_FOUND, {"workspace": workspace_id, "event": event}).first() is not None


def note_in(
    connection: Connection, platform: str, workspace: str, events: Sequence[str], now: datetime
) -> None:
    """Remember several events of a workspace, whether they were handled before or not: three statements for all of them."""
    home = take_workspace(connection, platform, workspace, now)
    table = Handled.__table__
    connection.execute(delete(table).where(table.c.workspace_id == home, table.c.at < now - KEPT))
    rows = [
        {"id": new_id(), "workspace_id": home, "event": event, "at": now} for event in dict.fromkeys(events)
    ]
    missing = inserting(connection.dialect.name)(table).on_conflict_do_nothing(
        index_elements=["workspace_id", "event"]
    )
    connection.execute(missing, rows)


def forget_in(connection: Connection, platform: str, workspace: str, event: str, now: datetime) -> None:
    """Let an event be new again: it did not come to its end, or what it was about is over."""
    home = take_workspace(connection, platform, workspace, now)
    table = Handled.__table__
    connection.execute(delete(table).where(table.c.workspace_id == home, table.c.event == event))


def first_time_in(connection: Connection, platform: str, workspace: str, event: str, now: datetime) -> bool:
    """The same for a workspace by the platform's id, where no member speaks."""
    return first_time(connection, take_workspace(connection, platform, workspace, now), event, now)
