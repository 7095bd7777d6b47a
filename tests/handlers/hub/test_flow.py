"""What is shown to somebody who says nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from tests.support.plans import begin
from tests.support.talk import START, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Nobody has said anything yet."""
    talk = Talk(database_url)
    yield talk
    talk.close()


@contextmanager
def statements(talk: Talk) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(talk.app.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(talk.app.database.engine, "before_cursor_execute", note)


def test_a_newcomer_is_offered_a_plan(talk: Talk) -> None:
    said = talk.say("")
    assert "no plan yet" in said.text
    assert said.buttons["New plan"] == "new"


def test_plans_with_readiness_a_waiting_question_and_the_next_dates(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("Acme, housings, 30k a year, 3.95")
    talk.say("4 March 15:00, their key account manager")
    talk.say("later")
    said = talk.say("hub")
    assert "Acme: housings · 25 % ready" in said.text
    assert "A question waits: Acme: The number that matters most" in said.text
    assert "4 Mar 15:00 talks with Acme" in said.text
    assert "3 of 8" in talk.press(said.buttons["Resume"]).text


def test_many_plans_cost_no_more_statements_than_one(talk: Talk) -> None:
    begin(talk, "Acme", talks_at=START)
    talk.say("hub")
    with statements(talk) as one:
        talk.say("hub")
    for number in range(12):
        begin(talk, f"Supplier {number}", title="", talks_at=START)
    with statements(talk) as many:
        said = talk.say("hub")
    assert len(many) == len(one) <= 6
    assert "and 7 more" in said.text
    assert said.text.count("talks with") == 4


def test_others_see_nothing_of_it(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    said = talk.say("hub", "bob")
    assert "no plan yet" in said.text
    assert "Acme" not in said.text


def test_a_question_that_a_form_answered_meanwhile_waits_no_more(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("later")
    assert "A question waits: Acme: Who is it" in talk.say("").text
    talk.say("set acme: deal Acme, housings, 30k a year, 3.95")
    said = talk.say("")
    assert "A question waits: Acme: When do you talk" in said.text
    assert "When do you talk" in talk.press(said.buttons["Resume"]).text


def test_a_question_asked_again_to_change_its_answer_waits(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("Acme, housings, 30k a year, 3.95")
    talk.say("back")
    talk.say("later")
    assert "A question waits: Acme: Who is it" in talk.say("").text
