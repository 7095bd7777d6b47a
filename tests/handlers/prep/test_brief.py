"""The brief: terms without figures in words, and a warning about money before everything else."""

from __future__ import annotations

import pytest

from handlers.prep.brief import FRAME
from tests.support.screen import screen
from tests.support.talk import Talk


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    made.say("new quick Acme: housings")
    made.say("stop")
    yield made
    made.close()


def test_a_term_without_figures_says_so(talk):
    talk.say("give acme price 3.60 -> 3.71")
    assert "price no figures yet" in talk.say("show acme").text
    talk.say("term acme price: stop 4.05")
    assert "price stop 4.05" in talk.say("show acme").text
    talk.say("term acme ISO 9001: must")
    said = talk.say("show acme").text
    assert "ISO 9001 must-have" in said
    assert "-/-" not in said
    talk.say("term acme price: open 3.45")
    assert "price 3.45/-/4.05" in talk.say("show acme").text


def fill(talk):
    for key, _ in FRAME:
        talk.say(f"set acme: {key} what stands here is a line of its own")
    talk.say("set acme: talks 2026-05-01 10:00, baseline 3.95")
    talk.say("open acme add wording of the liability clause")
    talk.say("set acme: trades 27k minimum if <= 3.74")
    talk.say("set acme: volume 30000 a year")
    talk.say("term acme price: open 3.45, target 3.70, stop 4.05")


def test_a_doubt_about_money_is_said_on_a_full_screen_too(talk):
    fill(talk)
    before = screen(talk.say("show acme").shown)
    talk.say("batna acme add Borg = 3.52, one-off 24000 tooling")
    said = talk.say("show acme")
    lines = screen(said.shown)
    assert any("One-off spread over" in line for line in lines)
    assert any(line.startswith("BATNA: Borg") for line in lines)
    assert any("3.45/3.70/4.05" in line for line in lines)
    assert any(line.startswith("In All answers: ") for line in lines)
    assert len(lines) <= max(14, len(before))
    talk.say("set acme: horizon 24 months")
    assert "One-off spread" not in talk.say("show acme").text
