"""What Teams tells about people and channels, kept for a moment so that a burst of messages asks once.

A roster that Teams does not give counts as not known, and what is not known counts as outside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.teams.connector import Found as Roster
from bot.teams.connector import Refused, dict_in, text_in
from bot.teams.ids import is_person_id
from bot.teams.people import channel_of, person_of, speaker
from handlers.turn import AskChannel, Channel, Person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from bot.teams.connector import Connector, Trouble
    from bot.teams.places import Places, Reference, Spot
    from handlers.turn import Fetch, Found, WorkspaceKey

_MOST = 5_000
_CHANNELS = 10
_NO_SUCH, _PUT_OUT = 404, "BotNotInConversationRoster"


@dataclass(slots=True)
class _Moment:
    """Answers by key, for as long as they are fresh. What was asked before `forget` is not kept after it."""

    fresh: timedelta
    clock: Callable[[], datetime]
    kept: dict[tuple[str, str], tuple[datetime, Any]] = field(default_factory=dict)
    forgotten: int = 0

    def find(self, key: tuple[str, str]) -> Any:
        found = self.kept.get(key)
        return found[1] if found and self.clock() - found[0] < self.fresh else None

    def keep(self, key: tuple[str, str], value: Any, asked: datetime, forgotten: int) -> None:
        if forgotten != self.forgotten:
            return
        if len(self.kept) >= _MOST:
            self.kept.clear()
        self.kept[key] = (asked, value)

    def forget(self) -> None:
        self.forgotten += 1
        self.kept.clear()


class TeamsDirectory:
    """Asks the rosters of conversations that Prep is in.

    Who is in a channel holds for `fresh`, what is known of one person for `known`; both end as soon as Teams tells
    that somebody came or went.
    """

    def __init__(
        self,
        connector: Connector,
        places: Places,
        clock: Callable[[], datetime],
        *,
        fresh: timedelta,
        known: timedelta,
    ) -> None:
        self._connector = connector
        self._places = places
        self._clock = clock
        self._rosters = _Moment(fresh, clock)
        self._lines = _Moment(known, clock)
        self._not_in: set[str] = set()  # the channels of which Teams, asked last, said that Prep is not there
        self._untold: set[str] = set()  # the places and people about whom Teams, asked last, gave no answer

    def near(self, reference: Reference) -> Near:
        """The directory as it is asked from one conversation."""
        return Near(self, reference)

    def forget(self) -> None:
        """Somebody came or went, or a channel was shared: ask anew, as a team's members are in many channels."""
        self._rosters.forget()
        self._lines.forget()

    def is_untold(self, who: str) -> bool:
        """Whether Teams, when it was asked last about a channel or person, could not be asked: then nothing is known of them
        for now, rather than for good."""
        return who in self._untold

    async def is_not_in(self, workspace: WorkspaceKey, channel: str) -> bool:
        """Whether Prep is not in a channel: it never was, it was put out, or Teams says that it is not there, or that the
        channel is no more."""
        if channel in self._not_in:
            return True
        return await self._places.find(workspace.id, channel, direct=False) is None

    def _note_answer(self, who: str, answer: Roster | Trouble) -> None:
        if isinstance(answer, Roster) or (isinstance(answer, Refused) and not answer.is_ours):
            self._untold.discard(who)
        else:
            self._untold.add(who)

    async def speaker(self, activity: dict[str, Any], reference: Reference) -> Person:
        """Who did something. Where Teams does not tell, what is not known stays so."""
        identity = text_in(dict_in(activity, "from"), "id")
        entry = await self.line(reference, identity) if identity else None
        return speaker(activity, entry, reference["tenant_id"])

    async def speaker_anywhere(self, activity: dict[str, Any], reference: Reference) -> Person:
        """The same where Prep may not be in the conversation: then the roster of the direct message with them tells."""
        person = await self.speaker(activity, reference)
        if person.home is not None:
            return person
        spot = await self._places.find(reference["tenant_id"], person.id, direct=True)
        if spot is None:
            return person
        return await self.speaker(activity, {**spot.reference, "tenant_id": reference["tenant_id"]})

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """The answer to a Fetch, from places that Prep knows."""
        if isinstance(ask, AskChannel):
            spot = await self._places.find(workspace.id, ask.id, direct=False)
            spot = spot or await self._places.named(workspace.id, ask.id)
            return None if spot is None else await self._channel(spot)
        spot = await self._places.find(workspace.id, ask.id, direct=True)
        if spot is not None:
            return await self.person(spot.reference, ask.id)
        return await self._in_some_channel(workspace.id, ask.id)

    async def _in_some_channel(self, tenant: str, named: str) -> Person | None:
        """Somebody who never wrote to Prep may still be in a channel that Prep knows; there a name will do."""
        found: dict[str, Person] = {}
        for spot in await self._places.channels(tenant, _CHANNELS):
            if is_person_id(named):
                person = await self.person(spot.reference, named)
                found |= {person.id: person} if person else {}
            else:
                found |= {one.id: one for one in await self._called(spot, named)}
        return next(iter(found.values())) if len(found) == 1 else None

    async def _called(self, spot: Spot, name: str) -> list[Person]:
        channel = await self._channel(spot)
        wanted = name.strip().lstrip("@").casefold()
        return [person for person in channel.people or () if person.name.casefold() == wanted]

    async def person(self, reference: Reference, identity: str) -> Person | None:
        """A member of a conversation, by Teams id or directory id."""
        entry = await self.line(reference, identity)
        return None if entry is None else person_of(entry, reference["tenant_id"])

    async def line(self, reference: Reference, identity: str) -> dict[str, Any] | None:
        """The line of a person in the roster of a conversation, or None where Teams gives none."""
        key = (reference["base_id"], identity)
        found = self._lines.find(key)
        if found is None:
            asked, forgotten = self._clock(), self._lines.forgotten
            answer = await self._connector.member(reference, identity)
            self._note_answer(identity, answer)
            if not isinstance(answer, Roster):
                return None
            found = answer.members[0]
            self._lines.keep(key, found, asked, forgotten)
        line: dict[str, Any] = found
        return line

    async def _channel(self, spot: Spot) -> Channel:
        key, tenant = (spot.id, ""), spot.reference["tenant_id"]
        channel: Channel | None = self._rosters.find(key)
        if channel is not None:
            return channel
        asked, forgotten = self._clock(), self._rosters.forgotten
        spot = await self._places.find(tenant, spot.id, direct=False, anew=True) or spot
        answer = await self._connector.members(spot.reference)
        self._note_answer(spot.id, answer)
        is_out = isinstance(answer, Refused) and (answer.status == _NO_SUCH or answer.code == _PUT_OUT)
        (self._not_in.add if is_out else self._not_in.discard)(spot.id)
        if not isinstance(answer, Roster):
            return Channel(spot.id, spot.name, present=False if isinstance(answer, Refused) else None)
        facts = {"tenant": tenant, "shared": spot.is_shared}
        channel = channel_of(spot.id, spot.name, answer.members, facts)
        self._rosters.keep(key, channel, asked, forgotten)
        return channel


class Near:
    """The directory for one turn: who is named is looked for where it was said, then among those known."""

    def __init__(self, directory: TeamsDirectory, reference: Reference) -> None:
        self._directory = directory
        self._reference = reference

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """The answer to a Fetch."""
        if not isinstance(ask, AskChannel) and is_person_id(ask.id):
            here = await self._directory.person(self._reference, ask.id)
            if here is not None:
                return here
        return await self._directory.find(workspace, ask)
