"""Installing that is under way: begun in one browser, ended in the same, once, and soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from storage.tables import InstallState
from storage.upsert import insert_missing

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_S = InstallState.__table__


def begin(connection: Connection, state: str, browser: str, now: datetime, until: datetime) -> None:
    """Remember the digests of a state and of the browser that it was given to. What is too old is forgotten."""
    connection.execute(delete(_S).where(_S.c.expires_at <= now))
    insert_missing(
        connection, InstallState, {"state": state, "browser": browser, "expires_at": until}, ("state",)
    )


def use(connection: Connection, state: str, browser: str, now: datetime) -> bool:
    """Whether this state was given to this browser, is not too old and was never used. It cannot be used again.

    A state that comes from another browser stays usable in its own: whoever saw it can do nothing with it.
    """
    mine = (_S.c.state == state, _S.c.browser == browser, _S.c.expires_at > now)
    return connection.execute(delete(_S).where(*mine).returning(_S.c.id)).first() is not None
