"""Form fields as a person fills them in: state values, what stands in them at first, what Slack itself refuses."""

from __future__ import annotations

import re

from tests.doubles.slack.checking import Json, dicts
from tests.doubles.slack.core import interactive
from tests.doubles.slack.elements import options_of
from tests.doubles.slack.errors import NotInSlack
from tests.doubles.slack.reading import mrkdwn

SINGLE = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
ONE_OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
MANY_OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}
BUTTONS = {"button", "workflow_button", "icon_button"}


def label_of(value: Json) -> str:
    """The words on a button or an option."""
    text = value.get("text") or {}
    shown = str(text.get("text", ""))
    return shown if text.get("type") == "plain_text" else mrkdwn(shown)


def option(element: Json, wanted: str) -> Json:
    """The option with these words or this value."""
    for one in options_of(element):
        if wanted in {label_of(one), one.get("value")}:
            return one
    offered = [label_of(one) for one in options_of(element)]
    raise NotInSlack(f"no option {wanted!r} among {offered}")


def entry(element: Json, wanted: object) -> Json:
    """The state value of a field that somebody filled in; options by their words or values."""
    kind = str(element["type"])
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": None if wanted is None else option(element, str(wanted))}
    if kind in MANY_OPTIONS:
        many = wanted if isinstance(wanted, list | tuple) else [] if wanted is None else [wanted]
        return {"type": kind, "selected_options": [option(element, str(one)) for one in many]}
    if kind in SINGLE:
        return {"type": kind, SINGLE[kind][0]: wanted}
    return {"type": kind, "value": None if wanted in {None, ""} else str(wanted)}


def initial(element: Json) -> Json:
    """The state value of a field that nobody touched."""
    kind = str(element["type"])
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind in SINGLE:
        chosen, first = SINGLE[kind]
        return {"type": kind, chosen: element.get(first, [] if kind.startswith("multi_") else None)}
    return {"type": kind, "value": element.get("initial_value")}


def state(blocks: list[Json], typed: Json) -> Json:
    """``{block_id: {action_id: value}}`` of everything that can be filled in."""
    found: Json = {}
    for block in blocks:
        for element in interactive(block):
            if element["type"] in BUTTONS | {"overflow"}:
                continue
            known = typed.get(block["block_id"], {}).get(element["action_id"])
            found.setdefault(block["block_id"], {})[element["action_id"]] = known or initial(element)
    return found


def field(blocks: list[Json], name: str) -> tuple[Json, Json]:
    """The block and the element that a field's label, block id or action id means."""
    for block in blocks:
        label = (block.get("label") or {}).get("text")
        for element in interactive(block):
            if name in {label, block.get("block_id"), element.get("action_id")}:
                return block, element
    labels = [(block.get("label") or {}).get("text") for block in blocks if block.get("type") == "input"]
    raise NotInSlack(f"no field {name!r} among {labels}")


def refusals(blocks: list[Json], values: Json) -> dict[str, str]:
    """Fields that Slack's own form would not let through, by block id."""
    found = {}
    for _, block in dicts(blocks):
        element = block.get("element")
        if block.get("type") != "input" or not isinstance(element, dict):
            continue
        complaint = _refusal(block, element, values[block["block_id"]][element["action_id"]])
        if complaint:
            found[str(block["block_id"])] = complaint
    return found


def _refusal(block: Json, element: Json, value: Json) -> str:
    given = next((content for key, content in value.items() if key != "type"), None)
    if not given:
        return "" if block.get("optional") else "please complete this required field"
    text = str(given)
    if element["type"] == "plain_text_input":
        if len(text) > int(element.get("max_length", 3000)):
            return "too long"
        return "too short" if len(text) < int(element.get("min_length", 0)) else ""
    if element["type"] == "number_input":
        return _number_refusal(element, text)
    return ""


def _number_refusal(element: Json, text: str) -> str:
    form = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(form, text):
        return "not a number"
    low, high = float(element.get("min_value", "-inf")), float(element.get("max_value", "inf"))
    return "" if low <= float(text) <= high else "out of range"
