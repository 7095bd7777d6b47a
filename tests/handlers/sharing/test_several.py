"""A plan shared with several people at once, and with nobody whose name only begins as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.support.plans import begin
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann has a plan for Acme; Ben and Cleo have said hello."""
    talk = Talk(database_url)
    begin(talk)
    for name in ("ben", "cleo"):
        talk.say("hub", name)
    yield talk
    talk.close()


def _knows_nothing(talk: Talk, who: str) -> bool:
    return "No plan that you can read" in talk.say("show acme", who).text


@pytest.mark.parametrize(
    "words",
    ["with ben and cleo", "@ben, @cleo", "<@ben> & <@cleo>", "ben, cleo", "with @ben and @cleo to edit"],
)
def test_a_plan_is_shared_with_several_at_once(talk: Talk, words: str) -> None:
    said = talk.say(f"share acme {words}")
    level = "edit" if words.endswith("edit") else "read"
    assert f"Ben and Cleo may now {level} it" in said.text
    assert sorted(to for to, _ in said.others) == ["ben", "cleo"]
    assert "Acme" in talk.say("show acme", "cleo").text
    talk.press(said.buttons["Take back Ben"])
    assert _knows_nothing(talk, "ben")
    assert not _knows_nothing(talk, "cleo")


def test_with_one_who_is_not_known_or_from_outside_nobody_is_let_in(talk: Talk) -> None:
    talk.world.people["gus"] = person("gus", guest=True)
    for words in ("ben and zoe", "@ben, @gus"):
        said = talk.say(f"share acme with {words}")
        assert said.outcome.refused, words
        assert not said.others
        assert _knows_nothing(talk, "ben")


def test_several_are_named_again_where_one_of_them_reads_it_already(talk: Talk) -> None:
    talk.say("share acme @ben")
    said = talk.say("share acme with ben and cleo")
    assert "Ben can see this plan already" in said.text
    assert "share Acme Cleo" in said.text
    assert _knows_nothing(talk, "cleo")


def test_a_plan_goes_to_nobody_whose_name_only_begins_so(talk: Talk) -> None:
    talk.say("hub", replace(person("U9"), name="Cleopatra Stone"))
    talk.say("hub", replace(person("U8"), name="Bendix Moor"))
    said = talk.say("share acme with bend")
    assert said.outcome.refused
    assert "Nobody is called just bend" in said.text
    assert "Bendix Moor may now read it" in talk.press(said.buttons["Bendix Moor"]).text
    assert "Cleopatra Stone may now" in talk.say("share acme @Cleopatra").text
