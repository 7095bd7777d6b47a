"""Ordinary questions: what they come to, and that none of them changes anything or tells a stranger more than nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from handlers.commands import Commands
from handlers.questions import as_command
from handlers.router import Router
from tests.support.plans import begin
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann has a plan and a contract with Acme; Ben has said hello."""
    talk = Talk(database_url)
    begin(talk)
    talk.say("set acme: talks 2026-04-01 14:00, volume 30000 a year, horizon 24 months")
    talk.say("contract add Acme: start 2026-01-01, end 2027-06-30, auto-renew 12 months, notice 60 days")
    talk.say("hub", "ben")
    yield talk
    talk.close()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("who owns acme", "Ann: owner"),
        ("Who\u2019s the owner of Acme?", "Ann: owner"),
        ("who can see the acme plan", "Ann: owner"),
        ("who has access to acme?", "Ann: owner"),
        ("when do we talk to acme", "Talks: 1 Apr 14:00"),
        ("When are the talks with Acme?", "Talks: 1 Apr 14:00"),
        ("when's the acme negotiation", "Talks: 1 Apr 14:00"),
        ("when do we meet them?", "Talks: 1 Apr 14:00"),
        ("who are the stakeholders of acme", "Acme · stakeholders"),
        ("who has to sign off acme?", "Acme · stakeholders"),
        ("what do we know about Acme?", "Acme: housings"),
        ("tell me about the acme plan", "Acme: housings"),
        ("how is acme going", "Acme: housings"),
        ("what's our walk-away?", "BATNA"),
        ("what is our walk away price for acme", "BATNA"),
        ("how far can we go with acme?", "BATNA"),
        ("whats our batna acme", "BATNA"),
        ("what's our target price", "Acme · terms"),
        ("what is our opening for acme?", "Acme · terms"),
        ("what did they offer last", "No offer from them yet"),
        ("what did acme offer?", "No offer from them yet"),
        ("what's their latest offer", "No offer from them yet"),
        ("what did we offer acme", "We have made no offer yet"),
        ("what did we give acme", "Nothing logged yet"),
        ("what did we give them so far?", "Nothing logged yet"),
        ("what did we offer so far?", "We have made no offer yet"),
        ("what's our batna now", "BATNA"),
        ("when does the Acme contract end", "1 Jan 2026 to 30 Jun 2027"),
        ("When is the contract with acme up for renewal?", "1 Jan 2026 to 30 Jun 2027"),
        ("when do we have to give notice to acme", "1 Jan 2026 to 30 Jun 2027"),
        ("do you know when the acme contract ends?", "1 Jan 2026 to 30 Jun 2027"),
        ("what's due this month", "Due until 31 Mar"),
        ("what is due next quarter?", "Due until 30 Jun"),
        ("which contracts expire in 2027", "Due until 31 Dec 2027"),
        ("what's coming up?", "Due until 31 May"),
        ("is acme ready", "% ready"),
        ("Is the Acme plan ready yet?", "% ready"),
        ("what is still missing for acme", "% ready"),
        ("hey prep, can you show me the batna for acme please", "BATNA"),
        ("could you tell me what our batna for acme is", "BATNA"),
        ("I need the brief of acme", "Acme: housings"),
        ("please show acme", "Acme: housings"),
        ("acme batna", "BATNA"),
        ("Acme's terms?", "Acme · terms"),
        ("acme contract", "1 Jan 2026 to 30 Jun 2027"),
        ("list my plans", "Your plans"),
        ("which contracts do we have?", "Contracts"),
    ],
)
def test_a_question_is_answered(talk: Talk, asked: str, told: str) -> None:
    said = talk.say(asked)
    assert told in said.text
    assert not said.outcome.refused


@pytest.mark.parametrize(
    "asked",
    [
        "who owns {}", "when do we talk to {}", "who can see the {} plan", "what did {} offer", "is {} ready", "{} batna",
        "what did we give {}", "when does the {} contract end", "what do we know about {}",
    ],
)  # fmt: skip
def test_to_a_stranger_a_plan_is_as_unknown_as_a_name_never_used(talk: Talk, asked: str) -> None:
    if "contract" in asked:  # contracts are for all inside members, so another name is hidden here
        talk.say("contract add Borg: end 2027-06-30, restricted")
        hidden = "Borg"
    else:
        hidden = "Acme"
    there, not_there = talk.say(asked.format(hidden), "ben"), talk.say(asked.format("Zyxw"), "ben")
    assert there.outcome.refused
    assert there.text == not_there.text.replace("Zyxw", hidden)


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("please set acme: volume 500 a year", "500"),
        ("Hey Prep, question add what about packaging", "what about packaging"),
    ],
)
def test_courtesy_before_a_command_is_taken_off(talk: Talk, said: str, done: str) -> None:
    assert done in talk.say(said).text


@pytest.mark.parametrize(
    "asked",
    ["is it raining", "the weather is nice", "who", "when", "what", "please", "what is 2 and 2"],
)
def test_what_fits_nothing_is_said_back(talk: Talk, asked: str) -> None:
    assert talk.say(asked).outcome.refused


@pytest.mark.parametrize(
    "words",
    ["what did they offer for acme 4.12", "what did acme 3,95 offer", "can you offer acme theirs: price 4"],
)
def test_a_question_changes_nothing(words: str) -> None:
    found = Router(Commands()).question(words)
    assert found is None or found[0].only_reads(found[1])


@pytest.mark.parametrize(
    "unit", ["what did the ", "when is our ", "who can see ", "please ", "tell me about ", "a ", "'s "]
)
def test_a_long_line_takes_no_time(unit: str) -> None:
    as_command("warm up")
    began = time.perf_counter()
    as_command((unit * 200)[:200])
    assert time.perf_counter() - began < 0.5
