"""An entry of the log that is said twice: asked about, logged again where that is meant, and never by pressing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.handlers.acme import prepare
from tests.support.talk import Talk

GIVE = "give acme net 60 -> 45 for price 3.95 -> 3.80"


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    prepare(made)
    made.say("stop")
    yield made
    made.close()


@pytest.mark.parametrize(
    "line", [GIVE, "give acme net 45", "got acme free samples", "got acme price 3.80 for a reference visit"]
)
def test_the_same_words_again_are_asked_about(talk, line):
    assert "logged as #1" in talk.say(line).text
    talk.now += timedelta(minutes=3)
    again = talk.say(line)
    assert again.text == "That is entry #1 already, logged at 10:00. Nothing was changed."
    assert list(again.buttons) == ["Log it again", "Leave it"]
    assert "#2" not in talk.press(again.buttons["Leave it"]).text
    assert "logged as #2" in talk.press(again.buttons["Log it again"]).text


def test_pressing_twice_logs_once(talk):
    talk.say("got acme free samples")
    button = talk.say("got acme free samples").buttons["Log it again"]
    assert "logged as #2" in talk.press(button).text
    assert talk.press(button).text.startswith("The log has moved on since that was asked.")
    assert "#3" not in talk.say("log acme all").text


def test_a_favour_may_be_given_again_later_and_a_step_may_not(talk):
    talk.say("got acme free samples")
    talk.now += timedelta(hours=1)
    assert "logged as #2" in talk.say("got acme free samples").text
    talk.say(GIVE)
    talk.now += timedelta(hours=5)
    assert talk.say(GIVE).text == "That is entry #3 already, logged at 11:00. Nothing was changed."
    talk.now += timedelta(days=1)
    assert "logged 2 Mar 11:00." in talk.say(GIVE).text


def test_what_came_in_between_makes_it_another_entry(talk):
    talk.say("got acme free samples")
    talk.say("offer acme theirs: price 4.01")
    assert "logged as #2" in talk.say("got acme free samples").text
    talk.say("give acme a case study")
    assert "logged as #4" in talk.say("got acme free samples").text
    talk.say("undo acme")
    assert "logged as #6" in talk.say("got acme free samples").text


def test_a_colleague_who_logs_the_same_is_told_whose_entry_it_is(talk):
    talk.say("hub", "bob")
    talk.say("share acme @bob to edit")
    talk.say(GIVE)
    assert "logged at 10:00 by Ann." in talk.say(GIVE, "bob").text


def test_a_form_ends_with_the_question(talk):
    talk.say(GIVE)
    form = talk.say("give acme").form
    sent = {"ours": "net 60 -> 45", "theirs": "price 3.95 -> 3.80"}
    asked = talk.submit(form.words, sent)
    assert not asked.outcome.refused
    assert "logged as #2" in talk.press(asked.buttons["Log it again"]).text


def test_log_this_ends_with_the_question_too(talk):
    talk.say("got acme free samples")
    form = talk.say("log this theirs: free samples").form
    sent = {**{field.key: field.value for field in form.fields}, "side": "theirs"}
    assert "entry #1 already" in talk.submit(form.words, sent).text


def test_a_slip_in_the_repeated_line_is_still_told(talk):
    talk.say(GIVE)
    assert "nothing moved" in talk.say("give acme net 45 for price 3.95").text
