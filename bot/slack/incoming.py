"""From Slack's payloads to what a person did. Pure: what a payload does not say stays None.

Nothing in a payload says what somebody may do. Of a button only the words are taken, of a form the words and the fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.slack.needs import LOG_SHORTCUT, NEW_SHORTCUT
from handlers.turn import Incoming, Place, Press, Submission, Via, Words, WorkspaceKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.slack.identity import Identity
    from handlers.turn import Person

Payload = dict[str, Any]
PLATFORM = "slack"
SHORTCUTS = frozenset({"shortcut", "message_action"})
NEW_VIEW = "new"
ANSWER = "answer"  # the callback id of a modal with an answer in it
ANYTHING = re.compile("")  # every name of a command, an action, an event
SAY = "say"  # an action id begins with it
_MENTION = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>[\s:,]*")
_PERSON = re.compile(r"^[UW][A-Z0-9_]+$")


def workspace_key(team: str) -> WorkspaceKey:
    """The workspace with a team's id."""
    return WorkspaceKey(PLATFORM, team)


def teams_of(payload: Payload) -> set[str]:
    """The ids of the workspaces that a payload says it is for: of teams, and of an enterprise that has Prep everywhere."""
    found = {payload.get("team_id"), (payload.get("team") or {}).get("id")}
    for one in payload.get("authorizations") or ():
        found |= {one.get("team_id"), one.get("enterprise_id") if one.get("is_enterprise_install") else None}
    return {str(one) for one in found if one}


def speaker_of(payload: Payload) -> str:
    """The id of the person who did it; empty where none did."""
    event = payload.get("event") or {}
    user = payload.get("user")
    found = (
        payload.get("user_id") or event.get("user") or (user.get("id") if isinstance(user, dict) else user)
    )
    return found if isinstance(found, str) and _PERSON.match(found) else ""


def as_said_by(payload: Payload, person: Person, us: Identity) -> Person:
    """The person, outside if the payload says that they came from another workspace, whatever else is known of them."""
    event, user = payload.get("event") or {}, payload.get("user")
    said = {event.get("user_team"), event.get("source_team"), event.get("team")}
    if isinstance(user, dict):
        said |= {user.get("team_id")}
    if "command" in payload:
        said |= {payload.get("team_id")}
    if payload.get("type") in SHORTCUTS:  # of these the person's own team may stand there alone
        said |= {(payload.get("team") or {}).get("id")}
    ours = us.ours | teams_within(payload, us.enterprise) if us.everywhere else us.ours
    away = any(team not in ours for team in said if team) or _is_for_other_bot(payload, us)
    return replace(person, home=False) if away else person


def teams_within(payload: Payload, enterprise: str) -> set[str]:
    """The teams of which a payload says that they belong to this enterprise."""
    places = [payload, *(payload.get("authorizations") or ())]
    found = {place.get("team_id") for place in places if place.get("enterprise_id") == enterprise}
    team = payload.get("team") or {}
    found |= {team.get("id")} if team.get("enterprise_id") == enterprise else set()
    return {str(one) for one in found if one}


def _is_for_other_bot(payload: Payload, us: Identity) -> bool:
    """Whether a button of somebody else's Prep was pressed: in a shared channel both can be there."""
    message = payload.get("message") or {}
    bot, user = message.get("bot_id"), message.get("user")
    told = payload.get("type") == "block_actions" and bot and us.bot_id
    return bool(told) and bot != us.bot_id and user != us.bot_user


def command(payload: Payload, person: Person, team: str, now: datetime, *, direct: bool) -> Incoming:
    """A slash command."""
    place = Place(payload["channel_id"], direct, payload.get("channel_name", ""))
    return Incoming(workspace_key(team), person, place, Via.SLASH, Words(payload.get("text") or ""), now)


def words_of(text: str, bot_user: str) -> str:
    """What is said to the app: the words after its name, or before it where it ends the sentence."""
    ours = re.compile(rf"<@{re.escape(bot_user)}(?:\|[^>]*)?>[\s:,]*")
    before, *after = ours.split(text, maxsplit=1)
    if not after:
        return _MENTION.sub("", text, count=1)
    return after[0] if after[0].strip() else before.strip(" ,:")


def mention(payload: Payload, person: Person, us: Identity, now: datetime) -> Incoming:
    """A mention in a channel, in a thread or not."""
    event = payload["event"]
    thread = event.get("thread_ts") or event["ts"]
    return _said(payload, person, us, now, Via.MENTION, thread)


