"""Names with figures or keywords of their own: `clause 7`, `ISO 9001`, `tier 2 price`, `service level`."""

from __future__ import annotations

import pytest

from handlers.manners import Manners
from handlers.prep.answers.terms import read_term_row
from tests.handlers.acme import tell
from tests.support.screen import screen
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("typed", "name", "unit", "values"),
    [
        ("service level 1 days: open 1, target 2, stop 3", "service level 1", "days", ("1", "2", "3")),
        ("service level: 99 / 98 / 97", "service level", "%", ("99", "98", "97")),
        ("service level % 99 / 98 / 97", "service level", "%", ("99", "98", "97")),
        ("service level 99 / 98 / 97", "service level", "", ("99", "98", "97")),
        ("clause 7: open 1, target 2, stop 3", "clause 7", "", ("1", "2", "3")),
        ("clause 7: 1/2/3", "clause 7", "", ("1", "2", "3")),
        ("ISO 9001 audits: stop 2", "ISO 9001 audits", "", (None, None, "2")),
        ("tier 2 price: open 3.45, target 3.70, stop 4.05", "tier 2 price", "", ("3.45", "3.70", "4.05")),
        ("24/7 support hours: stop 8", "24/7 support", "hours", (None, None, "8")),
        ('"clause 7" 1/2/3', "clause 7", "", ("1", "2", "3")),
        ("price open: 3.45, target: 3.70, stop: 4.05", "price", "", ("3.45", "3.70", "4.05")),
        ("price 3.45 / 3.70 / 4.05", "price", "", ("3.45", "3.70", "4.05")),
        ("price stop 4.05", "price", "", (None, None, "4.05")),
    ],
)
def test_the_name_is_what_stands_before_the_colon(typed, name, unit, values):
    said = read_term_row(typed.replace("level: 99", "level %: 99"), Manners())
    assert (said.name, said.unit, (said.opening, said.target, said.stop)) == (name, unit, values)


def test_a_name_with_a_figure_goes_by_levels_or_without_any_value():
    said = read_term_row("ISO 9001: must", Manners())
    assert (said.name, said.kind, said.stop) == ("ISO 9001", "must", None)
    said = read_term_row('ISO 9001 levels: "certified"=100, "none"=0', Manners())
    assert (said.name, list(said.levels)) == ("ISO 9001", ["certified", "none"])


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    made.say("new Acme: housings", channel="C1")
    tell(made, "term acme clause 7 days: open 1, target 2, stop 30")
    tell(made, "term acme tier 2 price: open 3.45, target 3.70, stop 4.05")
    yield made
    made.close()


def row(talk, start):
    return next(
        " ".join(line.split()) for line in screen(tell(talk, "terms acme").shown) if line.startswith(start)
    )


def test_such_a_term_is_changed_opened_and_told_apart(talk):
    tell(talk, "term acme clause 7: stop 28")
    tell(talk, "term acme clause 8: stop 5")
    assert row(talk, "clause 7") == "clause 7 days 1 2 28 -"
    form = tell(talk, "term acme clause 7").form
    assert "clause 7" in form.title
    tell(talk, "set acme: terms clause 7: 1/2/27; clause 9 1: 1/2/3")
    assert row(talk, "clause 7") == "clause 7 days 1 2 27 -"


def test_such_a_term_is_named_at_the_table(talk):
    offer = tell(talk, "offer acme theirs: clause 7 12 days, tier 2 price 4.10").text
    assert "clause 7 64, tier 2 price -14" in offer
    given = tell(talk, "give acme clause 7 3 -> 5 days for tier 2 price 4.10 -> 4.00").text
    assert "clause 7 3 -> 5" in given
    assert "tier 2 price 4.10 -> 4.00" in given
    assert "clause 7 5 -> 6" in tell(talk, "give acme clause 7 6").text
    assert "9001" in tell(talk, "got acme ISO 9001 certificate").text


@pytest.mark.parametrize(
    ("typed", "as_name", "as_value"),
    [
        ("ISO 9001 must", "ISO 9001: must", "ISO: stop 9001, must"),
        ("ISO 9001", "ISO 9001: must", "ISO: stop 9001"),
        ("clause 12 nice to have", "clause 12: nice to have", "clause: stop 12, nice to have"),
        ("coating 5 must", "coating 5: must", "coating: stop 5, must"),
    ],
)
def test_a_bare_figure_that_may_belong_to_the_name_is_asked_about(talk, typed, as_name, as_value):
    talk.say("later")
    before = talk.say("terms acme").text
    said = talk.say(f"term acme {typed}")
    assert said.outcome.refused
    assert list(said.buttons) == [as_name, as_value]
    assert talk.say("terms acme").text == before
    name, _, _ = as_name.partition(":")
    assert f"Kept: {name}." in talk.press(said.buttons[as_name]).text
    assert f"Kept: {name.split()[0]}." in talk.press(said.buttons[as_value]).text


@pytest.mark.parametrize(
    "typed", ["net 45 must", "warranty 24", "seats 40", "price 4.05", "cap 4 must", "clause 7 45"]
)
def test_a_figure_that_can_only_be_a_value_is_not_asked_about(talk, typed):
    talk.say("later")
    assert "Kept: " in talk.say(f"term acme {typed}").text


def test_a_list_of_terms_asks_about_it_too(talk):
    said = talk.say("set acme: others ISO 14001 must; net 60/45/30")
    assert list(said.buttons) == ["ISO 14001: must", "ISO: stop 14001, must"]
    talk.press(said.buttons["ISO 14001: must"])
    assert "ISO 14001" in talk.say("terms acme").text
