"""What Slack sends to an app: pure builders for commands, events and interactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.doubles.slack.world import Channel, Json, Message, User, View, Workspace

TOKEN = "verification_token"


def slash(
    space: Workspace,
    user: User,
    channel: Channel,
    command: str,
    text: str,
    *,
    team: str,
    trigger: str,
    url: str,
) -> Json:
    """A slash command, as form fields."""
    name = (
        channel.name
        if channel.kind == "channel"
        else {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)
    )
    return {
        "token": TOKEN,
        "team_id": team,
        "team_domain": space.domain,
        **_enterprise(space),
        "channel_id": channel.id,
        "channel_name": name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": space.app_id,
        "is_enterprise_install": "true" if space.everywhere else "false",
        "response_url": url,
        "trigger_id": trigger,
    }


def _enterprise(space: Workspace) -> Json:
    """Workspaces of an enterprise say so; others leave it out."""
    if space.enterprise_id is None:
        return {}
    return {"enterprise_id": space.enterprise_id, "enterprise_name": "Northwind Group"}


def envelope(space: Workspace, event: Json, *, event_id: str, at: float, channel: Channel | None) -> Json:
    """An event with what surrounds it."""
    places = [event.get("team"), *(channel.teams if channel else [])]
    where = next((team for team in places if team in space.teams), space.id)
    found: Json = {
        "token": TOKEN,
        "team_id": where,
        **({} if space.terse else _enterprise(space)),
        "api_app_id": space.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(at),
        "authorizations": [
            {
                "enterprise_id": space.enterprise_id,
                "team_id": None if space.everywhere else space.id,
                "user_id": space.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": space.everywhere,
            }
        ],
    }
    if channel is not None:
        found["is_ext_shared_channel"] = channel.is_ext_shared
        found["event_context"] = f"4-{event['type']}-{space.id}-{channel.id}"
    return found


def message_event(kind: str, message: Message, user: User, channel: Channel) -> Json:
    """``app_mention`` or ``message``: what a person said, with the fields that tell whose they are."""
    piece = {"type": "text", "text": message.text}
    section = {"type": "rich_text_section", "elements": [piece]}
    event: Json = {
        "client_msg_id": f"00000000-0000-4000-8000-{message.ts.replace('.', '')[-12:]}",
        "type": kind,
        "text": message.text,
        "user": user.id,
        "ts": message.ts,
        "team": user.team_id,
        "blocks": [{"type": "rich_text", "block_id": "typed", "elements": [section]}],
        "channel": channel.id,
        "event_ts": message.ts,
    }
    if kind == "message":
        event["channel_type"] = channel.kind
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
    if channel.is_ext_shared:
        event |= {"user_team": user.team_id, "source_team": user.team_id}
    return event


def taken_away(space: Workspace, event: Json, *, event_id: str, at: float) -> Json:
    """``app_uninstalled`` and ``tokens_revoked``: nobody is authorized any more; an enterprise's has no team."""
    found: Json = {
        "token": TOKEN,
        "api_app_id": space.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(at),
        **_enterprise(space),
    }
    return found if space.everywhere else found | {"team_id": space.id}


def without(body: Json, names: Iterable[str]) -> Json:
    """A payload in which Slack left some fields out, in the envelope and the event."""
    omitted = set(names)
    found = {key: value for key, value in body.items() if key not in omitted}
    if isinstance(found.get("event"), dict):
        found["event"] = {key: value for key, value in found["event"].items() if key not in omitted}
    return found


def interaction(kind: str, space: Workspace, user: User, trigger: str) -> Json:
    """What all interactive payloads share; the team is the person's own, and may be left out of an enterprise's."""
    team = {"id": user.team_id, "domain": space.domain, **_enterprise(space)}
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": space.app_id,
        "token": TOKEN,
        "trigger_id": trigger,
        "team": None if space.everywhere and space.terse else team,
        "enterprise": {"id": space.enterprise_id, "name": "Northwind Group"} if space.everywhere else None,
        "is_enterprise_install": space.everywhere,
    }


def pressed_message(message: Message, channel: Channel, actions: list[Json], state: Json, url: str) -> Json:
    """The part of block_actions that names the message; an ephemeral one is not repeated."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    name = "directmessage" if channel.is_im else "privategroup" if channel.is_private else channel.name
    found: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": name},
        "state": {"values": state},
        "response_url": url,
        "actions": actions,
    }
    return found if message.only_for is not None else found | {"message": message.as_json()}


def pressed_view(view: View, shown: Json, actions: list[Json]) -> Json:
    """The part of block_actions that names a modal or Home."""
    return {"container": {"type": "view", "view_id": view.id}, "view": shown, "actions": actions}
