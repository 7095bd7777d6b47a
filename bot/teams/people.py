"""From Teams' rosters to a Person and a Channel. Pure: what a roster does not say stays None, and counts as outside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from handlers.turn import Channel, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

_GUEST_ACCOUNT = "#ext#"


def person_of(entry: dict[str, Any], host: str | None) -> Person:
    """A line of a roster. `host` is the tenant that the conversation belongs to."""
    mail = _text(entry, "email") or _text(entry, "userPrincipalName")
    return Person(
        id=_text(entry, "aadObjectId") or _text(entry, "objectId") or _text(entry, "id"),
        name=_text(entry, "name"),
        home=_same(_text(entry, "tenantId"), host),
        guest=_is_guest(entry),
        email=None if not mail or _GUEST_ACCOUNT in mail.lower() else mail,
    )


def speaker(activity: dict[str, Any], entry: dict[str, Any] | None, host: str | None) -> Person:
    """Who did something: what the roster says of the sender, with zone and locale of the client.

    The tenant in `channelData` may be the sender's, so it can only speak against the sender, never for. A roster
    line that belongs to somebody else says nothing.
    """
    sender = _dict(activity, "from")
    claimed = _text(sender, "aadObjectId")
    person = Person(id=claimed or _text(sender, "id"), name=_text(sender, "name"))
    if entry is not None and _text(entry, "id") == _text(sender, "id"):
        listed = person_of(entry, host)
        if claimed in {"", listed.id}:
            person = replace(listed, name=listed.name or person.name)
    tenant = _text(_dict(_dict(activity, "channelData"), "tenant"), "id")
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
    if _GUEST_ACCOUNT in _text(entry, "userPrincipalName").lower():
        return True
    role = _text(entry, "userRole").lower()
    return None if not role else role != "user"


def _same(tenant: str, host: str | None) -> bool | None:
    return tenant.lower() == host.lower() if tenant and host else None


def _zone(activity: dict[str, Any]) -> str | None:
    name = _text(activity, "localTimezone") or _text(_client(activity), "timezone")
    try:
        return ZoneInfo(name).key if name else None
    except (KeyError, ValueError, OSError):  # no such zone, or no name of one
        return None


def _locale(activity: dict[str, Any]) -> str | None:
    name = _text(activity, "locale") or _text(_client(activity), "locale")
    return name.replace("-", "_") or None


def _client(activity: dict[str, Any]) -> dict[str, Any]:
    entities = activity.get("entities")
    for entity in entities if isinstance(entities, list) else []:
        if isinstance(entity, dict) and entity.get("type") == "clientInfo":
            return entity
    return {}


def _text(holder: dict[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def _dict(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}
