"""`undo` of what was done outside of plans: settings of one's own, and buttons on reminders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.office import Office
from tests.support.talk import Talk

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    yield made
    made.close()


def test_a_setting_of_ones_own_is_what_it_was_without_any_plan(talk):
    talk.say("settings zone Europe/London")
    talk.say("settings zone America/New_York")
    assert talk.say("undo").text == "Taken back: your setting zone."
    assert "Europe/London" in talk.say("settings zone").text
    assert talk.say("undo").outcome.refused


def test_a_setting_that_was_not_set_is_not_set_again(talk):
    before = talk.say("settings locale").text
    talk.say("settings locale de-DE")
    talk.say("undo my last change")
    assert talk.say("settings locale").text == before


@pytest.mark.parametrize("later", [timedelta(0), timedelta(minutes=1)])
def test_the_last_step_comes_first_whether_or_not_it_was_in_a_plan(talk, later):
    talk.say("new quick Acme: housings")
    talk.say("stop")
    talk.say("term acme price: stop 4.05")
    talk.now += later
    talk.say("settings zone Europe/London")
    talk.now += later
    talk.say("term acme net: stop 30")
    assert "Taken back: term net" in talk.say("undo").text
    assert "Taken back: your setting zone." in talk.say("undo").text
    assert "Taken back: term price" in talk.say("undo").text


def test_with_a_plan_named_the_setting_stays(talk):
    talk.say("new quick Acme: housings")
    talk.say("stop")
    talk.say("term acme price: stop 4.05")
    talk.say("settings zone Europe/London")
    assert "Taken back: term price" in talk.say("undo acme").text
    assert "Europe/London" in talk.say("settings zone").text


def test_a_setting_of_somebody_else_is_out_of_reach(talk):
    talk.say("settings zone Europe/London")
    assert talk.say("undo", "bob").outcome.refused
    assert "Europe/London" in talk.say("settings zone").text


@pytest.fixture
def office(database_url):
    made = Office.open(database_url, START)
    made.talk.say("remind me tomorrow 10:00 call the plant")
    yield made
    made.close()


def reminded(office):
    ((_, mail),) = office.run(START + timedelta(days=1, hours=2), timedelta(hours=1))
    return mail


def test_a_reminder_that_was_ticked_off_is_open_again(office):
    mail = reminded(office)
    assert "Done by @Ann" in office.press(mail, "Done").text
    said = office.talk.say("undo")
    assert said.text.startswith("Taken back: the reminder is open again.")
    assert "Done" in said.buttons
    assert "Done by" not in said.text
    assert "Done by @Ann" in office.press(mail, "Done").text


def test_a_reminder_that_was_put_off_stays_so_and_that_is_said(office):
    office.talk.say("new quick Acme: housings")
    office.talk.say("stop")
    office.talk.say("term acme price: stop 4.05")
    mail = reminded(office)
    office.submit(office.press(mail, "Snooze"), {"until": "3 days"})
    said = office.talk.say("undo")
    assert said.text.startswith("Your last step was putting a reminder off, and that I do not take back.")
    assert "4.05" in office.talk.say("terms acme").text
    (label,) = said.buttons
    assert "Taken back: term price" in office.talk.press(said.buttons[label]).text
