"""An answer that was meant for another question is asked about, and kept where it belongs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.manners import Manners
from handlers.prep.answers.read import Context
from handlers.prep.answers.shapes import looks, meant_for
from handlers.prep.company import Scripts
from tests.handlers.prep.looking import answers
from tests.support.talk import Talk

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CONTEXT = Context(Manners(), NOW, NOW.date(), "Acme")
QUICK = Scripts().quick.questions


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    made.say("new quick Acme: housings")
    made.say("Acme, housings, 30k a year, 3.95")
    yield made
    made.close()


@pytest.mark.parametrize("script", [Scripts().quick, Scripts().full])
def test_no_question_takes_its_own_example_for_that_of_another(script):
    for question in script.questions:
        assert meant_for(question.kind, question.example, CONTEXT) == "", question.key


@pytest.mark.parametrize("question", QUICK, ids=lambda one: one.key)
def test_each_quick_example_has_its_own_looks_alone(question):
    assert len(looks(question.example, CONTEXT)) == 1


@pytest.mark.parametrize(
    "text",
    """
    housings
    black housings, 24 months
    3M, tape
    Bob, gloves, 500 once, 2.10
    March bolts, 3k a year, 2.10
    conditional access licences, 200 a year, 12
    housings, 3.95
    """.strip().splitlines(),
)
def test_what_is_bought_is_not_asked_about(text):
    assert meant_for("deal", text.strip(), CONTEXT) == ""


def test_after_back_the_answer_in_mind_goes_where_it_belongs(talk):
    talk.say("back")
    asked = talk.say("today 15:00, their key account manager, up to 5 %")
    assert asked.text.splitlines() == [
        'I read "today 15:00, their key account manager, up to 5 %".',
        "That reads like an answer to Talks, and Deal is what I asked. Nothing was changed.",
    ]
    kept = talk.press(asked.buttons["For Talks"])
    assert kept.text.startswith("Kept: talks: 2 Mar 15:00")
    assert "1 of 8" in kept.text
    assert answers(talk)["deal"].text == "Acme, housings, 30k a year, 3.95"


def test_it_may_have_been_meant_for_the_open_question(talk):
    talk.say("back")
    asked = talk.say("net 60/45/30; lead 21/28/45")
    assert list(asked.buttons) == ["For Other terms (others)", "For Deal"]
    assert talk.press(asked.buttons["For Deal"]).text.startswith("Kept: ")


def test_a_button_of_a_question_that_was_left_does_nothing(talk):
    talk.say("back")
    asked = talk.say("today 15:00, their key account manager")
    talk.say("skip")
    said = talk.press(asked.buttons["For Talks"])
    assert said.text.startswith("That button belongs to a question you have left.")
