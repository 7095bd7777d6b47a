"""`batna` through words: the worked answer, what is missing, changes, other people, and buttons."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import update

from storage.tables import Plan
from tests.handlers.acme import prepare, tell, to_first_of_april
from tests.support.screen import misfits, screen
from tests.support.talk import Talk


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    yield made
    made.close()


WORKED = """\
Acme · 1 Apr
BATNA: Borg, 4.18 EUR/pc like-for-like (125,400 EUR/yr)
Their 3.80, +3 % in year two = 3.857: beats it by 0.323
  (19,380 EUR over 24 months)
Limit 4.05 (CFO mandate, 16 Mar) · indifferent at 4.118
MEDIUM: firm until 29 May · 80 % sure · 12 weeks
! Start by 8 Apr or Borg misses 1 Jul
3.52 +0.14 freight +0.06 inspection +0.40 tooling +0.06 dual run
If Borg fails: in-house 4.35 -> expected 4.214
Weakest figure: tooling 24,000 (estimate, Feb)
Better if: samples approved -> 95 %
[Judge offer] [Add alternative] [Send to my DM]"""


def test_the_worked_answer(talk):
    to_first_of_april(talk)
    said = talk.say("batna acme", channel="C1")
    assert "\n".join(screen(said.shown)) == WORKED
    assert misfits(said.shown) == []


def test_an_ordinary_question_gets_the_same_answer(talk):
    to_first_of_april(talk)
    asked = talk.say("what's our BATNA for Acme?", channel="C1")
    assert "\n".join(screen(asked.shown)) == WORKED


def test_the_price_that_looks_better_and_is_not(talk):
    prepare(talk)
    talk.now = datetime(2026, 3, 18, 9, tzinfo=UTC)
    tell(talk, "offer acme theirs: price 4.12, cap 4 %")
    said = tell(talk, "batna acme")
    assert "Their 4.12, +4 % in year two = 4.202: misses it by 0.022" in said.text
    assert "(1,344 EUR over 24 months)" in said.text
    assert "! 4.12 looks better than Borg; over 24 months it is not" in said.text
    assert "indifferent at 4.098" in said.text
    assert misfits(said.shown) == []


def test_without_anything_it_says_what_is_missing(talk):
    talk.say("new Acme: housings")
    said = tell(talk, "batna acme")
    assert "No BATNA yet" in said.text
    assert "batna Acme add Borg = 4.18, chance 80 %, 12 weeks" in said.text
    assert "No limit yet" in said.text
    assert talk.press(said.buttons["Add alternative"]).form is not None


def test_before_any_offer_the_limit_counts_with_the_cap_that_we_would_stop_at(talk):
    prepare(talk)
    said = tell(talk, "batna acme")
    assert "They have named no price yet." in said.text
    assert "Limit 4.05 (our stop) · indifferent at 4.098, cap at our stop" in said.text
    assert "Start by 8 Apr or Borg misses 1 Jul" in said.text
    assert "! Start by" not in said.text  # five weeks are left


def test_when_the_batna_falls_it_is_seen(talk):
    to_first_of_april(talk)
    talk.now = datetime(2026, 6, 2, 9, tzinfo=UTC)
    said = tell(talk, "batna acme")
    assert "WEAK: ran out on 29 May · had to start by 8 Apr · 80 % sure" in said.text
    assert "! Borg may be gone; in-house still stands" in said.text
    assert misfits(said.shown) == []


def test_a_mandate_that_ran_out_no_longer_limits_and_is_called_out(talk):
    to_first_of_april(talk)
    talk.now = datetime(2026, 7, 2, 9, tzinfo=UTC)
    said = tell(talk, "batna acme")
    assert "! The mandate of 4.05 ran out on 30 Jun: ask again" in said.text
    assert "Limit 4.05 (our stop)" in said.text


def test_what_changed_since_the_mandate_is_named(talk):
    to_first_of_april(talk)
    with talk.app.database.writing() as handle:
        handle.connection.execute(update(Plan.__table__).values(volume=Decimal(20000)))
    assert "! Changed since CFO allowed 4.05: volume" in tell(talk, "batna acme").text


# ---- changing alternatives ----


def test_an_alternative_is_changed_cost_by_cost(talk):
    prepare(talk)
    said = tell(talk, "batna acme set Borg freight 0.20, chance 95 %")
    assert "BATNA: Borg, 4.24 EUR/pc" in said.text
    assert "95 % sure" in said.text
    assert "+0.20 freight +0.06 inspection +0.40 tooling" in said.text


def test_an_alternative_is_removed(talk):
    prepare(talk)
    said = tell(talk, "batna acme remove borg")
    assert "Removed: Borg." in said.text
    assert "BATNA: in-house, 4.35 EUR/pc" in said.text


def test_a_form_asks_for_what_was_not_said(talk):
    prepare(talk)
    form = tell(talk, "batna acme add Kilo").form
    assert form is not None
    values = {field.key: field.value for field in form.fields}
    assert values["name"] == "Kilo"
    values |= {
        "price": "4.00",
        "costs": "freight 0.10\none-off 6000 tooling",
        "chance": "90 %",
        "lead": "6 weeks",
    }
    said = talk.submit(form.words, values)
    assert "Kept: Kilo. Still open: until when." in said.text
    assert "Kilo, 4.20 EUR/pc" in tell(talk, "batna acme remove borg").text


def test_the_form_of_an_alternative_shows_what_is_kept_and_replaces_it(talk):
    prepare(talk)
    said = tell(talk, "batna acme all")
    form = talk.press(said.buttons["Change Borg"]).form
    values = {field.key: field.value for field in form.fields}
    assert values["costs"].splitlines()[2] == "one-off 24000 tooling (estimate, Feb)"
    assert (values["price"], values["chance"], values["until"], values["lead"]) == (
        "3.52", "80 %", "2026-05-29", "12 weeks",
    )  # fmt: skip
    changed = talk.submit(form.words, values | {"costs": "freight 0.14"})
    assert "BATNA: Borg, 3.66 EUR/pc" in changed.text


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ("uplift 2 %", "uplift 2 %"),
        ("quoted, chance 80 %, via Kim", "quoted, via Kim"),
        ("own, over 12 months, uplift 2.5 %", "own, uplift 2.5 %"),
    ],
)
def test_a_form_that_is_sent_as_it_stands_changes_nothing(talk, told, more):
    prepare(talk)
    before = tell(talk, f"batna acme add Kilo = 3.30, {told}").text.splitlines()
    form = tell(talk, "batna acme set Kilo").form
    values = {field.key: field.value for field in form.fields}
    assert values["more"] == more
    after = talk.submit(form.words, values).text.splitlines()
    assert before[1:] == after[1:]


def test_an_alternative_takes_no_name_that_another_has(talk):
    prepare(talk)
    before = tell(talk, "batna acme").text
    form = tell(talk, "batna acme set Borg").form
    values = {field.key: field.value for field in form.fields}
    said = talk.submit(form.words, values | {"name": "In-House", "price": "1"})
    assert "There is an alternative called in-house already." in said.text
    assert tell(talk, "batna acme").text == before


@pytest.mark.parametrize(
    "line",
    [
        "batna acme add = 4.18",
        "batna acme add Borg = 0",
        "batna acme add Borg = 4.18, chance 180 %",
        "batna acme add Borg = 4.18, until 31 February",
        "batna acme set Nobody chance 5 %",
        "batna acme remove Nobody",
        "batna zzz",
    ],
)
def test_wrong_input_changes_nothing(talk, line):
    prepare(talk)
    before = tell(talk, "batna acme").text
    said = talk.say(line, channel="C1")
    assert said.outcome.refused
    assert "You typed" in said.text
    assert tell(talk, "batna acme").text == before


def test_a_figure_with_two_readings_is_asked_about(talk):
    prepare(talk)
    said = talk.say("batna acme add Kilo = 4.180", channel="C1")
    assert "Nothing was changed." in said.text
    talk.press(said.buttons["4.18"])
    assert "Kilo: 4.18 EUR/pc" in tell(talk, "batna acme all").text


# ---- other people, other places ----


def test_to_others_the_plan_does_not_exist(talk):
    to_first_of_april(talk)
    said = talk.say("batna acme", "bob", channel="C1")
    never = talk.say("batna zork", "bob", channel="C1")
    assert said.text.replace("acme", "zork") == never.text
    for line in ("batna acme add Kilo = 1", "batna acme remove Borg"):
        assert "no plan yet" in talk.say(line, "bob", channel="C1").text


def test_who_may_only_read_sees_it_and_cannot_change_it(talk):
    to_first_of_april(talk)
    talk.say("hello", "bob")
    tell(talk, "share acme @bob")
    read = talk.say("batna acme", "bob", channel="C1")
    assert "BATNA: Borg, 4.18" in read.text
    assert "Add alternative" not in read.buttons
    assert "not change it" in talk.say("batna acme remove Borg", "bob", channel="C1").text


def test_send_to_my_dm(talk):
    to_first_of_april(talk)
    said = talk.say("batna acme", channel="C1")
    sent = talk.press(said.buttons["Send to my DM"], channel="C1")
    assert "Borg" not in sent.text
    assert [who for who, _ in sent.others] == ["ann"]
    assert "BATNA: Borg, 4.18 EUR/pc" in sent.others[0][1]


def test_judge_offer_judges_their_standing_offer(talk):
    to_first_of_april(talk)
    judged = talk.press(tell(talk, "batna acme").buttons["Judge offer"], channel="C1")
    assert "Acme · their offer · 1 Apr" in judged.text
    assert "BATNA Borg 4.18: beats it by 0.323" in judged.text


def test_asking_in_a_channel_is_only_a_question_and_telling_carries_figures(talk):
    command = talk.app.core.router.by_name["batna"]
    assert command.only_reads("acme")
    assert not command.has_figures("acme")
    assert command.has_figures("acme add Borg = 4.18")
    assert not command.only_reads("acme add Borg = 4.18")


def test_an_answer_that_was_worked_out_follows_every_change_and_the_day(talk):
    to_first_of_april(talk)
    assert "3.857: beats it by 0.323" in tell(talk, "batna acme").text
    tell(talk, "give acme lead 28 -> 30 for price 3.80 -> 3.74")
    assert "3.796: beats it by 0.384" in tell(talk, "batna acme").text
    talk.now = datetime(2026, 4, 9, 9, tzinfo=UTC)
    later = tell(talk, "batna acme").text
    assert later.startswith("Acme · 9 Apr")
    assert "WEAK: had to start by 8 Apr" in later


def test_a_one_off_without_a_horizon_says_over_what_it_is_spread(talk):
    prepare(talk)
    with talk.app.database.writing() as handle:
        handle.connection.execute(update(Plan.__table__).values(horizon_months=None))
    said = tell(talk, "batna acme")
    assert "! One-off spread over 12 months alone: set horizon 24 months?" in screen(said.shown)
    assert misfits(said.shown) == []
    tell(talk, "set acme: horizon 24 months")
    assert "One-off spread" not in tell(talk, "batna acme").text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("btna acme add Nadir = 4.1", "batna acme add Nadir = 4.1"),
        ("batna acme ad Nadir = 4.1", "batna acme add Nadir = 4.1"),
        ("batna acme sett Borg: 4.1, chance 80 %", "batna acme set Borg: 4.1, chance 80 %"),
    ],
)
def test_a_slip_in_a_change_is_offered_as_the_whole_line(talk, typed, meant):
    talk.say("new quick Acme: housings")
    talk.say("later")
    talk.say("batna acme add Borg = 4.18")
    before = talk.say("batna acme all").text
    said = talk.say(typed)
    assert said.outcome.refused
    assert said.buttons == {meant: meant}
    assert talk.say("batna acme all").text == before
    assert "4.1" in talk.press(said.buttons[meant]).text
