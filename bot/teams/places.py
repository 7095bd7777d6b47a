"""Where Prep can post in Teams: conversation references, kept in the database and at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.teams.connector import Opened, Refused, dict_in, new_thread, text_in
from bot.teams.incoming import PLATFORM
from bot.teams.shares import NONE, SHARED, Shares, from_data, shares_of, to_data, without
from storage.addresses import Addresses, Known

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.edge import Edge
    from bot.teams.connector import Connector, Trouble
    from storage.database import Database

Reference = dict[str, Any]
_AT_HAND = 10_000
_SEARCHED = 1_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A place and how to post there. `id` is the conversation's, or the person's for a direct message.

    `shared`: Teams calls the channel a shared one; `shares` are the teams with which it was told to be shared.
    """

    id: str
    direct: bool
    reference: Reference
    shared: bool = False
    name: str = ""
    shares: Shares = NONE

    @property
    def is_shared(self) -> bool:
        """Whether other teams than its own can read it, as far as Teams told."""
        return self.shared or bool(self.shares)


class Places:
    """The places of all tenants. What is new about one is written down before anybody posts to it."""

    def __init__(
        self, edge: Edge, database: Database, connector: Connector, clock: Callable[[], datetime]
    ) -> None:
        self._edge = edge
        self._database = database
        self._connector = connector
        self._clock = clock
        self._known: dict[tuple[str, str, bool], Spot] = {}

    async def keep(self, spot: Spot, ended: Shares = NONE) -> None:
        """Remember a place, if anything about it is new. A place of no tenant is nobody's.

        What Teams once called shared stays so until it tells that this `ended`: then what it says from now on counts, and
        with which other teams it was told to be shared.
        """
        tenant = spot.reference["tenant_id"]
        if not tenant:
            return
        before = await self.find(tenant, spot.id, direct=spot.direct, anew=bool(ended))
        if before is not None and _together(spot, before, ended) == before:
            return
        if before is not None:  # another process may have learnt something since
            before = await self.find(tenant, spot.id, direct=spot.direct, anew=True)
        spot = _together(spot, before, ended)
        facts = {"shared": spot.shared, "shares": to_data(spot.shares)}
        known = Known(spot.id, spot.direct, spot.name, spot.reference, facts)
        await self._edge.aside(lambda: self._write(tenant, known))
        self._hold(tenant, spot)

    async def find(self, tenant: str, place: str, *, direct: bool, anew: bool = False) -> Spot | None:
        """A place where Prep has been, or None; `anew` looks at what other processes have learnt of it."""
        spot = None if anew else self._known.get((tenant, place, direct))
        if spot is None:
            found = await self._edge.aside(lambda: self._read(tenant, place, direct=direct))
            if found is None:
                return None
            spot = _spot(found)
            self._hold(tenant, spot)
        return spot

    async def named(self, tenant: str, name: str) -> Spot | None:
        """The one channel or group of this name, or None where there is none or several."""
        wanted = name.strip().lstrip("#").casefold()
        spots = await self.channels(tenant, _SEARCHED)
        found = [spot for spot in spots if spot.name and spot.name.casefold() == wanted]
        return found[0] if len(found) == 1 else None

    async def channels(self, tenant: str, most: int) -> list[Spot]:
        """The channels and groups where Prep has been, those seen last first."""
        found = await self._edge.aside(lambda: self._latest(tenant, most, direct=False))
        return [_spot(known) for known in found]

    async def drop(self, spot: Spot) -> None:
        """Forget a place that Prep was put out of."""
        tenant = spot.reference["tenant_id"]
        self._known.pop(_key(tenant, spot), None)
        await self._edge.aside(lambda: self._erase(tenant, spot))

    async def direct(self, tenant: str, person: str, near: Reference | None = None) -> Spot | Trouble:
        """The direct message of a person: the known one, or one that is opened from a place `near` them.

        Without such a place any other one of the tenant will do. Refused where Teams lets nobody open it.
        """
        known = await self.find(tenant, person, direct=True)
        if known is not None:
            return known
        return await self.open(tenant, person, near)

    async def open(self, tenant: str, person: str, near: Reference | None = None) -> Spot | Trouble:
        """Open the direct message of a person anew."""
        start = near or await self._any(tenant)
        if start is None:
            return Refused("NobodyNear")
        member = {"aad_id": person} if not person.startswith("29:") else {"id": person}
        opened = await self._connector.open_direct(start, member)
        if not isinstance(opened, Opened):
            return opened
        spot = Spot(person, direct=True, reference=opened.reference)
        await self.keep(spot)
        return spot

    async def _any(self, tenant: str) -> Reference | None:
        found = await self._edge.aside(lambda: self._latest(tenant, 1))
        return found[0].reference if found else None

    def _hold(self, tenant: str, spot: Spot) -> None:
        if len(self._known) >= _AT_HAND:
            self._known.clear()
        self._known[_key(tenant, spot)] = spot

    # ---- in the database, off the loop ----

    def _read(self, tenant: str, place: str, *, direct: bool) -> Known | None:
        with self._database.reading() as handle:
            return Addresses(handle.connection, PLATFORM, tenant).find(place, direct=direct)

    def _latest(self, tenant: str, most: int, *, direct: bool | None = None) -> list[Known]:
        with self._database.reading() as handle:
            return Addresses(handle.connection, PLATFORM, tenant).latest(most, direct=direct)

    def _write(self, tenant: str, known: Known) -> None:
        with self._database.writing() as handle:
            Addresses(handle.connection, PLATFORM, tenant).keep(known, self._clock())

    def _erase(self, tenant: str, spot: Spot) -> None:
        with self._database.writing() as handle:
            Addresses(handle.connection, PLATFORM, tenant).drop(spot.id, direct=spot.direct)


