"""`ready` through words: findings with the worst first, buttons that mend them, what fits the screen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.handlers.acme import prepare, tell, to_first_of_april
from tests.support.screen import misfits, screen
from tests.support.talk import Talk


@pytest.fixture
def talk(database_url):
    made = Talk(database_url, now=datetime(2026, 3, 2, 9, tzinfo=UTC))
    yield made
    made.close()


def test_what_blocks_comes_first_and_the_buttons_mend_it(talk):
    prepare(talk)
    said = tell(talk, "ready acme")
    assert "1 to mend first" in screen(said.shown)[0]
    assert screen(said.shown)[1] == "! Nobody has allowed a ceiling yet."
    assert misfits(said.shown) == []
    form = talk.press(said.buttons["Record a mandate"]).form
    talk.submit(form.words, {"ceiling": "4.05", "by": "CFO", "until": ""})
    assert "nothing blocks" in tell(talk, "ready acme").text


def test_a_stop_beyond_the_mandate_is_set_to_it_by_its_button(talk):
    prepare(talk)
    tell(talk, "mandate acme 3.90 by CFO")
    said = tell(talk, "ready acme")
    assert "! The stop 4.05 lies beyond the 3.90 that was allowed." in said.text
    button = next(words for label, words in said.buttons.items() if label.startswith("Set price"))
    assert "3.90" in next(line for line in screen(talk.press(button).shown) if line.startswith("price EUR"))


def test_a_volume_that_changed_since_the_mandate_blocks(talk):
    to_first_of_april(talk)
    assert "since its mandate was given" not in tell(talk, "ready acme").text
    tell(talk, "set acme: volume 20000 a year")
    assert "! The plan has changed since its mandate was given." in tell(talk, "ready acme").text


def test_a_bare_plan_lists_its_gaps_and_keeps_to_the_screen(talk):
    talk.say("new Acme: housings", channel="C1")
    tell(talk, "set acme: horizon 24 months")
    tell(talk, "term acme price: target 3.70")
    tell(talk, "batna acme add Borg = 4.18, until 3 March, 40 weeks")
    tell(talk, "set acme: need-by 2026-07-01, decision 2026-04-08")
    said = tell(talk, "ready acme")
    assert "! price carries the deal and has no stop." in said.text
    assert misfits(said.shown) == []
    every = tell(talk, "ready acme all")
    for text in (
        "Borg stands until 3 Mar, and we decide on 8 Apr.",
        "Borg had to be started by 24 Sep 2025",
        "Borg is the only alternative.",
        "says nothing about price rises",
    ):
        assert text in " ".join(every.text.split())
    assert talk.press(every.buttons["Set price"]).form is not None


def test_others(talk):
    prepare(talk)
    assert talk.say("ready acme", "bob", channel="C1").outcome.refused
    talk.say("hello", "bob")
    tell(talk, "share acme @bob")
    seen = talk.say("ready acme", "bob", channel="C1")
    assert "Nobody has allowed a ceiling yet." in seen.text
    assert list(seen.buttons) == ["Brief"]


def test_a_one_off_cost_over_a_year_that_nobody_said_is_among_the_findings_and_in_the_brief(talk):
    talk.say("new quick Acme: housings")
    talk.say("later")
    tell(talk, "set acme: volume 30000 a year")
    tell(talk, "batna acme add Borg = 3.52, one-off 24000 tooling, 80 %, 12 weeks")
    hint = "One-off spread over 12 months alone: set horizon 24 months?"
    assert hint in tell(talk, "show acme").text
    said = tell(talk, "ready acme all")
    assert "one-off cost is spread over 12 months alone; nobody has said a horizon" in said.text
    talk.press(said.buttons["Horizon 24 months"])
    assert hint not in tell(talk, "show acme").text
    assert "one-off cost is spread" not in tell(talk, "ready acme all").text


def test_an_alternative_without_a_price_is_found(talk):
    talk.say("new quick Acme: housings")
    talk.say("later")
    form = tell(talk, "batna acme add Borg").form
    talk.submit(form.words, {**{field.key: field.value for field in form.fields}, "name": "Borg"})
    assert "no BATNA yet: Borg lacks a price" in tell(talk, "ready acme all").text
    tell(talk, "batna acme add Borg = 4.18")
    assert "lacks a price" not in tell(talk, "ready acme all").text


def test_notice_under_a_contract_that_runs_comes_before_the_decision(talk):
    prepare(talk)
    tell(talk, "set acme: decision 2026-04-08")
    talk.say("contract add Borg: start 2025-07-01, end 2026-06-30, auto-renew 12 months, notice 100 days")
    assert "Notice has to go out" not in tell(talk, "ready acme all").text
    talk.say("contract add Acme: start 2025-07-01, end 2026-06-30, auto-renew 12 months, notice 100 days")
    said = tell(talk, "ready acme all").text
    assert "Notice has to go out by 20 Mar, before we decide on 8 Apr." in " ".join(said.split())


def test_a_deadline_that_they_know_is_told(talk):
    prepare(talk)
    tell(talk, "set acme: clock they don't know our date; ours is 8 April")
    assert "known outside" not in tell(talk, "ready acme all").text
    tell(talk, "set acme: clock they already know our date")
    assert "known outside" in tell(talk, "ready acme all").text


def test_somebody_who_is_outside_for_another_supplier_alone_may_read(talk):
    prepare(talk)
    talk.say("hello", "bob")
    tell(talk, "share acme @bob")
    talk.say("settings outside add @bob for Borg")
    assert "from outside" not in tell(talk, "ready acme all").text
    talk.say("settings outside add @bob for Acme")
    assert "from outside and can open this plan" in tell(talk, "ready acme all").text


def test_a_price_in_a_trade_is_read_as_the_member_writes_figures(talk):
    talk.say("new quick Acme: pumps")
    talk.say("later")
    tell(talk, "mandate acme 1250 by CFO")
    tell(talk, "set acme: trades price 1,300 if they sign for two years")
    assert "A trade gives 1,300, and only 1,250 is allowed." in tell(talk, "ready acme all").text
