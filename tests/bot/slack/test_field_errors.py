"""What is wrong with a form in Slack: at each field that is wrong, all at once, or elsewhere where a field is not there."""

from __future__ import annotations

from bot.slack.field_errors import at_fields
from bot.slack.forms import view
from bot.slack.incoming import Origin
from handlers.turn import Field, FieldKind, Form

FORM = Form("w", "A form", (Field("price", "Price"), Field("long", "Long", FieldKind.LINES, "x" * 4000)))


def test_each_error_stands_at_its_field() -> None:
    sent = view(FORM, Origin("C1"))
    answer = at_fields(sent, [("price", "I need a figure."), ("long", "Too long.")])
    blocks = [block["block_id"] for block in sent["blocks"]]
    assert answer["response_action"] == "errors"
    assert list(answer["errors"].values()) == ["I need a figure.", "Too long."]
    assert set(answer["errors"]) <= set(blocks)


def test_what_belongs_to_no_field_is_said_otherwise() -> None:
    sent = view(FORM, Origin("C1"))
    assert at_fields(sent, []) is None
    assert at_fields(sent, [("price", "No."), ("other", "No.")]) is None
