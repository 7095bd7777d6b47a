"""Messages to others than the one who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.edge import open_or_tell
from bot.teams.names import with_names

if TYPE_CHECKING:
    from bot.teams.face import Parts
    from handlers.gate import Outcome
    from handlers.turn import Incoming


async def tell_others(parts: Parts, incoming: Incoming, outcome: Outcome) -> None:
    """Post what a turn has to tell them, for whoever is there at this moment."""
    for send in outcome.sends:
        opened = await open_or_tell(send, incoming, parts.directory)
        if opened is not None:
            to, shown = opened
            shown = await with_names(shown, incoming.workspace, parts.directory)
            await parts.postman.to(incoming.workspace.id, to, shown, send.message)
