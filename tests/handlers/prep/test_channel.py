"""In a channel: started and shown in private, questions in the direct message, figures nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.turn import Channel, Via
from tests.handlers.prep.looking import answers
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A Prep in a channel of inside people."""
    talk = Talk(database_url)
    people = (person("ann"), person("bob"))
    talk.world.channels["sourcing"] = Channel(
        "sourcing", "sourcing", present=True, shared=False, people=people
    )
    talk.world.channels["acme"] = Channel("acme", "acme", present=True, shared=True, people=people)
    yield talk
    talk.close()


def test_the_slash_command_starts_and_asks_in_the_direct_message(talk: Talk) -> None:
    said = talk.say("new quick Acme: housings", channel="acme")
    assert said.shown.private
    assert "direct message" in said.text
    ((to, asked),) = said.others
    assert to == "ann"
    assert "1 of 8" in asked
    assert "2 of 8" in talk.say("Acme, housings, 30k a year, 3.95").text


def test_without_quick_or_full_the_choice_goes_to_the_direct_message(talk: Talk) -> None:
    said = talk.say("new Acme: housings", channel="sourcing")
    assert "quick or full" in said.others[0][1]
    assert "1 of 36" in talk.say("full").text


def test_a_mention_starts_nothing_and_is_pointed_to_private(talk: Talk) -> None:
    said = talk.say("new quick Acme: housings", channel="sourcing", via=Via.MENTION)
    assert said.shown.private
    assert "Nothing was started" in said.text
    assert not said.others
    assert "no plan yet" in talk.say("hub").text


def test_going_on_in_a_channel_asks_in_the_direct_message(talk: Talk) -> None:
    first = talk.say("new quick Acme: housings")
    talk.say("later")
    said = talk.say("resume", channel="sourcing")
    assert said.shown.private
    assert "1 of 8" in said.others[0][1]
    assert "1 of 8" not in said.text
    pressed = talk.press(first.buttons["Skip"], channel="sourcing")
    assert "2 of 8" in pressed.others[0][1]


def test_a_form_works_from_a_channel(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    said = talk.say("edit acme main", channel="sourcing")
    assert said.shown.private
    assert said.form is not None
    kept = talk.submit(said.form.words, {"main": "3.45 / 3.70 / 4.05"}, channel="sourcing")
    assert kept.shown.private
    assert "1 kept" in kept.text
    assert not kept.others


def test_figures_in_a_mention_are_warned_of_or_not_taken(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    said = talk.say("set acme: main 4.05", channel="sourcing", via=Via.MENTION)
    assert said.shown.private
    assert "delete your message" in said.text
    assert "main" in answers(talk)
    said = talk.say("set acme: goal 3.70 or lower", channel="acme", via=Via.MENTION)
    assert "done nothing" in said.text
    assert "goal" not in answers(talk)


def test_what_was_typed_in_a_slash_command_comes_back_with_the_error(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    said = talk.say("set acme: main 4.05 / 3.70 / 3.45", channel="sourcing")
    assert "You typed: /prep set acme: main 4.05 / 3.70 / 3.45" in said.text


def test_the_brief_is_for_the_asker_alone(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("stop")
    assert talk.say("show acme", channel="sourcing").shown.private
    assert talk.say("", channel="sourcing").shown.private
