"""Two people on one plan: nothing is overwritten silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.tables import Term
from tests.handlers.prep.looking import answers, rows

if TYPE_CHECKING:
    from tests.support.talk import Said, Talk


@pytest.fixture
def shared(talk: Talk) -> Talk:
    """Ann and Bob prepare Acme; both are asked for the goal."""
    talk.say("new full Acme: housings")
    talk.say("hub", "bob")
    talk.say("share acme @bob to edit")
    for who in ("ann", "bob"):
        said = talk.press("resume full acme", who)
        for _ in range(6):
            said = talk.press(said.buttons["Skip"], who)
    assert "7 of 36" in talk.say("resume").text
    assert "7 of 34" in talk.say("resume", "bob").text
    return talk


def collide(talk: Talk) -> Said:
    talk.say("price at 3.70", "ann")
    said = talk.say("two years of supply", "bob")
    assert "Ann" in said.text
    assert "Theirs: price at 3.70" in said.text
    assert "Yours: two years of supply" in said.text
    assert answers(talk)["goal"].text == "price at 3.70"
    return said


def test_the_second_is_told_and_may_keep_the_first(shared: Talk) -> None:
    said = collide(shared)
    after = shared.press(said.buttons["Keep theirs"], "bob")
    assert "8 of 34" in after.text
    assert answers(shared)["goal"].text == "price at 3.70"


def test_the_second_may_take_their_own(shared: Talk) -> None:
    said = collide(shared)
    after = shared.press(said.buttons["Take mine"], "bob")
    assert "8 of 34" in after.text
    assert answers(shared)["goal"].text == "two years of supply"
    assert "settled already" in shared.press(said.buttons["Take mine"], "bob").text


def test_a_third_change_is_shown_as_well(shared: Talk) -> None:
    said = collide(shared)
    shared.say("set acme: goal price at 3.65", "ann")
    again = shared.press(said.buttons["Take mine"], "bob")
    assert "Theirs: price at 3.65" in again.text
    assert answers(shared)["goal"].text == "price at 3.65"
    shared.press(again.buttons["Take mine"], "bob")
    assert answers(shared)["goal"].text == "two years of supply"


def test_one_s_own_newer_answer_is_no_conflict(shared: Talk) -> None:
    shared.say("set acme: goal price at 3.65", "bob")
    assert "Kept: two years of supply" in shared.say("two years of supply", "bob").text


def test_set_says_what_it_took_the_place_of(shared: Talk) -> None:
    shared.say("price at 3.70", "ann")
    said = shared.say("set acme: goal two years of supply", "bob")
    assert "takes the place of an answer to goal (Ann" in said.text
    assert "price at 3.70" in said.text


def test_a_form_overwrites_nothing_that_changed_meanwhile(shared: Talk) -> None:
    form = shared.say("edit acme frame", "bob").form
    assert form is not None
    shared.say("price at 3.70", "ann")
    values = {field.key: field.value for field in form.fields}
    said = shared.submit(form.words, {**values, "goal": "two years", "venue": "by video"}, "bob")
    assert "1 kept" in said.text
    assert "Theirs: price at 3.70" in said.text
    kept = answers(shared)
    assert (kept["goal"].text, kept["venue"].text) == ("price at 3.70", "by video")
    shared.press(said.buttons["Take mine"], "bob")
    assert answers(shared)["goal"].text == "two years"


def test_a_field_that_was_left_alone_is_no_change(shared: Talk) -> None:
    shared.say("price at 3.70", "ann")
    form = shared.say("edit acme frame", "bob").form
    assert form is not None
    shared.say("set acme: goal price at 3.60", "ann")
    values = {field.key: field.value for field in form.fields}
    said = shared.submit(form.words, {**values, "venue": "by video"}, "bob")
    assert "Theirs" not in said.text
    assert answers(shared)["goal"].text == "price at 3.60"


def test_a_reader_changes_nothing(shared: Talk) -> None:
    shared.say("hub", "cy")
    shared.say("share acme @cy")
    assert "not change it" in shared.say("set acme: goal mine", "cy").text
    assert "not change it" in shared.say("resume acme", "cy").text
    assert "goal" not in answers(shared)
    assert "Acme: housings" in shared.say("show acme", "cy").text


def test_terms_that_a_colleague_changed_by_a_command_are_not_overwritten_unseen(shared: Talk) -> None:
    shared.say("set acme: terms price 3.45/3.70/4.05", "ann")
    asked = shared.say("skip", "bob").text
    while "15 of 34" not in asked:  # the terms have their answer, so they are passed over
        assert "of 34" in asked
        asked = shared.say("skip", "bob").text
    assert "So far: price 3.45/3.70/4.05" in shared.say("back", "bob").text
    shared.say("term acme price: stop 4.10", "ann")
    said = shared.say("price 3.45/3.70/4.00", "bob")
    assert "The terms have changed since I asked. Now: price 3.45/3.70/4.10" in said.text
    assert [row.stop for row in rows(shared, Term)] == ["4.10"]
    shared.press(said.buttons["Take mine"], "bob")
    assert [row.stop for row in rows(shared, Term)] == ["4.00"]
