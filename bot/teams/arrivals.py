"""Who came to a place in Teams: Prep, which introduces itself once, or others, who may open the place to outsiders."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.edge import open_alone
from bot.openings import Watch
from bot.teams.cards import messages
from bot.teams.connector import dict_in, dicts_in, reference_of, text_in
from bot.teams.incoming import PLATFORM, event_of
from bot.teams.posting import may_have_arrived
from handlers import notices
from handlers.gate import seal
from handlers.turn import Mark, Person, WorkspaceKey

if TYPE_CHECKING:
    from bot.teams.face import Parts
    from bot.teams.places import Reference, Spot

_OPENING = frozenset({"channelShared", "channelUnshared"})
_CHANNELS = 1_000


class Arrivals:
    """For one face."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._watch = Watch(parts.edge, parts.directory, parts.clock)

    async def introduce(self, place: Spot) -> None:
        """Say who Prep is. Teams tells of one arrival in two ways, and sends each again where it is in doubt."""
        parts = self._parts
        once = partial(parts.edge.core.once, *_introduced(place), parts.clock())
        if not await parts.edge.aside(once):
            return
        lines = notices.INTRODUCTION_IN_PRIVATE if place.direct else notices.INTRODUCTION_BY_MENTION
        shown = open_alone(seal(notices.notice(lines), Mark.OPEN, (), ""), Person(""))
        sent = await parts.postman.post(place.reference, messages(shown))
        if not may_have_arrived(sent):
            logs.error("teams_not_posted", kind=type(sent).__name__, what="introduction")
            await self.ended(place)  # so that the other way in which Teams tells of it may do

    async def ended(self, place: Spot) -> None:
        """Prep was removed, or has not introduced itself: where it comes the next time, it does."""
        parts = self._parts
        await parts.edge.aside(partial(parts.edge.core.forget, *_introduced(place), parts.clock()))

    async def look(self, activity: dict[str, Any], reference: Reference, place: Spot) -> None:
        """Whether people from outside may read now what they could not before: who comes into a team comes into all its
        channels."""
        came = _came(activity)
        if not came and event_type(activity) not in _OPENING and not is_added(activity):
            return
        parts, tenant = self._parts, place.reference["tenant_id"]
        here, key = {place.id}, WorkspaceKey(PLATFORM, tenant)
        team = reference["team_id"]
        if came and team and await self._watch.concerned(key):
            spots = await parts.places.channels(tenant, _CHANNELS)
            here |= {spot.id for spot in spots if spot.reference["team_id"] == team}
        joined = [await parts.directory.person(place.reference, one) or Person(one) for one in came]
        await self._watch.look(key, here, event_of(activity, reference["base_id"]), joined)


def _introduced(place: Spot) -> tuple[WorkspaceKey, str]:
    """The workspace, and what is remembered of it: one introduction for all channels of a team."""
    key = WorkspaceKey(PLATFORM, place.reference["tenant_id"])
    return key, f"introduced {place.reference['team_id'] or place.id}"


def has_left(activity: dict[str, Any]) -> bool:
    """Whether Prep was removed, or the place itself."""
    if str(activity.get("action") or "").startswith("remove"):
        return True
    if event_type(activity) in {"channelDeleted", "teamDeleted"}:
        return True
    return _us(activity) in _ids(activity, "membersRemoved")


def is_added(activity: dict[str, Any]) -> bool:
    """Whether Prep came to the place. A newer version of it is none that came."""
    if activity.get("type") == "installationUpdate":
        return activity.get("action") == "add"
    return _us(activity) in _ids(activity, "membersAdded")


def event_type(activity: dict[str, Any]) -> str:
    """What Teams calls what happened."""
    return text_in(dict_in(activity, "channelData"), "eventType")


def _came(activity: dict[str, Any]) -> list[str]:
    """The Teams ids of the people who came."""
    return [one for one in _ids(activity, "membersAdded") if one != _us(activity)]


def _us(activity: dict[str, Any]) -> str:
    return str(reference_of(activity)["bot"]["id"] or "")


def _ids(activity: dict[str, Any], key: str) -> list[str]:
    return [found for one in dicts_in(activity, key) if (found := text_in(one, "id"))]
