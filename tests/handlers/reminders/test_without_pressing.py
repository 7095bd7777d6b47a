"""A decision, and notice with its proof, recorded from the contract itself: before a reminder comes, and after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.deadlines import RUNG_30, rows, rung
from tests.support.office import Office

EARLY = datetime(2028, 1, 10, 9, tzinfo=UTC)
SENT = {"method": "registered letter", "day": "2028-01-10", "proof": "RR 123"}


@pytest.fixture
def office(contract_office: Office) -> Office:
    """The office with the worked contract in it, long before the deadline."""
    contract_office.talk.now = EARLY
    return contract_office


def test_notice_is_recorded_before_any_reminder_came(office: Office) -> None:
    talk = office.talk
    form = talk.press(talk.say("contract show acme").buttons["Notice sent + proof"]).form
    assert form is not None
    assert "recorded as sent: registered letter, Mon 10 Jan" in talk.submit(form.words, SENT).text
    shown = talk.say("contract show acme")
    assert "Notice was given on 10 Jan 2028 by registered letter" in shown.text
    assert "Notice sent + proof" not in shown.buttons
    assert [row for row in rows(office, "notice") if row.status == "pending"] == []
    assert "Nothing has to be sent or decided" in talk.say("contract notice acme").text


def test_a_day_is_no_way_of_sending(office: Office) -> None:
    form = office.talk.say("contract notice acme").form
    assert form is not None
    said = office.talk.submit(form.words, {**SENT, "method": "5 Jan 2028"})
    assert "That is a day, and I need how it was sent" in said.text
    assert "Notice was given" not in office.talk.say("contract show acme").text


def test_notice_needs_its_proof(office: Office) -> None:
    form = office.talk.say("contract notice acme").form
    assert form is not None
    said = office.talk.submit(form.words, {**SENT, "proof": ""})
    assert "I need" in said.text
    assert said.shown.wrong
    assert [row.status for row in rows(office, "notice")].count("pending") > 0


def test_a_decision_is_recorded_and_told_to_those_who_may_know(office: Office) -> None:
    talk = office.talk
    form = talk.press(talk.say("contract show acme").buttons["Record decision"]).form
    assert form is not None
    said = talk.submit(form.words, {"decision": "replace", "reason": "Borg is cheaper"})
    assert "the decision is recorded" in said.text
    assert "Borg" not in said.text
    assert "Record decision" not in talk.say("contract show acme").buttons
    assert "Status: decided, nothing sent" in talk.say("contract show acme", "bob").text
    assert "replace" not in talk.say("contract show acme", "bob").text
    assert "replace" in talk.say("contract details acme").text


def test_a_reminder_that_is_there_is_edited(office: Office) -> None:
    rung(office)
    form = office.talk.say("contract notice acme").form
    assert form is not None
    said = office.talk.submit(form.words, {**SENT, "day": "2028-02-28"})
    assert [to for to, _ in said.others] == ["acme"]
    assert office.run(RUNG_30 + timedelta(days=10), timedelta(hours=6)) == []


def test_others_record_nothing(office: Office) -> None:
    office.talk.say("hub", "cyd")
    for line in ("contract notice acme", "contract decide acme"):
        said = office.talk.say(line, "cyd")
        assert "for the owner" in said.text
        assert said.form is None
    assert "Notice sent + proof" not in office.talk.say("contract show acme", "cyd").buttons
