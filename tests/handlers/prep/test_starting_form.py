"""`new plan`: a plan is started from a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.turn import Via
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

VALUES = {"supplier": "Acme", "what": "housings", "script": "quick"}


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    made = Talk(database_url)
    yield made
    made.close()


def test_a_form_asks_what_new_asks(talk: Talk) -> None:
    form = talk.press("new plan").form
    assert form is not None
    assert [field.key for field in form.fields] == ["supplier", "what", "script"]
    said = talk.submit(form.words, VALUES)
    assert "Acme · Quick preparation · 1 of 8" in said.text
    assert said.outcome.answer.steps.asks


def test_from_a_channel_the_question_goes_to_the_direct_message(talk: Talk) -> None:
    said = talk.submit("new plan", VALUES | {"script": "full"}, channel="room")
    assert "direct message" in said.text
    assert [(who, "1 of 36" in text) for who, text in said.others] == [("ann", True)]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [({"supplier": " "}, "name of the supplier"), ({"what": "x" * 300}, "too long")],
)
def test_what_is_wrong_starts_nothing(talk: Talk, changes: dict[str, str], wrong: str) -> None:
    said = talk.submit("new plan", VALUES | changes)
    assert said.outcome.refused
    assert wrong in said.text
    assert "no plan yet" in talk.say("hub").text


@pytest.mark.parametrize("words", ["new plan for Acme: housings", "new plan: Acme: housings"])
def test_with_words_behind_it_is_new(talk: Talk, words: str) -> None:
    assert "Acme: quick or full?" in talk.say(words).text


def test_a_mention_is_pointed_to_a_private_place(talk: Talk) -> None:
    said = talk.say("new plan Acme: housings", channel="room", via=Via.MENTION)
    assert "Nothing was started" in said.text


def test_the_form_does_not_promise_what_the_workspace_has_changed(talk: Talk) -> None:
    form = talk.press("new plan").form
    assert form is not None
    assert form.intro.startswith("Only you see the plan.")
    talk.say("settings leads read plans on")
    form = talk.press("new plan").form
    assert form is not None
    assert form.intro.startswith("Only you and the leads of this workspace see the plan.")
