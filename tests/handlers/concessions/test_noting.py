"""`log this`: a form filled in with what was just read, on every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.concessions.noting import LONGEST
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    made = Talk(database_url)
    for line in ("new quick Acme: housings", "later", "term acme price: open 3.45, target 3.70, stop 4.05"):
        made.say(line)
    yield made
    made.close()


def stands(talk: Talk, words: str, who: str = "ann", channel: str | None = "room") -> dict[str, str]:
    form = talk.press(words, who, channel=channel).form
    assert form is not None
    assert form.words == "log this"
    return {field.key: field.value for field in form.fields}


def test_what_was_read_is_filled_in_with_who_moved(talk: Talk) -> None:
    plan = stands(talk, "log this")["plan"]
    assert plan.startswith("plan:")
    assert stands(talk, "log this theirs: we  give\nyou a pen") == {
        "plan": plan,
        "side": "theirs",
        "moved": "we give you a pen",
        "returned": "",
    }
    assert stands(talk, "log this a pen: blue")["moved"] == "a pen: blue"
    assert len(stands(talk, f"log this ours: {'x' * 2000}")["moved"]) == LONGEST


def test_it_is_logged_for_whoever_moved(talk: Talk) -> None:
    plan = stands(talk, "log this")["plan"]
    values = {"plan": plan, "side": "theirs", "moved": "price 4.12 -> 3.95", "returned": "a pen"}
    said = talk.submit("log this", values, channel="room")
    assert "logged as #1" in said.text
    assert said.shown.private
    row = next(line for line in talk.say("log acme").text.splitlines() if line.startswith("1"))
    assert row.split()[1:] == ["a", "pen", "price", "4.12", "->", "3.95"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"plan": ""}, "Which plan"),
        ({"plan": "plan:999"}, "not there for you"),
        ({"moved": " "}, "I need what moved"),
        ({"moved": "price 3.45 -> soon"}, "soon"),
    ],
)
def test_what_is_wrong_changes_nothing(talk: Talk, changes: dict[str, str], wrong: str) -> None:
    values = {"plan": stands(talk, "log this")["plan"], "side": "ours", "moved": "a pen", "returned": ""}
    said = talk.submit("log this", values | changes)
    assert said.outcome.refused
    assert wrong in said.text
    assert "Nothing logged yet" in talk.say("log acme").text


def test_of_several_plans_the_one_named_here_is_chosen_else_none(talk: Talk) -> None:
    acme = stands(talk, "log this")["plan"]
    talk.say("new quick Borg: seals")
    talk.say("later")
    assert stands(talk, "log this", channel="other")["plan"] == ""
    talk.say("show acme", channel="room")
    assert stands(talk, "log this")["plan"] == acme


def test_who_may_change_no_plan_is_told_so_and_cannot_log_by_a_form_of_another(talk: Talk) -> None:
    plan = stands(talk, "log this")["plan"]
    talk.say("hub", "bob")
    talk.say("share acme <@bob>")
    assert "no live plan" in talk.press("log this", "bob", channel="room").text
    values = {"plan": plan, "side": "ours", "moved": "a pen", "returned": ""}
    assert "not change it" in talk.submit("log this", values, "bob").text
    assert "not there for you" in talk.submit("log this", values, "cat").text


def test_somebody_from_outside_sees_no_form(talk: Talk) -> None:
    assert talk.press("log this a pen", person("gus", guest=True), channel="room").form is None  # type: ignore[arg-type]
