"""Block elements: buttons, menus and input fields, checked as Slack checks them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.doubles.slack import limits
from tests.doubles.slack.checking import (
    Json,
    Problems,
    dicts,
    items,
    keys,
    problem,
    text,
    text_object,
    unique,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PRESSED = {"type", "action_id", "confirm"}
CHOSEN = PRESSED | {"focus_on_load"}
TYPED = CHOSEN | {"placeholder"}
MENUS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
MULTI_MENUS = {f"multi_{name}" for name in MENUS}
CHOICES = {"radio_buttons", "checkboxes"}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
FIELDS = {
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "file_input",
}

IN_ACTIONS = MENUS | CHOICES | PICKERS | {"button", "overflow", "workflow_button"}
IN_SECTION = IN_ACTIONS | MULTI_MENUS | {"image"}
IN_INPUT = MENUS | MULTI_MENUS | CHOICES | PICKERS | FIELDS
IN_CONTEXT_ACTIONS = {"feedback_buttons", "icon_button"}

OWN_KEYS = {
    "button": {"text", "url", "value", "style", "accessibility_label", "agent_prompt", "alt_text"},
    "workflow_button": {"text", "workflow", "style", "accessibility_label"},
    "overflow": {"options"},
    "static_select": {"options", "option_groups", "initial_option"},
    "multi_static_select": {"options", "option_groups", "initial_options", "max_selected_items"},
    "external_select": {"initial_option", "min_query_length"},
    "multi_external_select": {"initial_options", "min_query_length", "max_selected_items"},
    "users_select": {"initial_user"},
    "multi_users_select": {"initial_users", "max_selected_items"},
    "conversations_select": {
        "initial_conversation",
        "default_to_current_conversation",
        "response_url_enabled",
        "filter",
    },
    "multi_conversations_select": {
        "initial_conversations",
        "default_to_current_conversation",
        "max_selected_items",
        "filter",
    },
    "channels_select": {"initial_channel", "response_url_enabled"},
    "multi_channels_select": {"initial_channels", "max_selected_items"},
    "radio_buttons": {"options", "initial_option"},
    "checkboxes": {"options", "initial_options"},
    "datepicker": {"initial_date"},
    "timepicker": {"initial_time", "timezone"},
    "datetimepicker": {"initial_date_time"},
    "plain_text_input": {"initial_value", "multiline", "min_length", "max_length", "dispatch_action_config"},
    "number_input": {
        "is_decimal_allowed",
        "initial_value",
        "min_value",
        "max_value",
        "dispatch_action_config",
    },
    "email_text_input": {"initial_value", "dispatch_action_config"},
    "url_text_input": {"initial_value", "dispatch_action_config"},
    "rich_text_input": {"initial_value", "dispatch_action_config"},
    "file_input": {"filetypes", "max_files"},
    "image": {"image_url", "alt_text", "slack_file"},
    "feedback_buttons": {"positive_button", "negative_button"},
    "icon_button": {"icon", "text", "value", "visible_to_user_ids", "accessibility_label"},
}
INITIAL_FORMATS = {
    "datepicker": ("initial_date", re.compile(r"\d{4}-\d{2}-\d{2}")),
    "timepicker": ("initial_time", re.compile(r"([01]\d|2[0-3]):[0-5]\d")),
    "datetimepicker": ("initial_date_time", re.compile(r"\d{10}")),
}
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def element_problems(element: Json, where: str, allowed: set[str]) -> Problems:
    """What Slack would say about one element that stands where only ``allowed`` kinds may stand."""
    kind = str(element.get("type"))
    if kind not in allowed:
        yield problem(where, f"unsupported type: {kind}")
        return
    yield from keys(element, where, OWN_KEYS[kind] | _shared_keys(kind))
    yield from text(element.get("action_id"), f"{where}/action_id", limits.ACTION_ID, required=False)
    yield from text_object(
        element.get("placeholder"), f"{where}/placeholder", limits.PLACEHOLDER, plain=True, required=False
    )
    yield from _confirm(element.get("confirm"), f"{where}/confirm")
    own = OWN_RULES.get(kind)
    if own is not None:
        yield from own(element, where)
    if kind in INITIAL_FORMATS:
        yield from _initial_format(element, where, *INITIAL_FORMATS[kind])


def _shared_keys(kind: str) -> set[str]:
    """What elements of a kind have in common; only fields and menus have a placeholder."""
    if kind == "image":
        return {"type"}
    if kind in {"button", "workflow_button", "overflow", "file_input", *IN_CONTEXT_ACTIONS}:
        return PRESSED
    return CHOSEN if kind in {"radio_buttons", "checkboxes", "datetimepicker"} else TYPED


def image_problems(image: Json, where: str) -> Problems:
    """An image needs a place to come from and words for those who cannot see it."""
    if "slack_file" not in image:
        yield from text(image.get("image_url"), f"{where}/image_url", limits.IMAGE_URL)
    yield from text(image.get("alt_text"), f"{where}/alt_text", limits.IMAGE_ALT)


def _confirm(value: object, where: str) -> Problems:
    if value is None:
        return
    if not isinstance(value, dict):
        yield problem(where, "must be an object")
        return
    for name, most in limits.CONFIRM.items():
        required = name in {"title", "text"}
        yield from text_object(
            value.get(name), f"{where}/{name}", most, plain=name != "text", required=required
        )


def _button(element: Json, where: str) -> Problems:
    yield from text_object(element.get("text"), f"{where}/text", limits.BUTTON_TEXT, plain=True)
    yield from text(element.get("value"), f"{where}/value", limits.BUTTON_VALUE, required=False)
    yield from text(element.get("url"), f"{where}/url", limits.URL, required=False)
    yield from text(element.get("accessibility_label"), where, limits.BUTTON_TEXT, required=False)
    if element.get("style") not in {None, "primary", "danger"}:
        yield problem(f"{where}/style", "must be primary or danger")


def option_problems(option: Json, where: str, *, plain: bool) -> Problems:
    """One option of a menu, or of radio buttons and checkboxes (whose text may be mrkdwn)."""
    yield from keys(option, where, {"text", "value", "description", "url"})
    yield from text_object(option.get("text"), f"{where}/text", limits.OPTION_TEXT, plain=plain)
    yield from text(option.get("value"), f"{where}/value", limits.OPTION_VALUE)
    yield from text(option.get("url"), f"{where}/url", limits.URL, required=False)
    yield from text_object(
        option.get("description"),
        f"{where}/description",
        limits.OPTION_DESCRIPTION,
        plain=plain,
        required=False,
    )


def _options(options: object, where: str, most: int, *, plain: bool) -> Problems:
    yield from items(options, where, most)
    for place, option in dicts(options):
        yield from option_problems(option, f"{where}/{place}", plain=plain)
    yield from unique([option.get("value") for _, option in dicts(options)], where, "value")


def _overflow(element: Json, where: str) -> Problems:
    yield from _options(element.get("options"), f"{where}/options", limits.OVERFLOW_OPTIONS, plain=True)


def _static_menu(element: Json, where: str) -> Problems:
    groups = element.get("option_groups")
    if (groups is None) == (element.get("options") is None):
        yield problem(where, "exactly one of options and option_groups is required")
    elif groups is None:
        yield from _options(element["options"], f"{where}/options", limits.SELECT_OPTIONS, plain=True)
    else:
        yield from items(groups, f"{where}/option_groups", limits.OPTION_GROUPS)
        for place, group in dicts(groups):
            here = f"{where}/option_groups/{place}"
            yield from text_object(group.get("label"), f"{here}/label", limits.OPTION_TEXT, plain=True)
            yield from _options(group.get("options"), f"{here}/options", limits.SELECT_OPTIONS, plain=True)
    yield from _initial(element, where)


def _choices(element: Json, where: str) -> Problems:
    yield from _options(element.get("options"), f"{where}/options", limits.CHOICE_OPTIONS, plain=False)
    yield from _initial(element, where)


def options_of(element: Json) -> list[Json]:
    """All options that an element offers, those in groups too."""
    grouped = [
        option
        for _, group in dicts(element.get("option_groups"))
        for _, option in dicts(group.get("options"))
    ]
    return [option for _, option in dicts(element.get("options"))] + grouped


def _initial(element: Json, where: str) -> Problems:
    one = element.get("initial_option")
    chosen = [one] if one is not None else element.get("initial_options") or []
    if element.get("initial_options") == []:
        yield problem(f"{where}/initial_options", "no fewer than 1 items allowed")
    offered = [(option.get("value"), option.get("text")) for option in options_of(element)]
    for _, option in dicts(chosen):
        if (option.get("value"), option.get("text")) not in offered:
            yield problem(where, "initial option is not among the options")


def _initial_format(element: Json, where: str, key: str, form: re.Pattern[str]) -> Problems:
    value = element.get(key)
    if value is not None and not form.fullmatch(str(value)):
        yield problem(f"{where}/{key}", "failed to match the format")


def _text_field(element: Json, where: str) -> Problems:
    yield from text(
        element.get("initial_value"), f"{where}/initial_value", limits.INPUT_TEXT, least=0, required=False
    )
    for name in ("min_length", "max_length"):
        number = element.get(name)
        if number is not None and not 0 <= int(number) <= limits.INPUT_TEXT:
            yield problem(f"{where}/{name}", f"must be between 0 and {limits.INPUT_TEXT}")


def _number_field(element: Json, where: str) -> Problems:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        yield problem(where, "missing required field: is_decimal_allowed")
    for name in ("initial_value", "min_value", "max_value"):
        value = element.get(name)
        if value is not None and not (isinstance(value, str) and NUMBER.fullmatch(value)):
            yield problem(f"{where}/{name}", "must be a number in a string")


OWN_RULES: dict[str, Callable[[Json, str], Problems]] = {
    "button": _button,
    "overflow": _overflow,
    "static_select": _static_menu,
    "multi_static_select": _static_menu,
    "radio_buttons": _choices,
    "checkboxes": _choices,
    "plain_text_input": _text_field,
    "number_input": _number_field,
    "image": image_problems,
}
