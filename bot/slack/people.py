"""From what Slack says of people and channels to what the gate understands. Pure: what is not said stays None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.turn import Channel, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

Payload = dict[str, Any]


def person_of(user: Payload, ours: frozenset[str]) -> Person:
    """A person from `users.info`; `ours` are the ids of the workspace (a team, an enterprise)."""
    profile = user.get("profile") or {}
    name = profile.get("real_name") or user.get("real_name") or profile.get("display_name") or ""
    return Person(
        str(user["id"]),
        str(name or user.get("name") or ""),
        home=_home(user, ours),
        guest=_guest(user),
        email=profile.get("email") or None,
        zone=user.get("tz") or None,
        locale=str(user.get("locale") or "").replace("-", "_") or None,
    )


def _home(user: Payload, ours: frozenset[str]) -> bool | None:
    """Whether somebody's own workspace is ours. A stranger, a deleted account and an app are not people of ours."""
    homes = {user.get("team_id"), (user.get("enterprise_user") or {}).get("enterprise_id")} - {None, ""}
    if not homes:
        return None
    away = (user.get("is_stranger"), user.get("deleted"), user.get("is_bot"))
    return bool(homes & ours) and not any(away)


def teams_beside(user: Payload, enterprise: str) -> tuple[str, ...]:
    """The teams of an enterprise in which somebody is, as far as Slack tells."""
    place = user.get("enterprise_user") or {}
    return tuple(place.get("teams") or ()) if enterprise and place.get("enterprise_id") == enterprise else ()


def _guest(user: Payload) -> bool | None:
    limits = (user.get("is_restricted"), user.get("is_ultra_restricted"))
    if any(limits):
        return True
    return None if None in limits else False


def is_our_app(user: Payload, ours: frozenset[str]) -> bool:
    """Whether this is an app of the workspace: somebody inside installed it, and it is no reader of its own."""
    return bool(user.get("is_bot")) and user.get("team_id") in ours


def is_shared(channel: Payload) -> bool | None:
    """Whether another company's people can be in a channel, by `conversations.info`."""
    if channel.get("is_mpim") or channel.get("is_im"):
        return None
    signs = (channel.get("is_ext_shared"), channel.get("is_pending_ext_shared"))
    invited = channel.get("pending_shared") or channel.get("pending_connected_team_ids")
    across = channel.get("is_shared") and not channel.get("is_org_shared")
    if any(signs) or invited or across:
        return True
    return None if None in signs else False


def channel_of(channel: Payload, people: Iterable[Person] | None) -> Channel:
    """A channel, with those who can read it as far as they are known."""
    present, private = channel.get("is_member"), channel.get("is_private")
    archived = bool(channel.get("is_archived"))
    return Channel(
        str(channel["id"]),
        str(channel.get("name") or ""),
        present=None if present is None else bool(present) and not archived,
        shared=is_shared(channel),
        people=None if people is None else tuple(people),
        joinable=None if private is None else not private,
    )
