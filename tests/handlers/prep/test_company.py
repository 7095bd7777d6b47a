"""A company's own questions in the conversation, and answers to what it asks no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.edge import Edge
from handlers.commands import Commands
from handlers.conversations import answer
from handlers.core import Core
from handlers.prep.company import Scripts
from handlers.prep.override import company_scripts
from handlers.router import Router
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = """
full:
  questions:
    scope: {prompt: What is bought here?}
  sections:
    - key: deal
      questions:
        - {key: incoterm, prompt: Which delivery term?, why: It moves cost., example: DAP our plant, kind: text}
    - key: house
      title: House rules
      questions:
        - {key: conflict, prompt: Any tie?, why: To be declared., example: "no", kind: choice, choices: ["no", "yes"]}
  remove: [venue]
quick:
  remove: [others]
"""
LESS = "full: {remove: [goal, venue, triggers]}\nquick: {remove: [deal]}"


def restart(talk: Talk, playbook: str = "") -> None:
    """Start the same Prep anew with another file."""
    scripts = company_scripts(playbook, "house.yaml") if playbook else Scripts()
    core = Core(talk.app.database, Router(Commands()), answer, scripts)
    talk.app.edge.close()
    talk.app = replace(talk.app, core=core, edge=Edge(core, talk.app.database))


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A Prep that asks what the company wants."""
    found = Talk(database_url)
    restart(found, HOUSE)
    yield found
    found.close()


def test_the_companys_questions_are_asked_counted_and_kept(talk: Talk) -> None:
    assert (
        "Quick asks 7 questions and fits before a call; full asks 37" in talk.say("new Acme: housings").text
    )
    assert "1 of 37" in talk.say("37").text
    assert "What is bought here?" in talk.say("Acme GmbH").text
    assert "What is bought here?" in talk.say("hub").text
    for line in ("housings, 30k a year, 24 months", "3.95 at 30k a year", "talks 2026-04-01", "renewal"):
        said = talk.say(line)
    assert "Which delivery term?" in said.text
    assert "Kept: DAP our plant" in talk.say("DAP our plant").text
    assert "conflict: no" in talk.say("set acme: conflict no").text
    assert talk.press("edit acme house").form is not None
    told = talk.say("answers acme").text
    assert "Incoterm: DAP our plant" in told
    assert "House rules\nConflict: no" in told
    assert "venue" not in told
    assert "No longer asked" not in told


def test_the_number_of_questions_is_not_said_by_heart(talk: Talk) -> None:
    talk.say("new Acme: housings")
    assert "7" in talk.say("7").text
    assert "1 of 7" in talk.say("resume").text


def test_a_keyed_answer_and_readiness_know_the_companys_questions(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    assert "Kept: incoterm: FCA Genoa" in talk.say("incoterm: FCA Genoa").text
    assert "2 % ready" in talk.say("ready acme").text  # one of 37; of 36 it would be 2 as well, of none 0


def test_what_was_answered_outlives_its_question(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    talk.say("set acme: incoterm DAP our plant")
    talk.say("set acme: conflict yes")
    restart(talk)
    assert "Also answered: incoterm: DAP our plant; conflict: yes" in talk.say("show acme").text
    assert "No longer asked\nincoterm: DAP our plant\nconflict: yes" in talk.say("answers acme").text


def test_answers_of_prep_s_own_questions_stay_when_they_are_asked_no_more(talk: Talk) -> None:
    restart(talk)
    talk.say("new full Acme: housings")
    talk.say("set acme: goal under 3.70")
    talk.say("set acme: triggers being rushed")
    talk.say("later")
    restart(talk, LESS)
    brief = talk.say("show acme").text
    assert "Goal: under 3.70" in brief
    assert "where" not in brief  # no gap where nothing is asked
    assert "Main goal (goal): under 3.70" in talk.say("answers acme").text
    assert "What throws you (triggers): being rushed" in talk.say("own acme").text
    assert "goal: under 3.60" in talk.say("set acme: goal under 3.60").text


def test_a_question_that_is_asked_no_more_leaves_nobody_stuck(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    while "Which delivery term?" not in (said := talk.say("skip")).text:
        pass
    old = said.buttons["Skip"]
    restart(talk)
    assert "Which company exactly would sign" in talk.press(old).text
    assert "1 of 36" in talk.say("resume").text


def test_a_quick_start_without_the_deal_question(talk: Talk) -> None:
    restart(talk, LESS)
    talk.say("new")
    said = talk.say("Acme, housings, 30k a year, 3.95")
    assert "Started a plan: Acme" in said.text
    assert "1 of 7" in talk.say("quick").text


def test_from_quick_to_full_carries_what_the_company_asks_no_more(talk: Talk) -> None:
    restart(talk)
    talk.say("new quick Acme: housings")
    talk.say("Acme, housings, 30k a year, 3.95")
    restart(talk, LESS)
    talk.press("resume full acme")
    assert "Last price (baseline): 3.95 EUR" in talk.say("answers acme").text
