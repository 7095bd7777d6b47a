"""Mistyped commands: the nearest is offered, and none becomes an answer unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.prep.looking import answers
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A Prep that asks for the legal entity, which may be any text."""
    talk = Talk(database_url)
    talk.say("new full Acme: housings")
    yield talk
    talk.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ofer acme theirs: 3", "offer acme theirs: 3"),
        ("tem acme x: 1", "term acme x: 1"),
        ("mandat 4", "mandate 4"),
    ],
)
def test_the_nearest_command_alone_is_offered(talk: Talk, typed: str, meant: str) -> None:
    talk.say("later")
    said = talk.say(typed)
    assert [label for label in said.buttons if not label.startswith("[")] == [meant]


@pytest.mark.parametrize("typed", ["hlep", "btna", "termss", "ofer theirs: price 4.12", "raedy acme"])
def test_a_slip_is_no_answer(talk: Talk, typed: str) -> None:
    said = talk.say(typed)
    assert "Is that a command, or your answer?" in said.text
    assert answers(talk) == {}
    talk.press(said.buttons["It is my answer"])
    assert answers(talk)["supplier"].text == typed


def test_the_command_that_was_meant_is_a_button(talk: Talk) -> None:
    assert "What you can say" in talk.press(talk.say("hlep").buttons["help"]).text


@pytest.mark.parametrize("typed", ["Helps Ltd, Leeds", "Offertory Supplies", "Tempra", "Logix", "Acme GmbH"])
def test_a_name_is_an_answer(talk: Talk, typed: str) -> None:
    assert "Kept: " in talk.say(typed).text
    assert answers(talk)["supplier"].text == typed
