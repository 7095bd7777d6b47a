"""Whether a payload has the shape that Slack documents, as far as Prep reads it. Pure.

What is signed and yet garbled comes from a proxy, a test or a fault at Slack: it is refused as a whole, before anything of it
is read, and is no fault of ours. What is missing without harm may be missing, and Slack writes null for much of that.
"""

from __future__ import annotations

from typing import Any

from bot.slack.incoming import SHORTCUTS
from bot.slack.needs import ABOUT_CHANNELS

_THINGS = ("authorizations", "channel", "container", "event", "message", "team", "view")
_TEXTS = (
    "callback_id", "channel_id", "channel_name", "command", "event_id", "response_url", "team_id", "text", "trigger_id",
    "type", "user_id",
)  # fmt: skip
_EVENT_TEXTS = (
    "bot_id", "channel", "channel_type", "event_ts", "new_channel_id", "old_channel_id", "source_team", "subtype", "tab",
    "team", "text", "thread_ts", "ts", "user_team",
)  # fmt: skip
_IDS = ("enterprise_id", "team_id")
_EITHER = ("enterprise", "user")  # a name, or what has one
_SAID = ("channel", "ts")
_OF_EVENT = {"app_mention": _SAID, "message": ("channel",), "member_joined_channel": ("channel",)}


def is_sound(payload: object) -> bool:
    """Whether everything that is read of a payload has the shape in which it is read."""
    if (
        not isinstance(payload, dict)
        or not _are(payload, _TEXTS, str)
        or not _are(payload, _EITHER, (str, dict))
    ):
        return False
    things = {name: payload.get(name) for name in _THINGS}
    lists = things.pop("authorizations")
    if not all(thing is None or isinstance(thing, dict) for thing in things.values()):
        return False
    if not (lists is None or (_all_things(lists) and all(_are(one, _IDS, str) for one in lists))):
        return False
    if "command" in payload:
        return bool(payload.get("channel_id"))
    if payload.get("type") == "event_callback":
        return _is_event(payload.get("event"))
    return _is_interaction(payload)


def _are(thing: dict[str, Any], names: tuple[str, ...], kind: type | tuple[type, ...]) -> bool:
    return all(thing.get(name) is None or isinstance(thing[name], kind) for name in names)


def _all_things(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, dict) for one in found)


def _is_event(event: object) -> bool:
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        return False
    kind = event["type"]
    if kind == "app_home_opened" or kind in ABOUT_CHANNELS or kind in _OF_EVENT:
        if not _are(event, _EVENT_TEXTS, str) or not _are(
            event, ("message", "previous_message", "edited"), dict
        ):
            return False
    elif not _are(event, ("user",), (str, dict)):
        return False
    user = event.get("user")
    known = not isinstance(user, dict) or isinstance(user.get("id"), str)
    return known and all(event.get(name) for name in _OF_EVENT.get(kind, ()))


def _is_interaction(payload: dict[str, Any]) -> bool:
    kind = payload.get("type")
    user = payload.get("user")
    if isinstance(user, dict) and not _are(user, ("id", "team_id", "name"), str):
        return False
    if not all(_has_text_id(payload.get(name)) for name in ("channel", "team", "enterprise")):
        return False
    if kind == "block_actions":
        actions = payload.get("actions") or []
        named = _all_things(actions) and all(isinstance(one.get("action_id"), str) for one in actions)
        return bool(actions) and named
    if kind in {"view_submission", "view_closed"}:
        return _is_view(payload.get("view"))
    if kind in SHORTCUTS:
        return bool(payload.get("callback_id"))
    return True


def _has_text_id(thing: object) -> bool:
    return not isinstance(thing, dict) or _are(thing, ("id",), str)


def _is_view(view: object) -> bool:
    """A form as it comes back: blocks, and what stands in their fields."""
    if not isinstance(view, dict) or not isinstance(view.get("type"), str):
        return False
    if not _are(view, ("private_metadata", "callback_id", "id"), str):
        return False
    blocks, state = view.get("blocks") or [], view.get("state") or {}
    if not _all_things(blocks) or not all(_is_block(block) for block in blocks):
        return False
    fields = state.get("values") or {} if isinstance(state, dict) else None
    if not isinstance(fields, dict):
        return False
    return all(
        isinstance(field, dict)
        and all(isinstance(value, dict) and _is_value(value) for value in field.values())
        for field in fields.values()
    )


def _is_block(block: dict[str, Any]) -> bool:
    if block.get("type") != "input":
        return _are(block, ("block_id",), str)
    is_field = isinstance(block.get("block_id"), str) and isinstance(block.get("element"), dict)
    return is_field and _are(block, ("label",), dict)


def _is_value(value: dict[str, Any]) -> bool:
    """What stands in a field."""
    several = value.get("selected_options")
    if not (several is None or (_all_things(several) and all("value" in one for one in several))):
        return False
    return _are(value, ("value", "selected_date"), str) and _are(value, ("selected_option",), dict)
