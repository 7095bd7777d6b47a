"""The clock of the local chat: the machine's, or one that stands still where `--now` put it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.settings.values import read_settings
from storage.local import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.manners import Manners
    from storage.database import Database


def clock(now: str | None, database: Database, user: str = "") -> Callable[[], datetime]:
    """A clock of aware UTC moments. A `now` without a zone is in the user's zone, or the workspace's. Raises Misread."""
    if now is None:
        return lambda: datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(now.strip())
    except ValueError:
        raise Misread("--now takes a moment in ISO 8601.", example="--now 2026-04-01T15:00") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=manners_of(database, user).tz)
    still = moment.astimezone(UTC)
    return lambda: still


def manners_of(database: Database, user: str) -> Manners:
    """How a local user reads and writes; the workspace's manners for a user who never spoke."""
    with database.reading() as handle:
        workspace, member = settings_of(handle, user)
    return read_settings(workspace, member).manners
