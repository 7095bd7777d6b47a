"""The answers on what may move and on what others inside need set the kind of the terms that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.tables import Term
from tests.handlers.prep.looking import answers, rows
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

FLEX = "set acme: flex payment days and warranty move; inspection does not"
LIMITS = "set acme: limits legal: our liability clause; operations: 45 lead days at most"


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A full plan."""
    talk = Talk(database_url)
    talk.say("new full Acme: housings")
    talk.say("later")
    yield talk
    talk.close()


def add_terms(talk: Talk) -> None:
    talk.say("term acme price: open 3.45, target 3.70, stop 4.05, weight 50")
    talk.say("term acme payment: open 60, target 45, stop 30, must")
    talk.say("term acme lead time: open 20, target 28, stop 45, weight 20")
    talk.say("term acme inspection: target 2, stop 1")


def kinds(talk: Talk) -> dict[str, str]:
    return {row.name: row.kind for row in rows(talk, Term)}


def test_what_moves_and_what_does_not(talk: Talk) -> None:
    add_terms(talk)
    said = talk.say(FLEX).text
    assert "must-have: inspection; flexible: payment" in " ".join(said.split())
    assert kinds(talk) == {
        "price": "flexible", "payment": "flexible", "lead time": "flexible", "inspection": "must",
    }  # fmt: skip
    assert "must" in next(line for line in talk.say("terms acme").text.splitlines() if "inspection" in line)


def test_what_others_inside_need(talk: Talk) -> None:
    add_terms(talk)
    said = " ".join(talk.say(LIMITS).text.split())
    assert "must-have: lead time" in said
    assert "its weight does not count" in said
    assert kinds(talk)["lead time"] == "must"


@pytest.mark.parametrize("line", [FLEX, LIMITS])
def test_undo_brings_the_kinds_back(talk: Talk, line: str) -> None:
    add_terms(talk)
    before = kinds(talk)
    talk.say(line)
    assert kinds(talk) != before
    talk.say("undo")
    assert kinds(talk) == before


def test_an_answer_that_names_none_is_kept_as_text(talk: Talk) -> None:
    add_terms(talk)
    before = kinds(talk)
    said = talk.say("set acme: flex we can talk about the colour; packaging never").text
    assert "must-have" not in said
    assert kinds(talk) == before
    assert answers(talk)["flex"].text == "we can talk about the colour; packaging never"


def test_a_new_answer_takes_the_place_of_the_one_before(talk: Talk) -> None:
    add_terms(talk)
    talk.say(FLEX)
    talk.say("set acme: flex price cannot move")
    assert kinds(talk) == {
        "price": "must", "payment": "must", "lead time": "flexible", "inspection": "flexible",
    }  # fmt: skip


def test_what_a_command_said_since_stays(talk: Talk) -> None:
    add_terms(talk)
    talk.say(FLEX)
    talk.say("term acme inspection: nice to have")
    talk.say("set acme: flex price cannot move")
    assert kinds(talk)["inspection"] == "nice"


def test_what_was_said_before_the_terms_were_there(talk: Talk) -> None:
    talk.say(FLEX)
    said = " ".join(talk.say("set acme: terms price 3.45/3.70/4.05; inspection -/2/1").text.split())
    assert "must-have: inspection" in said
    talk.say(LIMITS)
    add_terms(talk)
    assert kinds(talk) == {
        "price": "flexible", "inspection": "must", "payment": "must", "lead time": "must",
    }  # fmt: skip
