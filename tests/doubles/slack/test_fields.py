"""Forms as people fill them in: values, first values, and what Slack itself does not let through."""

from __future__ import annotations

from typing import Any

import pytest

from tests.doubles.slack import fields
from tests.doubles.slack.errors import NotInSlack

OPTIONS = [
    {"text": {"type": "plain_text", "text": "Quoted"}, "value": "q"},
    {"text": {"type": "mrkdwn", "text": "*Not* quoted"}, "value": "n"},
]


def block(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    label = {"type": "plain_text", "text": "Status"}
    return {"type": "input", "block_id": "b", "label": label, "element": {"action_id": "a"} | element} | more


@pytest.mark.parametrize(
    ("element", "typed", "value"),
    [
        ({"type": "plain_text_input"}, "4.05", {"value": "4.05"}),
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "static_select", "options": OPTIONS}, "Quoted", {"selected_option": OPTIONS[0]}),
        ({"type": "checkboxes", "options": OPTIONS}, ["q", "Not quoted"], {"selected_options": OPTIONS}),
        ({"type": "datepicker"}, "2026-05-29", {"selected_date": "2026-05-29"}),
        ({"type": "multi_users_select"}, ["U1"], {"selected_users": ["U1"]}),
    ],
)
def test_values_of_filled_in_fields(element: dict[str, Any], typed: object, value: dict[str, Any]) -> None:
    assert fields.entry(element, typed) == {"type": element["type"]} | value


def test_an_option_that_is_not_offered() -> None:
    with pytest.raises(NotInSlack, match="Maybe"):
        fields.entry({"type": "static_select", "options": OPTIONS}, "Maybe")


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "initial_value": "x"}, {"value": "x"}),
        (
            {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]},
            {"selected_option": OPTIONS[1]},
        ),
        ({"type": "checkboxes", "options": OPTIONS}, {"selected_options": []}),
        ({"type": "datepicker", "initial_date": "2026-05-29"}, {"selected_date": "2026-05-29"}),
        ({"type": "multi_users_select"}, {"selected_users": []}),
    ],
)
def test_values_of_fields_that_nobody_touched(element: dict[str, Any], value: dict[str, Any]) -> None:
    state = fields.state([block(element)], {})
    assert state == {"b": {"a": {"type": element["type"]} | value}}


@pytest.mark.parametrize("name", ["Status", "b", "a"])
def test_fields_are_found_by_label_block_or_action(name: str) -> None:
    found, element = fields.field([block({"type": "plain_text_input"})], name)
    assert (found["block_id"], element["action_id"]) == ("b", "a")


@pytest.mark.parametrize(
    ("element", "typed", "complaint"),
    [
        ({"type": "plain_text_input"}, None, "please complete"),
        ({"type": "plain_text_input", "max_length": 3}, "four", "too long"),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "too short"),
        ({"type": "number_input", "is_decimal_allowed": False}, "4.05", "not a number"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "4"}, "4.05", "out of range"),
    ],
)
def test_what_slack_does_not_let_through(element: dict[str, Any], typed: object, complaint: str) -> None:
    blocks = [block(element)]
    values = fields.state(blocks, {"b": {"a": fields.entry(element, typed)}})
    assert complaint in fields.refusals(blocks, values)["b"]
    fine = {"b": {"a": {"type": element["type"], "value": "4" if "max_value" in element else "123"}}}
    assert fields.refusals(blocks, fine) == {}


def test_optional_fields_may_stay_empty() -> None:
    blocks = [block({"type": "plain_text_input"}, optional=True)]
    assert fields.refusals(blocks, fields.state(blocks, {})) == {}
