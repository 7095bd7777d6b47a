"""The Teams face: activities become turns, and what comes of them goes where it may.

It only translates. What happens here on its own account is to remember where people and channels can be reached.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.teams.answering import Answers, is_unknown
from bot.teams.arrivals import Arrivals, event_type, has_left, is_added
from bot.teams.asked import Asked
from bot.teams.connector import reference_of
from bot.teams.dialog_answers import words as in_a_dialog
from bot.teams.dialogs import Dialogs, is_dialog
from bot.teams.incoming import PLATFORM, event_of, is_press, mentions_us, read, speaks_as_bot
from bot.teams.kept import asking
from bot.teams.mending import mended
from bot.teams.names import with_directory_ids
from bot.teams.others import tell_others
from bot.teams.people import speaker
from bot.teams.places import event_spot, spot_of
from bot.teams.posting import words as fixed
from bot.teams.saying import WHO, refused, told
from bot.teams.shares import UNSHARED, shares_of
from handlers import notices
from handlers.gate import Why
from handlers.turn import Words, WorkspaceKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.edge import Edge
    from bot.teams.connector import Connector
    from bot.teams.directory import TeamsDirectory
    from bot.teams.places import Places, Reference, Spot
    from bot.teams.posting import Postman
    from bot.teams.sender import TeamsSender
    from handlers.turn import Incoming

_HEARD = frozenset({"message", "invoke"})
_CHANGES = {
    "messageUpdate": {"editMessage": notices.EDITED},
    "messageDelete": {"softDeleteMessage": notices.DELETED},
}
_MOVES = frozenset({"conversationUpdate", "installationUpdate"})


@dataclass(frozen=True, slots=True)
class Parts:
    """What the face is made of. `tenant` is the one it serves; empty, where nobody checks who calls, for any."""

    edge: Edge
    connector: Connector
    places: Places
    directory: TeamsDirectory
    postman: Postman
    clock: Callable[[], datetime]
    tenant: str = ""


class TeamsFace:
    """Prep in Teams. `on_activity` is for the connector, `sender` for delivery."""

    def __init__(self, parts: Parts, sender: TeamsSender) -> None:
        self._parts = parts
        self.sender = sender
        self._answers = Answers(parts.postman, parts.clock)
        self._arrivals = Arrivals(parts)
        self._dialogs = Dialogs(parts)

    async def on_activity(self, activity: dict[str, Any]) -> dict[str, Any] | None:
        """Take one activity; what answers a button, else None."""
        reference = reference_of(activity)
        if not self._is_home(reference):
            return in_a_dialog(Why.OUTSIDER.value) if is_dialog(activity) else _unread(activity)
        if activity["type"] in _HEARD:
            return await self._heard(activity, reference)
        if activity["type"] in _MOVES:
            await self._moved(activity, reference)
        if activity["type"] in _CHANGES:
            await self._changed(activity, reference)
        return None

    async def close(self) -> None:
        """Close kept connections."""
        await self._parts.connector.close()

    def _is_home(self, reference: Reference) -> bool:
        tenant = reference["tenant_id"]
        ours = self._parts.tenant.lower()
        return isinstance(tenant, str) and bool(tenant) and (not ours or tenant.lower() == ours)

    async def _heard(self, activity: dict[str, Any], reference: Reference) -> dict[str, Any] | None:
        unknown = speaker(activity, None, reference["tenant_id"])
        incoming = read(activity, unknown, self._parts.clock())
        try:
            if is_dialog(activity):
                return await self._dialogs.take(activity)
            if incoming is not None:
                return await self._turn(activity, reference, incoming)
            return await self._kept(activity, reference) or _unread(activity)
        except Exception as error:  # the one boundary of this face; the turn itself has its own
            code = logs.reference()
            logs.error("teams_failed", kind=type(error).__name__, where=logs.where(error))
            text = f"Something went wrong on my side. Please give this reference to whoever runs Prep: {code}"
            if is_dialog(activity):
                return in_a_dialog(text)
            if not is_press(activity):
                await self._parts.postman.post(reference, [fixed(text)])
            return told(text)

    async def _turn(
        self, activity: dict[str, Any], reference: Reference, incoming: Incoming
    ) -> dict[str, Any] | None:
        parts = self._parts
        person = await parts.directory.speaker(activity, reference)
        near = parts.directory.near(reference)
        asked = Asked(activity, reference, replace(incoming, speaker=person), near)
        if is_unknown(person):
            answer = await self._answers.say_unknown(asked)
        else:
            answer = await self._answered(await _as_known(asked))
        return answer if asked.by_press else None

    async def _kept(self, activity: dict[str, Any], reference: Reference) -> dict[str, Any] | None:
        """What a button in a channel keeps for the one who asked; None if it is no such button."""
        wanted = asking(activity)
        if wanted is None or not is_press(activity):
            return None
        parts = self._parts
        person = await parts.directory.speaker(activity, reference)
        if is_unknown(person):
            return told(WHO)
        workspace = WorkspaceKey(PLATFORM, reference["tenant_id"])
        return await self._answers.hand_over(wanted, person, workspace, parts.directory.near(reference))

    async def _answered(self, asked: Asked) -> dict[str, Any]:
        parts, incoming = self._parts, asked.incoming
        asked = self._answers.where_it_belongs(asked)
        if incoming.speaker.home and incoming.speaker.guest is False:
            here = reference_of(asked.activity)
            await parts.places.keep(spot_of(asked.activity, here, incoming.speaker.id))
        incoming = asked.incoming
        outcome = await parts.edge.run(incoming, asked.directory)
        answer = await mended(parts.edge, parts.postman, asked, outcome)
        answer = answer or await self._answers.give(asked, outcome)
        missed = await tell_others(parts, incoming, outcome)
        if missed:
            answer = await self._answers.correct(asked, missed, answer)
        await parts.edge.settle(incoming, outcome)
        return answer

    async def _moved(self, activity: dict[str, Any], reference: Reference) -> None:
        """Somebody came or went, Prep perhaps, or a channel was shared."""
        parts = self._parts
        parts.directory.forget()
        place = await self._place(activity, reference)
        if place is None:
            return
        if has_left(activity):
            await parts.places.drop(place)
            if event_type(activity) != "channelDeleted":  # Prep stays in the team's other channels
                await self._arrivals.ended(place)
            return
        await parts.places.keep(place, shares_of(activity, UNSHARED))
        if is_added(activity):
            await self._arrivals.introduce(place)
        if not place.direct:
            await self._arrivals.look(activity, reference, place)

    async def _changed(self, activity: dict[str, Any], reference: Reference) -> None:
        """A message was edited or taken back, which does nothing; its author is told so once, in private.

        Of one that was taken back nobody can tell whether it was for Prep, unless they were alone.
        """
        lines = _CHANGES[activity["type"]].get(event_type(activity))
        for_us = reference["kind"] == "personal" or mentions_us(activity)
        if lines is None or not for_us or speaks_as_bot(activity):
            return
        parts, tenant = self._parts, reference["tenant_id"]
        person = await parts.directory.speaker(activity, reference)
        event = f"{activity['type']} {event_of(activity, reference['base_id'])}"
        once = partial(parts.edge.core.once, WorkspaceKey(PLATFORM, tenant), event, parts.clock())
        if person.home and person.guest is False and await parts.edge.aside(once):
            await parts.postman.direct(tenant, person.id, [fixed(" ".join(lines))], reference)

    async def _place(self, activity: dict[str, Any], reference: Reference) -> Spot | None:
        """The place that an event is about; the direct message of somebody from outside is none of ours."""
        if reference["kind"] != "personal":
            return event_spot(activity, reference)
        person = await self._parts.directory.speaker(activity, reference)
        inside = person.home and person.guest is False
        return spot_of(activity, reference, person.id) if inside or has_left(activity) else None


def _unread(activity: dict[str, Any]) -> dict[str, Any] | None:
    """What answers a button that cannot be read; all else is left alone."""
    return refused() if is_press(activity) else None


async def _as_known(asked: Asked) -> Asked:
    """With everybody who is mentioned under the id by which Prep knows people."""
    act, incoming = asked.incoming.act, asked.incoming
    if not isinstance(act, Words):
        return asked
    named = await with_directory_ids(act, incoming.workspace, asked.directory)
    return replace(asked, incoming=replace(incoming, act=named))
