"""Looks at a channel after something happened to it, and notes whether people from outside may read it now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.edge import told
from handlers.sharing.opened import Openings, Seen
from handlers.turn import AskChannel, Channel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from bot.edge import Directory, Edge
    from handlers.turn import Person, WorkspaceKey

_TRIES = 3  # a channel with many people is not known at the first moment


class Watch:
    """For one platform. Whoever is to be told is told by delivery."""

    def __init__(self, edge: Edge, directory: Directory, clock: Callable[[], datetime]) -> None:
        self._edge = edge
        self._directory = directory
        self._clock = clock
        self._openings = Openings(edge.database)

    async def concerned(self, workspace: WorkspaceKey, joined: Sequence[Person] = ()) -> set[str]:
        """The channels that would have to be looked at, if anything happened to them."""
        return await self._edge.aside(partial(self._openings.concerned, workspace, joined))

    async def look(
        self, workspace: WorkspaceKey, channels: Iterable[str], event: str, joined: Sequence[Person] = ()
    ) -> None:
        """Look at those of these channels where something is linked. `event` is the platform's id of what happened,
        `joined` are those who came in with it."""
        for channel in sorted(set(channels) & await self.concerned(workspace, joined)):
            found = await self._ask(workspace, channel)
            seen = Seen(channel, found, tuple(joined), event)
            await self._edge.aside(partial(self._openings.note, workspace, seen, self._clock()))

    async def became(
        self, workspace: WorkspaceKey, person: str, channels: frozenset[str] | None, event: str
    ) -> None:
        """Somebody counts as outside who may not have before; `channels` are those they are in, if the platform tells."""
        named = await self.concerned(workspace)
        here = frozenset(named if channels is None else named & channels)
        if here:
            owe = partial(self._openings.owe_look, workspace, person, here, event, self._clock())
            await self._edge.aside(owe)

    async def renamed(self, workspace: WorkspaceKey, old: str, new: str) -> None:
        """A channel has another id from now on."""
        await self._edge.aside(partial(self._openings.rename, workspace, old, new))

    async def _ask(self, workspace: WorkspaceKey, channel: str) -> Channel | None:
        known: Channel | None = None
        for _ in range(_TRIES):
            found = await told(AskChannel(channel), workspace, self._directory)
            known = found if isinstance(found, Channel) and found.id == channel else None
            if known is not None and known.people is not None:
                break
        return known
