"""Messages to others than the one who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.edge import open_or_tell
from bot.teams.names import with_names
from bot.teams.saying import NOT_THERE, NOT_TO_THEM, NOT_TO_YOU, noted

if TYPE_CHECKING:
    from bot.teams.face import Parts
    from handlers.gate import Outcome, SealedSend
    from handlers.turn import Address, Incoming


async def tell_others(parts: Parts, incoming: Incoming, outcome: Outcome) -> str:
    """Post what a turn has to tell them, for whoever is there at this moment.

    Gives what the speaker has to be told of it: that something surely did not arrive, though the answer says that it was sent;
    empty where all went well. What was only to take the place of an earlier message is not missed.
    """
    tried = [(send, await _told(parts, incoming, send)) for send in outcome.sends]
    missed = [_missed(send.to, incoming) for send, arrived in tried if not arrived and not send.message]
    return " ".join(dict.fromkeys(missed))


async def _told(parts: Parts, incoming: Incoming, send: SealedSend) -> bool:
    """Whether it arrived, perhaps. Of somebody whom Prep may not write to Teams often does not even tell who they are."""
    opened = await open_or_tell(send, incoming, parts.directory)
    if opened is None:
        return False
    to, shown = opened
    shown = await with_names(shown, incoming.workspace, parts.directory)
    return noted(await parts.postman.to(incoming.workspace.id, to, shown, send.message))


def _missed(to: Address, incoming: Incoming) -> str:
    if not to.direct:
        return NOT_THERE
    return NOT_TO_YOU if to.id == incoming.speaker.id else NOT_TO_THEM