def direct(payload: Payload, person: Person, us: Identity, now: datetime) -> Incoming:
    """A direct message. Guided conversations belong to the person, whatever thread they go on in."""
    return _said(payload, person, us, now, Via.DIRECT, payload["event"].get("thread_ts"))


def _said(
    payload: Payload, person: Person, us: Identity, now: datetime, via: Via, thread: str | None
) -> Incoming:
    event = payload["event"]
    return Incoming(
        workspace_key(us.team),
        person,
        Place(event["channel"], direct=via is Via.DIRECT),
        via,
        Words(words_of(event.get("text") or "", us.bot_user)),
        now,
        thread=thread,
        message=event["ts"],
        event=str(payload.get("event_id") or ""),
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a button or a form belongs: the place, the thread and message if any, and how to answer there.

    `alone`: only the person sees that message (an ephemeral one). `url`: the `response_url`. `view`: the answer belongs into
    this modal, or into a new one (`NEW_VIEW`); the channel is the direct message then, for what fits into no modal.
    """

    channel: str
    thread: str = ""
    message: str = ""
    url: str = ""
    alone: bool = False
    view: str = ""


def pressed(payload: Payload) -> tuple[Origin, str] | None:
    """The origin and the words of a button of ours; None where it is none."""
    action = (payload.get("actions") or [{}])[0]
    view = _view_of(payload)
    channel = (payload.get("channel") or {}).get("id") or (payload.get("container") or {}).get("channel_id")
    words = action.get("value") or ""
    ours = action.get("type") == "button" and str(action.get("action_id", "")).startswith(f"{SAY}:")
    if not ours or not isinstance(words, str) or not (channel or view):
        return None
    if not channel:
        return Origin("", view=view), words
    box, message = payload.get("container") or {}, payload.get("message") or {}
    origin = Origin(
        channel,
        thread=str(box.get("thread_ts") or message.get("thread_ts") or ""),
        message=str(box.get("message_ts") or message.get("ts") or ""),
        url=str(payload.get("response_url") or ""),
        alone=bool(box.get("is_ephemeral")),
    )
    return origin, words


def _view_of(payload: Payload) -> str:
    """Where the answer to a button goes that stands in a view: in an answer in its place, in Home on top of it."""
    view = payload.get("view") or {}
    if view.get("type") == "home":
        return NEW_VIEW
    return str(view.get("id") or "") if view.get("callback_id") == ANSWER else ""


def shortcut(payload: Payload) -> tuple[Origin, str] | None:
    """Where a shortcut's form belongs, and what is filled in; None where it is none of ours.

    The message that it was taken on is data: its text, as it was written.
    """
    name, kind = payload.get("callback_id"), payload.get("type")
    if name == NEW_SHORTCUT and kind == "shortcut":
        return Origin("", view=NEW_VIEW), ""
    channel = (payload.get("channel") or {}).get("id")
    if name != LOG_SHORTCUT or kind != "message_action" or not channel:
        return None
    message = payload.get("message") or {}
    origin = Origin(
        channel, thread=str(message.get("thread_ts") or ""), url=str(payload.get("response_url") or "")
    )
    return origin, str(message.get("text") or "")


def author_of(payload: Payload) -> tuple[str, str]:
    """Who wrote the message that a shortcut was taken on, and of which team they are; empty where it is not told."""
    message = payload.get("message") or {}
    return str(message.get("user") or ""), str(message.get("user_team") or message.get("team") or "")


def press(origin: Origin, words: str, person: Person, team: str, now: datetime, *, direct: bool) -> Incoming:
    """A button."""
    return _at(origin, Press(words), Via.BUTTON, person, team, now, direct=direct)


def submission(
    origin: Origin,
    words: str,
    values: Mapping[str, str],
    person: Person,
    team: str,
    now: datetime,
    *,
    direct: bool,
) -> Incoming:
    """A form that was sent."""
    return _at(origin, Submission(words, values), Via.FORM, person, team, now, direct=direct)


def _at(
    origin: Origin,
    act: Press | Submission,
    via: Via,
    person: Person,
    team: str,
    now: datetime,
    *,
    direct: bool,
) -> Incoming:
    return Incoming(
        workspace_key(team),
        person,
        Place(origin.channel, direct),
        via,
        act,
        now,
        thread=origin.thread or None,
        message=origin.message or None,
    )
