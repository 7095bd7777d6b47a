"""While a question is open: ordinary questions about a plan are answered, and everything else is an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann in the middle of a full preparation, asked for a text."""
    found = Talk(database_url)
    for line in ("new full Acme: housings", "Acme Kunststofftechnik GmbH"):
        assert not found.say(line).outcome.refused
    yield found
    found.close()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("what's our BATNA for Acme?", "No BATNA yet"),
        ("What’s our BATNA for acmee", "No BATNA yet"),
        ("what did we give to Acme so far?", "Nothing logged yet"),
        ("are we ready for Acme?", "ready"),
    ],
)
def test_an_ordinary_question_about_a_plan_is_answered(talk: Talk, line: str, told: str) -> None:
    waiting = talk.say("resume").text
    said = talk.say(line)
    assert told in said.text
    assert "Kept" not in said.text
    assert talk.say("resume").text == waiting


@pytest.mark.parametrize(
    "line", ["what is our limit?", "what did we give them?", "what is our BATNA for Borg?"]
)
def test_what_names_no_plan_of_ones_own_is_an_answer(talk: Talk, line: str) -> None:
    assert "How many is it" in talk.say(line).text  # what the open question says of it


@pytest.mark.parametrize("line", ["Borg: caps", "new Borg: caps", "NEW  Borg: caps"])
def test_new_said_again_is_no_part_of_the_name(database_url: str, line: str) -> None:
    talk = Talk(database_url)
    assert "Which supplier" in talk.say("new").text
    assert "Started a plan: Borg: caps." in talk.say(line).text
    talk.close()


def test_a_message_without_words_is_no_answer(talk: Talk) -> None:
    said = talk.say(" ")
    assert not said.outcome.broken
    assert "Kept" not in said.text
