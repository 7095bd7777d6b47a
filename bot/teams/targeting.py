"""Messages in a channel or group that one person alone sees: whose they are, and which tenants take none.

Teams shows them to nobody else and takes them away after a day. Not every tenant allows them; one that refuses is not
asked again for a while.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.teams.card_actions import alone
from bot.teams.connector import Refused, Sent
from bot.teams.posting import may_have_arrived

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.teams.connector import Trouble
    from bot.teams.places import Reference
    from bot.teams.posting import Postman

NOT_ASKED = timedelta(hours=1)  # how long a tenant that refused is not asked again
_MOST = 10_000
_OF_THE_TENANT = frozenset({400, 403, 405, 501})
_NOT_OF_THE_TENANT = frozenset(
    {"BotNotInConversationRoster", "ConversationBlockedByUser", "MessageSizeTooBig", "UntrustedServiceUrl"}
)


class Targeting:
    """For one process. What it does not remember, after a start, is answered anew rather than changed in place."""

    def __init__(self, postman: Postman, clock: Callable[[], datetime]) -> None:
        self._postman = postman
        self._clock = clock
        self._refused: dict[str, datetime] = {}
        self._owners: dict[tuple[str, str], str] = {}

    def allows(self, reference: Reference) -> bool:
        """Whether it is worth trying: a channel or group, of a tenant that has not refused of late."""
        if not self._postman.hides or reference["kind"] == "personal" or not reference["member"]["id"]:
            return False
        refused = self._refused.get(reference["tenant_id"])
        return refused is None or self._clock() - refused >= NOT_ASKED

    def is_of(self, reference: Reference, message: str | None, person: str) -> bool:
        """Whether a message there was sent for this person alone."""
        return bool(message) and self._owners.get((reference["base_id"], message or "")) == person

    async def post(
        self, reference: Reference, activities: list[dict[str, Any]], person: str
    ) -> Sent | Trouble:
        """Post for the speaker of `reference` alone, who is called `person`."""
        sent = await self._postman.post(reference, activities, alone=True)
        if isinstance(sent, Sent) and sent.id:
            self._remember((reference["base_id"], sent.id), person)
        if _says_the_tenant(sent):
            self._refused[reference["tenant_id"]] = self._clock()
        if may_have_arrived(sent):
            self._refused.pop(reference["tenant_id"], None)
        return sent

    def forget(self, reference: Reference, message: str) -> None:
        """The message is there no more."""
        self._owners.pop((reference["base_id"], message), None)

    def _remember(self, key: tuple[str, str], person: str) -> None:
        if len(self._owners) >= _MOST:
            del self._owners[next(iter(self._owners))]
        self._owners[key] = person


def _says_the_tenant(sent: Sent | Trouble) -> bool:
    """Whether a refusal is about messages to one person in general, not about this place or this content."""
    if not isinstance(sent, Refused) or sent.code in _NOT_OF_THE_TENANT:
        return False
    return sent.status in _OF_THE_TENANT


def marked(activities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same messages, whose buttons say that they stand on a card for one person: see `card_actions.alone`."""
    for activity in activities:
        for attachment in activity.get("attachments") or []:
            alone(attachment["content"])
    return activities
