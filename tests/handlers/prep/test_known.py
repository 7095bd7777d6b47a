"""The list of all answers shows what commands gave, not only what was answered in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = (
    "set acme: volume 30000 a year, horizon 24 months, baseline 3.95",
    "term acme price: open 3.45, target 3.70, stop 4.05",
    "term acme payment: open 60, target 45, stop 30",
    "term acme warranty: stop 18",
    "mandate acme 4.05 by CFO until 2026-06-30",
    "batna acme add Borg = 3.52, freight 0.14, chance 80 %, until 29 May, 12 weeks",
    "questions acme add What drives your lead time?",
    "open acme add Who pays the tooling?",
    "objections acme add Costs are up -> Show me the index",
)


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann has a quick plan, filled by commands alone."""
    found = Talk(database_url)
    found.say("new quick Acme: housings")
    found.say("later")
    for line in COMMANDS:
        assert not found.say(line).outcome.refused, line
    yield found
    found.close()


def test_a_quick_plan_shows_what_commands_gave(talk: Talk) -> None:
    lines = talk.say("answers acme").text.splitlines()
    for line in (
        "Main number (main): 3.45/3.70/4.05",
        "Other terms (others): payment days 60/45/30; warranty months -/-/18",
        "Mandate: 4.05 by CFO until 30 Jun",
        "Alternatives (alts): Borg 3.52, freight 0.14, 80 %, until 29 May, 12 weeks",
        "Questions to ask (ask): What drives your lead time?",
        "Talks: -",
    ):
        assert line in lines


def test_a_full_plan_shows_them_under_its_own_keys(talk: Talk) -> None:
    talk.press("resume full acme")
    told = talk.say("answers acme").text
    for line in (
        "Terms: price 3.45/3.70/4.05; payment days 60/45/30",
        "Full cost (cost): Borg = 3.52",
        "Open points (open): Who pays the tooling?",
        "Objections: Costs are up -> Show me the index",
    ):
        assert line in told


def test_dont_know_gives_way_to_what_is_known_and_words_stand_first(talk: Talk) -> None:
    talk.say("set acme: main don't know")
    assert "Main number (main): 3.45/3.70/4.05" in talk.say("answers acme").text
    talk.say("set acme: ask What else could you do for us?")
    assert "Questions to ask (ask): What else could you do for us?" in talk.say("answers acme").text
    talk.say("set acme: talks don't know")
    assert "Talks: gap (don't know)" in talk.say("answers acme").text


def test_a_plans_name_is_no_legal_entity(talk: Talk) -> None:
    talk.say("new full Borg: caps")
    assert "Legal entity (supplier): -" in talk.say("answers borg").text


def test_the_key_that_set_takes_and_the_dates_of_the_member_are_shown(talk: Talk) -> None:
    talk.say("set acme: talks 2026-04-01 10:30 with their director")
    told = talk.say("answers acme").text
    assert "Talks: 1 Apr 10:30 with their director" in told
    assert "2026" not in told
    talk.say("settings locale en_US")
    assert "Talks: Apr 1 10:30 with their director" in talk.say("answers acme").text
