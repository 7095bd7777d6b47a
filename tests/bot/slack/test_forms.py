"""Forms as modals: within Slack's limits, and what comes back is what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack import forms
from bot.slack.forms import answer_wrong, origin_of, values_of, view
from bot.slack.incoming import Origin
from handlers.turn import Field, FieldKind, Form
from tests.doubles.slack import fields
from tests.doubles.slack.validate import view_problems

ORIGIN = Origin("C1", "1.2", "3.4", "https://hooks.example/x", alone=True)
PRICE = Field("price", "Price", hint="3.52")
HOW = Field("how", "How", FieldKind.CHOICE, "w", options=(("v", "Verbal"), ("w", "In writing")))
WHO = Field("who", "Who", FieldKind.SEVERAL, "a\nc", options=(("a", "Ann"), ("b", "Bob"), ("c", "Cat")))
DAY = Field("day", "Until", FieldKind.DATE, "2026-05-29")


def made(*parts: Field, **more: Any) -> dict[str, Any]:
    found = view(Form("offer plan:1", "Offer", parts, **more), ORIGIN)
    assert found is not None
    return found


def sent(found: dict[str, Any], **typed: Any) -> dict[str, Any]:
    """The view as it comes back with its submission."""
    state: dict[str, Any] = {}
    for name, value in typed.items():
        block, element = fields.field(found["blocks"], name)
        state.setdefault(block["block_id"], {})[element["action_id"]] = fields.entry(element, value)
    return found | {"state": {"values": fields.state(found["blocks"], state)}}


def test_every_kind_of_field_comes_back() -> None:
    found = made(PRICE, HOW, WHO, DAY)
    assert view_problems(found) == []
    assert values_of(sent(found)) == {"price": "", "how": "w", "who": "a\nc", "day": "2026-05-29"}
    typed = sent(found, Price="3.60", How="Verbal", Who=["Bob"], Until="2026-06-01")
    assert values_of(typed) == {"price": "3.60", "how": "v", "who": "b", "day": "2026-06-01"}


def test_an_example_stands_in_the_field_until_something_is_typed() -> None:
    block = made(PRICE)["blocks"][0]
    assert block["element"]["placeholder"]["text"] == "3.52"
    assert "hint" not in block


def test_a_hint_that_no_field_can_hold_stands_below_it() -> None:
    long = Field("note", "Note", hint="how " * 50)
    block = made(Field("until", "Until", FieldKind.DATE, hint="empty: not quoted"), long)["blocks"]
    assert block[0]["hint"]["text"] == "empty: not quoted"
    assert block[1]["hint"]["text"].startswith("how how")
    assert "placeholder" not in block[1]["element"]


def test_it_knows_where_it_came_from() -> None:
    assert origin_of(made(PRICE)) == (ORIGIN, "offer plan:1")


@pytest.mark.parametrize(
    "metadata", ["", "This is for you!", "[]", "{}", '{"words": "x"}', '{"words":1,"y":2}']
)
def test_what_is_no_form_of_ours_is_none(metadata: str) -> None:
    assert origin_of({"private_metadata": metadata}) is None


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
LONG = st.lists(st.one_of(TEXT, st.just("long " * 300), st.just("x" * 3500)), max_size=8).map("\n".join)


@settings(max_examples=60)
@given(st.lists(LONG, min_size=1, max_size=6))
def test_a_text_of_any_length_comes_back_as_it_was(values: list[str]) -> None:
    parts = [Field(f"f{n}", f"Field {n}", FieldKind.LINES, value) for n, value in enumerate(values)]
    found = made(*parts)
    assert view_problems(found) == []
    assert values_of(sent(found)) == {f"f{n}": value for n, value in enumerate(values)}


def test_long_names_are_shortened_and_the_title_stands_whole_above() -> None:
    found = view(
        Form("w", "A title that is much too long for Slack", (PRICE,), "Save all of this for ever"), ORIGIN
    )
    assert found is not None
    assert view_problems(found) == []
    assert "A title that is much too long for Slack" in str(found["blocks"][0])


def test_what_has_no_room_in_a_modal_is_none() -> None:
    assert view(Form("w" * 3000, "T", (PRICE,)), ORIGIN) is None
    assert view(Form("w", "T", tuple(Field(f"k{n}", "L") for n in range(120))), ORIGIN) is None
    assert view(Form("w", "T", ()), ORIGIN) is None


def test_options_that_no_menu_takes_are_typed() -> None:
    many = tuple((str(n), f"Option {n}") for n in range(150))
    found = made(Field("many", "Many", FieldKind.CHOICE, "3", options=many))
    assert view_problems(found) == []
    assert values_of(sent(found)) == {"many": "3"}


def test_an_unreadable_day_stands_empty() -> None:
    found = made(Field("day", "Until", FieldKind.DATE, "soon"))
    assert view_problems(found) == []
    assert values_of(sent(found)) == {"day": ""}


def test_an_error_that_repeats_what_was_typed_stands_at_that_field() -> None:
    found = sent(made(PRICE, DAY), Price="cheap")
    answer = answer_wrong(found, ['I read "cheap", and that is no price.', "For example: 3.52"])
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [found["blocks"][0]["block_id"]]


def test_an_error_that_names_one_field_stands_there() -> None:
    found = sent(made(PRICE, HOW))
    assert answer_wrong(found, ["The price is missing."])["response_action"] == "errors"


def test_another_error_stands_on_top_and_what_was_typed_stays() -> None:
    found = sent(made(PRICE, HOW, WHO, DAY), Price="3.60", How="Verbal", Who=["Bob"], Until="2026-06-01")
    answer = answer_wrong(found, ["That cannot be."])
    again = answer["view"]
    assert answer["response_action"] == "update"
    assert view_problems(again) == []
    assert "That cannot be." in str(again["blocks"][0])
    assert values_of(sent(again)) == {"price": "3.60", "how": "v", "who": "b", "day": "2026-06-01"}
    assert origin_of(again) == (ORIGIN, "offer plan:1")


def test_a_second_error_takes_the_place_of_the_first() -> None:
    first = answer_wrong(sent(made(PRICE, HOW)), ["That cannot be."])["view"]
    second = answer_wrong(sent(first), ["Nor can that."])["view"]
    assert [block.get("block_id") for block in second["blocks"]].count(forms.ERROR) == 1
    assert "That cannot be." not in str(second)
