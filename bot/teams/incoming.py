"""From what Teams sends to an Incoming. Pure.

A message in a channel or a group is for Prep only if it mentions Prep, is typed as a private command, or is what a
button sends. Of a button only the words are taken, of a form also the texts in its fields: nothing in them says who
somebody is, or what they may do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bot.teams.card_actions import ALONE
from bot.teams.connector import dict_in, dicts_in, reference_of, strip_mention
from handlers.turn import Act, Incoming, Place, Press, Submission, Via, Words, WorkspaceKey

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.turn import Person

PLATFORM = "teams"
ONE, MANY = "one.", "many."  # fields of a card begin with how their value is written
_PRESS = "adaptiveCard/action"
_MOST_WORDS = 4000
_MOST_VALUE = 30_000


def read(activity: dict[str, Any], person: Person, now: datetime) -> Incoming | None:
    """One thing that `person` did, or None where it is not for Prep or cannot be read."""
    reference = reference_of(activity)
    act = _act(activity)
    tenant = reference["tenant_id"]
    if act is None or not isinstance(tenant, str) or not tenant or not person.id:
        return None
    direct = reference["kind"] == "personal"
    via = _via(act, direct=direct, private=is_private_command(activity))
    if via is Via.MENTION and not mentions_us(activity):
        return None
    return Incoming(
        WorkspaceKey(PLATFORM, tenant),
        person,
        Place(reference["base_id"], direct),
        via,
        act,
        now,
        thread=reference["thread_id"],
        message=_id(activity, "id" if isinstance(act, Words) else "replyToId"),
        event=event_of(activity, reference["base_id"]),
    )


def is_press(activity: dict[str, Any]) -> bool:
    """Whether this is a button of a card, whose sender waits for an answer."""
    return activity.get("type") == "invoke" and activity.get("name") == _PRESS


def is_on_own_card(activity: dict[str, Any]) -> bool:
    """Whether a button says that it stands on a card that one person sees (see `card_actions.alone`)."""
    value = dict_in(activity, "value")
    return (dict_in(value, "action", "data") or value).get(ALONE) is True


def is_private_command(activity: dict[str, Any]) -> bool:
    """Whether it was typed so that nobody else in the channel or group sees it."""
    return dict_in(activity, "recipient").get("isTargeted") is True


def speaks_as_bot(activity: dict[str, Any]) -> bool:
    """Whether another bot sent it."""
    sender = dict_in(activity, "from")
    return sender.get("role") == "bot" or str(sender.get("id") or "").startswith("28:")


def mentions_us(activity: dict[str, Any]) -> bool:
    """Whether Prep is mentioned, by its id: somebody else may be called like it."""
    us = dict_in(activity, "recipient").get("id")
    return any(
        e.get("type") == "mention" and us is not None and dict_in(e, "mentioned").get("id") == us
        for e in dicts_in(activity, "entities")
    )


def event_of(activity: dict[str, Any], conversation: str) -> str:
    """What tells a second delivery of the same thing, empty where nothing does; ids count within a conversation."""
    identity = _id(activity, "id")
    return f"{activity['type']} {conversation} {identity}" if identity else ""


def _act(activity: dict[str, Any]) -> Act | None:
    if is_press(activity):
        return act_of(dict_in(activity, "value", "action", "data"))
    if activity.get("type") != "message" or speaks_as_bot(activity):
        return None
    if activity.get("value") is not None:
        return act_of(dict_in(activity, "value"))
    return Words(_typed(activity))


def _typed(activity: dict[str, Any]) -> str:
    """What was typed, without the name of Prep before it, which some clients leave there in a private command."""
    text = strip_mention(activity)
    if not is_private_command(activity):
        return text
    name = str(dict_in(activity, "recipient").get("name") or "")
    for start in (f"/{name}", "/prep"):
        rest = text[len(start) :]
        if len(start) > 1 and text.lower().startswith(start.lower()) and rest[:1].strip() == "":
            return rest.strip()
    return text


def act_of(data: dict[str, Any]) -> Act | None:
    """What a button or a form of a card sends; None where it cannot be read."""
    words = data.get("words")
    if not isinstance(words, str) or len(words) > _MOST_WORDS:
        return None
    return Submission(words, _values(data)) if data.get("form") is True else Press(words)


def _values(data: dict[str, Any]) -> dict[str, str]:
    values = {}
    for name, value in data.items():
        text = value[:_MOST_VALUE] if isinstance(value, str) else ""
        if name.startswith(MANY):
            chosen = [unquote(part) for part in text.split(",") if part]
            values[name.removeprefix(MANY)] = "\n".join(chosen)
        elif name.startswith(ONE):
            values[name.removeprefix(ONE)] = text
    return values


def _via(act: Act, *, direct: bool, private: bool) -> Via:
    if isinstance(act, Submission):
        return Via.FORM
    if isinstance(act, Press):
        return Via.BUTTON
    if direct:
        return Via.DIRECT
    return Via.SLASH if private else Via.MENTION


def _id(activity: dict[str, Any], key: str) -> str | None:
    value = activity.get(key)
    return value if isinstance(value, str) and value else None
