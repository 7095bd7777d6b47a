"""Plans listed, renamed and put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.plans import begin
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann has two plans, Ben one."""
    talk = Talk(database_url)
    begin(talk)
    begin(talk, "Borg", "brackets", status="agreed")
    begin(talk, "Cogs", "gears", "ben")
    yield talk
    talk.close()


def test_all_plans_of_a_member_are_listed_and_no_other(talk: Talk) -> None:
    said = talk.say("plans")
    assert said.text.splitlines() == [
        "Your plans (1 to 2 of 2)",
        "Acme: housings · preparing",
        "Borg: brackets · agreed",
    ]
    assert "no plan yet" in talk.say("plans", "cleo").text
    talk.say("hub", "ben")
    talk.say("share acme @ben to edit")
    assert "Acme: housings · preparing · shared, you may edit" in talk.say("plans", "ben").text


def test_a_long_list_has_pages(talk: Talk) -> None:
    for number in range(25):
        begin(talk, f"Supplier {number}", "parts")
    said = talk.say("plans")
    assert len(said.text.splitlines()) <= 14
    assert "(1 to 10 of 27)" in said.text
    assert "(11 to 20 of 27)" in talk.press(said.buttons["More"]).text
    assert "More" not in talk.say("plans page 3").buttons
    for words in ("plans page 99", "plans 0", "plans please", "plans -1"):
        assert "(1 to 10 of 27)" in talk.say(words).text


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("rename acme to Nadir", "Nadir: housings"),
        ("rename acme to Nadir: covers 2026", "Nadir: covers 2026"),
        ("rename acme to : covers", "Acme: covers"),
        ("rename acme to Nadir:", "Nadir"),
        ("rename acme -> Nadir", "Nadir: housings"),
        ("rename acme: housings 2026", "Acme: housings 2026"),
        ("Rename Acmee : Road to 2026", "Acme: Road to 2026"),
        ("rename acme: housings: both", "Acme: housings: both"),
        ("rename the acme plan into Nadir", "Nadir: housings"),
    ],
)
def test_a_plan_gets_another_name_and_answers_to_both(talk: Talk, words: str, name: str) -> None:
    assert f"is now called {name}." in talk.say(words).text
    assert name in talk.say("plans").text
    assert name.split(":")[0] in talk.say("show acme").text
    assert talk.say("show Nadir").outcome.refused is ("Nadir" not in name)


@pytest.mark.parametrize(
    "words", ["", "to", "Nadir", "to 🙂", "to ???", "to " + "x" * 90, "to a: " + "y" * 90, "to :"]
)
def test_a_name_that_is_none_changes_nothing(talk: Talk, words: str) -> None:
    said = talk.say(f"rename acme {words}")
    assert said.outcome.refused
    assert "For example: rename acme" in said.text
    assert "Acme: housings" in talk.say("plans").text


def test_a_title_behind_a_name_that_is_no_plan_changes_nothing(talk: Talk) -> None:
    """Cogs is a plan of Ben's: to Ann that is as unknown as a name that was never used."""
    talk.say("show acme")
    assert talk.say("rename Cogs: covers").text.startswith("No plan that you can read is called Cogs.")
    assert talk.say("rename Zyx: covers").text == talk.say("rename Cogs: covers").text.replace("Cogs", "Zyx")
    assert "Acme: housings · preparing" in talk.say("plans").text


def test_a_plan_is_put_away_and_brought_back(talk: Talk) -> None:
    said = talk.say("archive acme")
    assert "put away" in said.text
    assert "Acme" not in talk.say("hub").text
    assert "Acme: housings · preparing, archived" in talk.say("plans").text
    talk.press(said.buttons["Bring back"])
    assert "Acme" in talk.say("hub").text


def test_readers_and_strangers_change_nothing(talk: Talk) -> None:
    talk.say("hub", "ben")
    talk.say("share acme @ben")
    for words in ("rename acme to Mine", "archive acme", "unarchive acme"):
        assert "not change it" in talk.say(words, "ben").text
    assert "Acme: housings · preparing" in talk.say("plans").text
