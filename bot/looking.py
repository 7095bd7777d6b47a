"""Takes the looks at channels that are owed: somebody counts as outside now, and the owners of what is linked are told."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.edge import told
from bot.outcomes import Lookout
from handlers.reminders.desk import Settled
from handlers.sharing.opened import Openings
from handlers.turn import AskChannel, Channel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.outcomes import Sender
    from handlers.reminders.building import Bundle
    from handlers.sharing.looks import Look
    from handlers.turn import WorkspaceKey
    from storage.database import Database

_AGAIN = timedelta(minutes=1)
_GIVES_UP = timedelta(days=1)  # who cannot be asked about for so long has long counted as outside


class Looking:
    """For all platforms. `run` does work with the database off the loop."""

    def __init__(
        self, database: Database, senders: Mapping[str, Sender], run: Callable[..., Awaitable[Any]]
    ) -> None:
        self._openings = Openings(database)
        self._senders = senders
        self._run = run

    async def take(self, bundle: Bundle, now: datetime) -> Settled:
        """Look. Where a platform does not answer now, the whole of it is owed on: nobody is told twice."""
        answered = [await self._look(bundle.workspace, look, now) for look in bundle.looks]
        since = min((look.since for look in bundle.looks if look.since is not None), default=now)
        if all(answered) or now - since > _GIVES_UP:
            return Settled(bundle, "looked")
        return Settled(bundle, "later", again=now + _AGAIN)

    async def _look(self, workspace: WorkspaceKey, look: Look, now: datetime) -> bool:
        named = await self._run(self._openings.concerned, workspace)
        found = [
            await self._ask(workspace, channel)
            for channel in sorted(named if look.channels is None else named & look.channels)
        ]
        for channel in found:
            if channel is not None and channel.people:
                await self._run(partial(self._openings.looked, workspace, look, channel, now))
        return not any(channel is not None and channel.present is None for channel in found)

    async def _ask(self, workspace: WorkspaceKey, channel: str) -> Channel | None:
        """The channel, None where there is none for Prep; nothing but its name where the platform does not answer."""
        sender = self._senders[workspace.platform]
        if not isinstance(sender, Lookout):
            return None
        found = await told(AskChannel(channel), workspace, sender)
        return found if isinstance(found, Channel) and found.id == channel else None
