"""Commands in the middle of the questions: one that answers the open question is followed by the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.prep.looking import answers

if TYPE_CHECKING:
    from tests.support.talk import Talk


def asked(talk: Talk, *lines: str) -> str:
    """The answer to the last line, said after the quick preparation has begun."""
    talk.say("new quick Acme: housings")
    talk.say("Acme, housings, 30k a year, 3.95")
    talk.say("skip")
    return [talk.say(line).text for line in lines][-1]


def test_a_command_that_answers_the_open_question_leads_to_the_next(talk: Talk) -> None:
    said = asked(talk, "term price: open 3.45, target 3.70, stop 4.05")
    assert "Kept: price." in said
    assert "4 of 8" in said
    said = talk.say("mandate: 4.05 by CFO").text
    assert "4.05 EUR/pc by CFO" in said
    assert "5 of 8" in said


def test_a_form_that_answers_the_open_question_leads_to_the_next(talk: Talk) -> None:
    asked(talk, "3.45/3.70/4.05", "skip")
    form = talk.say("batna add Borg").form
    assert form is not None
    said = talk.submit(form.words, {"name": "Borg", "price": "4.18"})
    assert "Kept: Borg." in said.text
    assert "6 of 8" in said.text


def test_any_other_command_leaves_the_question_open(talk: Talk) -> None:
    assert "of 8" not in asked(talk, "questions add What drives your cost?")
    assert "4 of 8" in talk.say("3.45/3.70/4.05").text


def test_a_question_that_one_went_back_to_stays(talk: Talk) -> None:
    assert "4 of 8" in asked(talk, "3.45/3.70/4.05")
    talk.say("back")
    assert "of 8" not in talk.say("term price: stop 4.10").text


def test_in_a_channel_the_command_is_answered_alone(talk: Talk) -> None:
    asked(talk, "example")
    said = talk.say("term acme price: stop 4.05", channel="acme")
    assert "of 8" not in said.text
    assert said.others == []


@pytest.mark.parametrize(
    "line",
    [
        "batna acmee",
        "ready acme all",
        "terms all",
        "batna all",
        "terms",
        "questions acme page 1",
        "set acme improve ask Cyan",
        "set improve ask Cyan",
        "term price must",
        "term acme remove price",
    ],
)
def test_a_command_is_never_taken_for_an_answer(talk: Talk, line: str) -> None:
    talk.say("new full Acme: housings")
    talk.say(line)
    assert "supplier" not in answers(talk)


@pytest.mark.parametrize(
    "line", ["set up a call with their owner", "set a goal with them first", "term of two years"]
)
def test_an_answer_that_starts_like_one_is_an_answer(talk: Talk, line: str) -> None:
    talk.say("new full Acme: housings")
    talk.say(line)
    assert answers(talk)["supplier"].text == line


def test_a_sentence_that_starts_like_a_command_is_an_answer(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    talk.say("show me the Acme Holding papers first")
    assert answers(talk)["supplier"].text == "show me the Acme Holding papers first"
