"""The installations as the face needs them: out of the database, with their tokens opened."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.keys import WrongKey
from bot.slack.incoming import PLATFORM
from storage import install_states
from storage.installations import Installations, Installed

if TYPE_CHECKING:
    from datetime import datetime

    from bot.edge import Edge
    from bot.keys import Keys
    from bot.slack.oauth.states import Known
    from storage.database import Database


class Installs:
    """Each method is one short transaction, off the loop. `WrongKey` is raised where a token cannot be opened; it stays."""

    def __init__(self, edge: Edge, keys: Keys) -> None:
        self._edge = edge
        self._keys = keys

    async def find(self, workspace: str) -> Installed | None:
        """The installation in a workspace, unless Prep was taken away there. Raises WrongKey."""
        return await self._edge.aside(partial(self._find, workspace))

    def _find(self, workspace: str) -> Installed | None:
        with self._edge.database.reading() as handle:
            found = Installations(handle.connection, PLATFORM).find(workspace)
        if found is None or found.uninstalled_at is not None:
            return None
        return opened(found, self._keys)

    async def keep(self, new: Installed, by: Known, now: datetime) -> bool | None:
        """Keep an installation `by` a state, which is used then. Whether Prep had been in that workspace before; None where
        the state was used already, and nothing is kept."""
        return await self._edge.aside(partial(self._keep, new, by, now))

    def _keep(self, new: Installed, by: Known, now: datetime) -> bool | None:
        with self._edge.database.writing() as handle:
            if not install_states.use(handle.connection, by.digest, now, by.until):
                return None
            rows = Installations(handle.connection, PLATFORM)
            before = rows.find(new.workspace) is not None
            rows.keep(self._sealed(new), now)
        return before

    async def is_used(self, state: Known) -> bool:
        """Whether Prep was installed by this state."""

        def work() -> bool:
            with self._edge.database.reading() as handle:
                return install_states.is_used(handle.connection, state.digest)

        return await self._edge.aside(work)

    async def end(self, workspace: str, now: datetime) -> bool:
        """Prep was taken away: its token goes at once. Whether there was an installation."""

        def work() -> bool:
            with self._edge.database.writing() as handle:
                return Installations(handle.connection, PLATFORM).end(workspace, now)

        return await self._edge.aside(work)

    async def claim(self, known: Installed, now: datetime, until: datetime) -> bool:
        """Whether this process is to renew the token."""

        def work() -> bool:
            with self._edge.database.writing() as handle:
                return Installations(handle.connection, PLATFORM).claim(known, now, until)

        return await self._edge.aside(work)

    async def renew(self, known: Installed, new: Installed) -> bool:
        """Keep a renewed token; False where the installation has changed meanwhile."""

        def work() -> bool:
            with self._edge.database.writing() as handle:
                return Installations(handle.connection, PLATFORM).renew(known, self._sealed(new))

        return await self._edge.aside(work)

    def _sealed(self, one: Installed) -> Installed:
        token, refresh = (self._keys.seal(text, one.workspace) for text in (one.token, one.refresh))
        return replace(one, token=token, refresh=refresh)


def opened(row: Installed, keys: Keys) -> Installed:
    """A row with its token and refresh token in plain text. Raises WrongKey."""
    return replace(
        row,
        token=keys.open(row.token, row.workspace),
        refresh=keys.open(row.refresh, row.workspace),
    )


def look_over(database: Database, keys: Keys) -> tuple[int, int]:
    """How many installations there are, and how many of them cannot be opened with these keys."""
    with database.reading() as handle:
        rows = Installations(handle.connection, PLATFORM).live()
    return len(rows), sum(not _opens(row, keys) for row in rows)


def reseal(database: Database, keys: Keys) -> None:
    """Put what is under an older key under the first one, so that the older can be taken out of the setting."""
    with database.reading() as handle:
        rows = Installations(handle.connection, PLATFORM).live()
    older = [row for row in rows if _opens(row, keys) and not _is_first(row, keys)]
    if not older:
        return
    with database.writing() as handle:
        kept = Installations(handle.connection, PLATFORM)
        for row in older:
            plain = opened(row, keys)
            kept.reseal(row, keys.seal(plain.token, row.workspace), keys.seal(plain.refresh, row.workspace))


def _opens(row: Installed, keys: Keys) -> bool:
    try:
        opened(row, keys)
    except WrongKey:
        return False
    return True


def _is_first(row: Installed, keys: Keys) -> bool:
    return keys.is_first(row.token, row.workspace) and keys.is_first(row.refresh, row.workspace)
