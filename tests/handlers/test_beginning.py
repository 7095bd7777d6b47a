"""What somebody says who does not know the words yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.beginning import as_beginner
from tests.support.plans import begin
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A Prep to talk to."""
    talk = Talk(database_url)
    yield talk
    talk.close()


@pytest.mark.parametrize(
    "said",
    [
        "how do I start",
        "Where do we begin?",
        "help me",
        "help me prepare a negotiation with Acme about housings",
        "I have a call with a supplier tomorrow and I want to prepare",
        "We need to negotiate with Acme",
        "can you help me with a supplier?",
        "what should I do?",
        "what's next",
    ],
)
def test_the_first_words_of_somebody_new_come_to_the_hub(talk: Talk, said: str) -> None:
    answer = talk.say(said)
    assert not answer.outcome.refused
    assert "New plan" in answer.buttons


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("what is a BATNA?", "batna [PLAN]"),
        ("what does mandate mean", "mandate PLAN FIGURE by WHOM until DATE"),
        ("what's a walk-away?", "term PLAN NAME"),
        ("explain concession", "give PLAN"),
    ],
)
def test_a_word_is_explained(talk: Talk, said: str, told: str) -> None:
    assert told in talk.say(said).text


def test_the_plan_is_shown_to_who_asks_politely(talk: Talk) -> None:
    begin(talk)
    for said in (
        "show me the plan",
        "show us the brief for acme",
        "what can I give?",
        "what can we give acme",
    ):
        assert "Acme: housings" in talk.say(said).text


@pytest.mark.parametrize(
    "said",
    [
        "show acme",
        "help batna",
        "we need net 60 to start",
        "what drives your cost?",
        "I need to plan a trip",
        "what",
    ],
)
def test_other_words_are_left_to_the_others(said: str) -> None:
    assert as_beginner(said) is None


def test_how_is_no_slip_of_show(talk: Talk) -> None:
    begin(talk)
    assert "I do not know what to do with" in talk.say("how many do they make").text
