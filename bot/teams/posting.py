"""Posting to Teams: into a conversation, to one person alone, and to places that Prep remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.teams.cards import messages
from bot.teams.connector import OutcomeUnknown, Refused, Sent, in_thread
from bot.teams.places import Spot

if TYPE_CHECKING:
    from bot.teams.connector import Connector, Trouble
    from bot.teams.places import Places, Reference
    from handlers.gate import Shown
    from handlers.turn import Address

GONE = frozenset({403, 404})  # put out of the conversation, blocked, or the conversation is no more


def words(text: str) -> dict[str, Any]:
    """A message of fixed words, which everybody may see."""
    return {"type": "message", "text": text, "summary": text}


class Postman:
    """Posts what has passed the gate. What became of it is a value, never an exception.

    What takes several messages is told by the first of them; the rest follow if it may have arrived.
    """

    def __init__(self, connector: Connector, places: Places) -> None:
        self._connector = connector
        self.hides = connector.hides
        self._places = places

    async def post(
        self, reference: Reference, activities: list[dict[str, Any]], *, alone: bool = False
    ) -> Sent | Trouble:
        """Into a conversation: in its thread, if the reference names one. `alone`: only its speaker sees it."""
        sent: Sent | Trouble = Sent("")
        for at, activity in enumerate(activities):
            to = {"recipient": {"id": reference["member"]["id"]}} if alone else {}
            became = await self._connector.send(reference, {**activity, **to}, targeted=alone)
            sent = sent if at else became
            if not may_have_arrived(became):
                break
        return sent

    async def whisper(self, reference: Reference, text: str) -> Sent | Trouble:
        """Fixed words into a channel or group, so that only the speaker of `reference` sees them."""
        return await self.post(reference, [words(text)], alone=True)

    async def edit(
        self, reference: Reference, activity_id: str, activity: dict[str, Any], *, alone: bool = False
    ) -> Sent | Trouble:
        """In place of an earlier message; `alone` says that only one person sees that one."""
        return await self._connector.update(reference, activity_id, activity, targeted=alone)

    async def remove(self, reference: Reference, activity_id: str, *, alone: bool = False) -> Sent | Trouble:
        """Take an earlier message away; `alone` as for `edit`."""
        return await self._connector.delete(reference, activity_id, targeted=alone)

    async def direct(
        self, tenant: str, person: str, activities: list[dict[str, Any]], near: Reference | None = None
    ) -> Sent | Trouble:
        """To one person alone, wherever their direct message is; opened anew if it is not what it was."""
        spot = await self._places.direct(tenant, person, near)
        if not isinstance(spot, Spot):
            return spot
        sent = await self.post(spot.reference, activities)
        if not _is_gone(sent):
            return sent
        await self._places.drop(spot)
        anew = await self._places.open(tenant, person, near)
        if not isinstance(anew, Spot) or anew.reference["base_id"] == spot.reference["base_id"]:
            return sent
        return await self.post(anew.reference, activities)

    async def to(self, tenant: str, address: Address, shown: Shown, instead_of: str = "") -> Sent | Trouble:
        """To an address, or in the place of an earlier message there. In a channel a new thread, unless the address
        names one."""
        if instead_of:
            return await self._instead(tenant, address, shown, instead_of)
        if address.direct:
            return await self.direct(tenant, address.id, messages(shown))
        spot = await self._places.find(tenant, address.id, direct=False)
        if spot is None:
            return Refused("NeverThere")
        reference = in_thread(spot.reference, address.thread) if address.thread else spot.reference
        sent = await self.post(reference, messages(shown))
        if _is_gone(sent):
            await self._places.drop(spot)
        return sent

    async def _instead(self, tenant: str, address: Address, shown: Shown, earlier: str) -> Sent | Trouble:
        spot = await self._places.find(tenant, address.id, direct=address.direct)
        if spot is None:
            return Refused("NeverThere")
        return await self.edit(spot.reference, earlier, messages(shown)[0])


def _is_gone(sent: Sent | Trouble) -> bool:
    return isinstance(sent, Refused) and sent.status in GONE


def may_have_arrived(outcome: Sent | Trouble) -> bool:
    """Whether it was posted, or perhaps was."""
    return isinstance(outcome, Sent | OutcomeUnknown)
