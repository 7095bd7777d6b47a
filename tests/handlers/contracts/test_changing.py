"""Correcting slips of typing in a contract: the same keys, everything that is owed follows, and only the right people may."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from storage.tables import AuditEvent
from tests.support.deadlines import JULY, RUNG_30, days, lead, rows, rung
from tests.support.office import ACME, Office

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """The office with the worked contract in it, on both databases."""
    found = Office.open(database_url, JULY)
    found.talk.say("hub", "bob")
    found.talk.say("hub", "cyd")
    assert "Kept" in found.talk.say(ACME).text
    yield found
    found.close()


def test_a_slip_is_corrected_and_the_dates_follow(office: Office) -> None:
    said = office.talk.say("contract set acme: notice 60 days, transit 3")
    assert "Corrected: Acme housings" in said.text
    assert "Now: notice 60 days, transit 3" in said.text
    assert "Send notice by Tue 25 Apr 2028" in said.text
    assert "reminder: 28 Oct 2027" in said.text
    assert days(office, "notice")[-2:] == [date(2028, 4, 26), date(2028, 5, 2)]
    assert "60 d" in office.talk.say("contract acme").text
    with office.talk.app.database.reading() as handle:
        actions = handle.session.execute(select(AuditEvent.action)).scalars().all()  # type: ignore[call-overload]
    assert actions.count("set") == 1


def test_everything_that_is_owed_moves_to_the_new_channel(office: Office) -> None:
    office.open_channel("metal")
    said = office.press(rung(office), "Snooze")
    office.submit(said, {"until": "1 week"})
    office.deliver(datetime(2028, 3, 15, 8, tzinfo=UTC))
    office.talk.say("contract set acme: channel #metal")
    pending = [row for kind in ("notice", "end", "repeat", "again") for row in rows(office, kind)]
    assert {row.address for row in pending if row.status == "pending" and not row.direct} == {"metal"}
    assert {row.address for row in pending if row.status == "sent"} == {"acme"}


def test_a_deadline_that_did_not_move_is_not_said_again_and_one_that_did_is_said_once(office: Office) -> None:
    rung(office, RUNG_30)
    office.talk.now = datetime(2028, 2, 29, 9, tzinfo=UTC)
    office.talk.say("contract set acme: ladder 40/20, title housing parts")
    assert office.deliver() == []
    office.talk.say("contract set acme: notice 100 days")
    (mail,) = office.deliver()
    assert "Acme housing parts: send notice by Mon 20 Mar 2028" in mail.text
    assert office.deliver() == []


def test_people_and_the_supplier_are_corrected_and_a_new_owner_is_told(office: Office) -> None:
    said = office.talk.say("contract set acme: supplier Acmee AG, owner @cyd")
    assert "Corrected: Acmee AG housings" in said.text
    assert [(to.id, to.direct) for to, _ in said.sent] == [("cyd", True)]
    assert "Owner @Cyd · backup @Bob" in office.talk.say("contract show Acmee AG").text
    assert "for the owner, @Cyd" in office.talk.say("contract set acmee: notice 1 day", "ann").text
    assert "Corrected" in office.talk.say("contract set acmee: backup none", "bob").text
    assert "for the owner" in office.talk.say("contract set acmee: backup @ann", "bob").text


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("contract set acme: notice soon", "notice"),
        ("contract set acme: colour blue", "colour blue"),
        ("contract set acme: end 2020-01-01", "ends before it starts"),
        ("contract set acme: backup @ann", "somebody other than the owner"),
        ("contract set borg: notice 90 days", "no contract called borg"),
        ("contract set acme: auto-renew no, times 2", "not how"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(office: Office, line: str, answer: str) -> None:
    before = office.talk.say("contract acme").text
    assert answer in office.talk.say(line).text
    assert office.talk.say("contract acme").text == before


def test_a_name_alone_opens_the_form_and_only_what_was_changed_in_it_changes(office: Office) -> None:
    opened = office.talk.press(office.talk.say("contract acme").buttons["Correct it"])
    assert opened.form is not None
    filled = {field.key: field.value for field in opened.form.fields}
    assert filled["notice"] == "90 days"
    assert filled["backup"] == "@Bob"
    said = office.talk.submit(opened.form.words, {**filled, "notice": "3 months", "backup": ""})
    assert "Now: notice 3 months, backup none" in said.text
    assert "no backup" in said.text
    assert (
        "Nothing was changed"
        in office.talk.submit(opened.form.words, {**filled, "notice": "3 months", "backup": ""}).text
    )


def test_of_several_contracts_the_buttons_say_all_that_was_typed(office: Office) -> None:
    office.talk.say(ACME.replace("housings", "lids"))
    said = office.talk.say("contract set acme: notice 60 days")
    assert len(said.buttons) == 2
    assert "Corrected: Acme lids" in office.talk.press(said.buttons["Acme lids, to 2028-06-30"]).text


def test_to_others_a_restricted_contract_is_as_unknown_as_none(office: Office) -> None:
    lead(office, "cyd")
    office.talk.say("contract set acme: restricted, backup none")
    hidden = office.talk.say("contract set acme: notice 1 day", "bob").text
    assert hidden == office.talk.say("contract set borg: notice 1 day", "bob").text.replace("borg", "acme")
    assert {row.direct for row in rows(office, "notice")} == {True}
    assert "Corrected" in office.talk.say("contract set acme: restricted no", "cyd").text
