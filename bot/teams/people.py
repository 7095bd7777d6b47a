"""From Teams' rosters to a Person and a Channel. Pure: what a roster does not say stays None, and counts as outside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.teams.connector import dict_in, dicts_in, text_in
from handlers.turn import Channel, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

_GUEST_ACCOUNT = "#ext#"


def person_of(entry: dict[str, Any], host: str | None) -> Person:
    """A line of a roster. `host` is the tenant that the conversation belongs to."""
    mail = text_in(entry, "email") or text_in(entry, "userPrincipalName")
    return Person(
        id=text_in(entry, "aadObjectId") or text_in(entry, "objectId") or text_in(entry, "id"),
        name=text_in(entry, "name"),
        home=_same(text_in(entry, "tenantId"), host),
        guest=_is_guest(entry),
        email=None if not mail or _GUEST_ACCOUNT in mail.lower() else mail,
    )


def speaker(activity: dict[str, Any], entry: dict[str, Any] | None, host: str | None) -> Person:
    """Who did something: what the roster says of the sender, with zone and locale of the client.

    The tenant in `channelData` may be the sender's, so it can only speak against the sender, never for. A roster
    line that belongs to somebody else says nothing.
    """
    sender = dict_in(activity, "from")
    claimed = text_in(sender, "aadObjectId")
    person = Person(id=claimed or text_in(sender, "id"), name=text_in(sender, "name"))
    if entry is not None and text_in(entry, "id") == text_in(sender, "id"):
        listed = person_of(entry, host)
        if claimed in {"", listed.id}:
            person = replace(listed, name=listed.name or person.name)
    tenant = text_in(dict_in(activity, "channelData", "tenant"), "id")
    if person.home and tenant and not _same(tenant, host):
        person = replace(person, home=False)
    return replace(person, zone=_zone(activity), locale=_locale(activity))


def channel_of(base_id: str, name: str, entries: Iterable[dict[str, Any]], facts: dict[str, Any]) -> Channel:
    """A channel or group chat whose whole roster is known.

    `facts` are {"tenant": the host's, "shared": whether Teams calls it a shared channel}. Where any member's
    tenant is not known, nobody can say that the channel is not shared.
    """
    people = tuple(person_of(entry, facts.get("tenant")) for entry in entries)
    homes = {person.home for person in people}
    shared: bool | None = None
    if facts.get("shared") or False in homes:
        shared = True
    elif homes == {True}:
        shared = False
    return Channel(base_id, name, present=True, shared=shared, people=people, joinable=False)


def _is_guest(entry: dict[str, Any]) -> bool | None:
    if _GUEST_ACCOUNT in text_in(entry, "userPrincipalName").lower():
        return True
    role = text_in(entry, "userRole").lower()
    return None if not role else role != "user"


def _same(tenant: str, host: str | None) -> bool | None:
    return tenant.lower() == host.lower() if tenant and host else None


def _zone(activity: dict[str, Any]) -> str | None:
    name = text_in(activity, "localTimezone") or text_in(_client(activity), "timezone")
    try:
        return ZoneInfo(name).key if name else None
    except (KeyError, ValueError, OSError):  # no such zone, or no name of one
        return None


def _locale(activity: dict[str, Any]) -> str | None:
    name = text_in(activity, "locale") or text_in(_client(activity), "locale")
    return name.replace("-", "_") or None


def _client(activity: dict[str, Any]) -> dict[str, Any]:
    found = (one for one in dicts_in(activity, "entities") if one.get("type") == "clientInfo")
    return next(found, {})
