"""Two plans with one supplier are told apart by their titles."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann buys two things from Acme."""
    talk = Talk(database_url)
    for what, volume in (("housings", 30000), ("steel brackets", 500)):
        talk.say(f"new another quick Acme: {what}")
        talk.say("stop")
        talk.say(f"set {what}: volume {volume} a year")
    yield talk
    talk.close()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("show acme: housings", "30,000"),
        ("show acme housings", "30,000"),
        ("show Acme: steel brackets", "500"),
        ("show acme, Steel Brackets", "500"),
        ("show housings", "30,000"),
    ],
)
def test_the_title_behind_the_name_decides(talk: Talk, said: str, shown: str) -> None:
    assert f"{shown} pc/yr" in talk.say(said).text


def test_what_follows_the_title_is_left_for_the_command(talk: Talk) -> None:
    assert "Kept: lead." in talk.say("term acme housings lead: 21/28/45").text
    assert "lead" in talk.say("terms acme housings").text


def test_without_a_title_it_is_asked(talk: Talk) -> None:
    assert "Which one?" in talk.say("show acme").text


def test_a_title_of_somebody_else_is_nothing(talk: Talk) -> None:
    assert talk.say("show acme: housings", "bob").text == talk.say("show cyan: anything", "bob").text.replace(
        "cyan: anything", "acme: housings"
    )


def test_of_many_the_latest_are_offered_and_it_says_how_to_name_the_others(database_url: str) -> None:
    talk = Talk(database_url)
    for number in range(11):
        talk.now += timedelta(minutes=1)
        talk.say(f"new another quick Borg: lot {number}")
        talk.say("stop")
    for asked in ("show borg", "show borgg"):
        said = talk.say(asked)
        assert "These are the latest, and 3 more: say more of the name." in said.text
        assert list(said.buttons) == [f"Borg: lot {number}" for number in range(10, 2, -1)]
    assert "lot 1" in talk.say("show borg lot 1").text
    talk.close()