def spot_of(activity: dict[str, Any], reference: Reference, person: str) -> Spot:
    """The place where an activity happened. For a channel, a post there starts a thread of its own."""
    if reference["kind"] == "personal":
        return Spot(person, direct=True, reference={**reference, "locale": None})
    shared = str(_channel(activity).get("type")).lower() == "shared"
    there = _of_nobody(reference)
    return Spot(there["base_id"], direct=False, reference=there, shared=shared, name=_name(activity))


def event_spot(activity: dict[str, Any], reference: Reference) -> Spot:
    """The channel or group that an event is about; events of a team name the channel beside the conversation."""
    channel = _channel(activity)
    there = _of_nobody(reference)
    if isinstance(channel.get("id"), str) and channel["id"]:
        there |= {"conversation_id": channel["id"], "base_id": channel["id"], "channel_id": channel["id"]}
    shared = str(channel.get("type")).lower() == "shared"
    return Spot(there["base_id"], False, there, shared, _name(activity), shares_of(activity, SHARED))  # noqa: FBT003


def _of_nobody(reference: Reference) -> Reference:
    """Out of the thread, and without the person who happened to speak."""
    return {**new_thread(reference), "member": {"id": None, "aad_id": None}, "locale": None}


def _name(activity: dict[str, Any]) -> str:
    """What people call the channel, where Teams says it; a group chat has its name at the conversation."""
    return text_in(_channel(activity), "name") or text_in(dict_in(activity, "conversation"), "name")


def _channel(activity: dict[str, Any]) -> dict[str, Any]:
    return dict_in(activity, "channelData", "channel")


def _spot(known: Known) -> Spot:
    shared = bool(known.facts.get("shared"))
    shares = from_data(known.facts.get("shares"))
    return Spot(known.external_id, known.direct, known.reference, shared, known.name, shares)


def _together(spot: Spot, before: Spot | None, ended: Shares) -> Spot:
    """What is told of a place now with what was known of it before."""
    if before is None:
        return spot
    shared = spot.shared or (before.shared and not ended)
    shares = without(before.shares | spot.shares, ended)
    return replace(spot, shared=shared, shares=shares, name=spot.name or before.name)


def _key(tenant: str, spot: Spot) -> tuple[str, str, bool]:
    return tenant, spot.id, spot.direct
