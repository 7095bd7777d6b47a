"""`offer` and `offers` through words: the worked rounds, the trap, must-haves, forms, wrong input."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.handlers.acme import prepare, tell, to_first_of_april
from tests.support.screen import misfits, screen
from tests.support.talk import Talk

R1 = "offer acme theirs: price 4.12, payment net 30, delivery 45 days, warranty 12 months, cap 4 %, verbal"
R2 = "offer acme theirs: price 3.95, net 30, lead 40, warranty 18, cap 3"
R3 = "offer acme theirs: price 3.80, net 45, lead 32, warranty 24, cap 3, in writing"
AGREED = "offer acme theirs: price 3.74, net 45, lead 30, warranty 24, cap 3"


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    yield made
    made.close()


def test_the_trap_is_called_out(talk):
    prepare(talk)
    tell(talk, "mandate acme 4.05 by CFO until 2026-06-30")
    talk.now = datetime(2026, 3, 18, 9, tzinfo=UTC)
    said = tell(talk, R1)
    lines = screen(said.shown)
    assert lines[0] == "Acme · their offer · verbal · 18 Mar"
    assert "Price 4.12, +4 % in year two = 4.202 EUR/pc" in said.text
    assert "BATNA Borg 4.18: misses it by 0.0224 (1,344 EUR over 24 months)" in lines
    assert "indifferent at 4.098" in said.text
    assert "! 4.12 looks better than Borg; over 24 months it is not" in lines
    assert "! Past our stop: price 4.12 (4.05)" in lines
    assert "! Past the mandate of 4.05" in lines
    assert "Score -10" in lines
    assert "Verdict: a trap: low at first, dearer in the end than Borg" in lines
    assert misfits(said.shown) == []


@pytest.mark.parametrize(
    ("line", "money", "score"),
    [
        (R2, "beats it by 0.171 (10,245 EUR over 24 months)", "Score 29"),
        (R3, "beats it by 0.323 (19,380 EUR over 24 months)", "Score 77"),
        (AGREED, "beats it by 0.384 (23,034 EUR over 24 months)", "Score 88"),
    ],
)
def test_the_worked_rounds(talk, line, money, score):
    prepare(talk)
    said = tell(talk, line)
    assert money in said.text
    assert score in said.text
    assert "Verdict: inside the limit: go on towards the targets" in said.text
    assert "Next: 27k minimum only if <= 3.74" in said.text or line == AGREED
    assert misfits(said.shown) == []


def test_payment_days_stand_on_a_line_of_their_own(talk):
    prepare(talk)
    assert "net: worth 369 EUR/yr" not in tell(talk, R2).text
    assert "net: worth 368.88 EUR/yr against our stop" in tell(talk, AGREED).text


def test_a_broken_must_have_is_a_constraint_and_no_score(talk):
    prepare(talk)
    tell(talk, "term acme warranty: must")
    said = tell(talk, "offer acme theirs: price 3.60, net 45, lead 28, warranty 6, cap 2")
    assert "! Breaks a must-have: warranty 6 (12)" in said.text
    assert "Verdict: not as it stands: a limit is broken" in said.text


def test_past_the_mandate_inside_indifference_the_move_is_to_ask(talk):
    prepare(talk)
    tell(talk, "mandate acme 3.90 by CFO")
    tell(talk, "term acme price: stop 4.10")
    said = tell(talk, "offer acme theirs: price 4.00, cap 0")
    assert "Verdict: past the mandate, inside indifference: ask CFO first" in said.text


def test_all_targets_reached(talk):
    prepare(talk)
    said = tell(talk, "offer acme theirs: price 3.70, net 45, lead 28, warranty 24, cap 2")
    assert "Score 100" in said.text
    assert "Verdict: every target is reached: close" in said.text


def test_our_own_offer_is_held_against_our_own_limits(talk):
    prepare(talk)
    inside = tell(talk, "offer acme ours: 3.45, net 60, lead 21, warranty 36, cap 0")
    assert "Verdict: our offer keeps to our limits" in inside.text
    beyond = tell(talk, "offer acme ours: price 4.10")
    assert "! We are past our own stop: price 4.10 (4.05)" in beyond.text


def test_an_offer_on_one_term_is_judged_with_the_rest_as_it_stands(talk):
    prepare(talk)
    tell(talk, R2)
    said = tell(talk, "offer acme theirs: price 3.80")
    assert "Price 3.80, +3 % in year two = 3.857" in said.text


def test_the_list(talk):
    to_first_of_april(talk)
    tell(talk, R3)
    said = tell(talk, "offers acme")
    lines = [" ".join(line.split()) for line in screen(said.shown)]
    assert lines[1:6] == [
        "# day side price in full score",
        "1 18 Mar theirs 4.12 4.202 -10",
        "2 18 Mar ours 3.45 3.45 177",
        "3 25 Mar theirs 3.95 4.009 29 in writing",
        "4 1 Apr theirs 3.80 3.857 77 in writing",
    ]
    assert misfits(said.shown) == []


def test_the_form(talk):
    prepare(talk)
    form = talk.press(tell(talk, "offer acme").buttons["Record an offer"]).form
    values = {field.key: field.value for field in form.fields}
    price = next(field.key for field in form.fields if field.label == "price")
    said = talk.submit(form.words, values | {price: "4.12", "mode": "verbal"})
    assert "Acme · their offer · verbal" in said.text
    assert "Price 4.12 EUR/pc" in said.text
    assert "Nothing said on price rises" in said.text


def test_an_unknown_term_names_the_terms_and_how_to_add_one(talk):
    prepare(talk)
    said = talk.say("offer acme theirs: price 4.12, training 3 days", channel="C1")
    assert "price, net, lead, warranty, uplift cap" in said.text
    assert "term Acme training" in said.text


@pytest.mark.parametrize(
    "line",
    [
        "offer acme theirs: training 3 days",
        "offer acme theirs: price 4.12, price 4.10",
        "offer acme theirs: price 4.12 USD",
        "offer acme theirs: price 4.120",
        "offer acme theirs: lead soon",
        "offer acme theirs: verbal",
        "offer zzz9: price 4.12, nonsense 5",
    ],
)
def test_wrong_input_changes_nothing(talk, line):
    prepare(talk)
    said = talk.say(line, channel="C1")
    assert said.outcome.refused
    assert "No offer yet." in tell(talk, "offers acme").text


def test_other_people(talk):
    to_first_of_april(talk)
    for line in ("offer acme", "offers acme", "offer acme theirs: price 1"):
        assert "no plan" in talk.say(line, "bob", channel="C1").text.lower()
    talk.say("hello", "bob")
    tell(talk, "share acme @bob")
    assert "BATNA Borg 4.18" in talk.say("offer acme", "bob", channel="C1").text
    assert "not change it" in talk.say("offer acme theirs: price 1", "bob", channel="C1").text
