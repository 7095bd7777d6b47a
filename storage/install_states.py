"""States of installing by which Prep was installed: each of them does so once, whichever process sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from storage.tables import InstallState
from storage.upsert import insert_missing

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_S = InstallState.__table__


def is_used(connection: Connection, state: str) -> bool:
    """Whether Prep was installed by the state with this digest."""
    return connection.execute(select(_S.c.id).where(_S.c.state == state)).first() is not None


def use(connection: Connection, state: str, now: datetime, until: datetime) -> bool:
    """Use the state with this digest, which counts `until` then: False where it was used before. What is over is forgotten."""
    connection.execute(delete(_S).where(_S.c.expires_at <= now))
    return insert_missing(connection, InstallState, {"state": state, "expires_at": until}, ("state",))
