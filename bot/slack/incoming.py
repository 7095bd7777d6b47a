"""From Slack's payloads to an Incoming. Pure: what a payload does not say stays None."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handlers.turn import Incoming, Person, Place, Press, Submission, Via, Words, WorkspaceKey

if TYPE_CHECKING:
    from datetime import datetime

Payload = dict[str, Any]
_MENTION = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>\s*")


def workspace_of(payload: Payload) -> WorkspaceKey:
    """The workspace that a payload came to. An enterprise install is one workspace."""
    team = payload.get("team_id") or (payload.get("team") or {}).get("id") or payload.get("enterprise_id") or ""
    return WorkspaceKey("slack", team)


def command(payload: Payload, person: Person, now: datetime) -> Incoming:
    """A slash command."""
    channel = payload["channel_id"]
    place = Place(channel, channel.startswith("D"), payload.get("channel_name", ""))
    return Incoming(workspace_of(payload), person, place, Via.SLASH, Words(payload.get("text", "")), now)


def mention(payload: Payload, person: Person, now: datetime) -> Incoming:
    """A mention in a channel, in a thread or not."""
    event = payload["event"]
    words = Words(_MENTION.sub("", event.get("text", ""), count=1))
    return Incoming(
        workspace_of(payload),
        person,
        Place(event["channel"], direct=False),
        Via.MENTION,
        words,
        now,
        thread=event.get("thread_ts") or event["ts"],
        message=event["ts"],
    )


def direct(payload: Payload, person: Person, now: datetime) -> Incoming:
    """A direct message."""
    event = payload["event"]
    words = Words(_MENTION.sub("", event.get("text", ""), count=1))
    place = Place(event["channel"], direct=True)
    return Incoming(workspace_of(payload), person, place, Via.DIRECT, words, now, message=event["ts"])


def press(payload: Payload, person: Person, now: datetime) -> Incoming:
    """A button, or an option of a menu."""
    action = payload["actions"][0]
    words = action.get("value") or (action.get("selected_option") or {}).get("value", "")
    channel = (payload.get("channel") or {}).get("id", "")
    container = payload.get("container") or {}
    message = payload.get("message") or {}
    return Incoming(
        workspace_of(payload),
        person,
        Place(channel, not channel or channel.startswith("D")),
        Via.BUTTON,
        Press(words),
        now,
        thread=message.get("thread_ts") or container.get("thread_ts"),
        message=container.get("message_ts"),
    )


def submission(words: str, values: dict[str, str], origin: Incoming) -> Incoming:
    """A modal that was sent, where its button was pressed."""
    return replace(origin, via=Via.FORM, act=Submission(words, values))
