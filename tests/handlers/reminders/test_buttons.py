"""The buttons on a notice deadline: what they do, who may press them, and that the message says so in place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from storage.tables import Contract, ContractRecord, Reminder
from tests.support.deadlines import JULY, RUNG_30, rows, rung
from tests.support.office import Office
from tests.support.talk import person


@pytest.fixture
def office(contract_office: Office) -> Office:
    """The office with the worked contract in it."""
    return contract_office


def test_seen_edits_the_message_says_who_and_stops_the_repeats(office: Office) -> None:
    mail = rung(office)
    said = office.press(mail, "Seen", "cyd")
    assert "Seen by @Cyd on 28 Feb" in said.text
    assert said.outcome.answer.steps.replaces
    assert not said.shown.private
    assert "Seen" not in said.buttons
    assert "Notice sent + proof" in said.buttons
    assert office.run(datetime(2028, 3, 14, tzinfo=UTC), timedelta(hours=4)) == []


def test_a_guest_presses_nothing(office: Office) -> None:
    mail = rung(office)
    said = office.talk.press(mail.buttons["Seen"], person("eve", guest=True), channel="acme")  # type: ignore[arg-type]
    assert "inside members" in said.text
    assert "Acme" not in said.text


def test_the_channel_learns_that_it_was_decided_and_not_what(office: Office) -> None:
    mail = rung(office)
    assert "for the owner" in office.press(mail, "Record decision", "cyd").text
    form = office.press(mail, "Record decision")
    said = office.submit(form, {"decision": "replace", "reason": "Borg is cheaper"})
    assert "A decision was recorded by @Ann" in said.text
    for word in ("replace", "Borg", "cheaper"):
        assert word not in said.text
    assert "Notice sent + proof" in said.buttons
    assert "replace" in office.press(mail, "Details for me").text
    assert "replace" not in office.press(mail, "Details for me", "cyd").text


def test_renewing_as_it_is_ends_this_deadline_and_starts_the_next(office: Office) -> None:
    mail = rung(office)
    office.submit(office.press(mail, "Record decision"), {"decision": "renew", "reason": ""})
    pending = [row for row in rows(office, "notice") if row.status == "pending"]
    assert pending[0].due_at.date() == date(2028, 12, 27)
    assert pending[-1].details["term_end"] == "2029-06-30"


def test_notice_that_is_recorded_later_says_both_days(office: Office) -> None:
    mail = rung(office, datetime(2028, 3, 22, 8, tzinfo=UTC))
    office.talk.now = datetime(2028, 3, 24, 12, tzinfo=UTC)
    form = office.press(mail, "Notice sent + proof")
    said = office.submit(form, {"method": "courier", "day": "2028-03-23", "proof": "receipt"})
    assert "Recorded as sent by @Ann: courier, Thu 23 Mar 2028, recorded on 24 Mar" in said.text


def test_notice_with_proof_ends_the_reminders(office: Office) -> None:
    mail = rung(office, datetime(2028, 3, 22, 8, tzinfo=UTC))
    office.talk.now = datetime(2028, 3, 24, 12, tzinfo=UTC)
    form = office.press(mail, "Notice sent + proof")
    values = {field.key: field.value for field in form.form.fields}  # type: ignore[union-attr]
    assert values == {"method": "registered letter", "day": "2028-03-24", "proof": ""}
    assert "the proof" in office.submit(form, values).text
    said = office.submit(form, {**values, "proof": "receipt RR 0815"})
    assert "Recorded as sent by @Ann: registered letter, Fri 24 Mar 2028" in said.text.splitlines()
    assert "RR 0815" not in said.text
    assert "it ends on 30 Jun 2028" in said.text
    details = office.talk.say("contract show acme").buttons["Details for me"]
    assert "Proof of notice: receipt RR 0815" in office.talk.press(details).text
    left = office.run(datetime(2028, 7, 10, tzinfo=UTC), timedelta(hours=6))
    assert [(at.date(), mail.text.splitlines()[0]) for at, mail in left] == [
        (date(2028, 6, 30), "Acme housings: ends on 30 Jun")
    ]


def test_notice_that_comes_too_late_ends_the_next_term(office: Office) -> None:
    rung(office, datetime(2028, 4, 3, 7, tzinfo=UTC))
    late = datetime(2028, 4, 4, 9, tzinfo=UTC)
    office.talk.now = late
    with office.talk.app.database.reading() as handle:
        table = Reminder.__table__
        missed = handle.connection.execute(
            select(table.c.id)
            .where(table.c.kind == "notice", table.c.status == "sent")
            .order_by(table.c.due_at.desc())
        ).first()
    assert missed is not None
    said = office.talk.submit(
        f"reminder notice {missed[0]}",
        {"method": "courier", "day": "2028-04-04", "proof": "x"},
        channel="acme",
    )
    assert "it ends on 30 Jun 2029" in said.text
    with office.talk.app.database.reading() as handle:
        row = handle.session.execute(select(ContractRecord)).scalar_one()
    assert (row.day, row.term_end) == (date(2028, 4, 4), date(2029, 6, 30))


@pytest.mark.parametrize(
    ("until", "day", "back"),
    [
        ("1 day", "", date(2028, 2, 29)),
        ("3 days", "", date(2028, 3, 2)),
        ("date", "2028-03-10", date(2028, 3, 10)),
        ("1 day", "2028-03-10", date(2028, 3, 10)),
    ],
)
def test_snooze_brings_it_back_on_its_day(office: Office, until: str, day: str, back: date) -> None:
    mail = rung(office)
    said = office.submit(office.press(mail, "Snooze", "bob"), {"until": until, "day": day}, "bob")
    assert f"Snoozed to {back:%a} {back.day} {back:%b} 2028 by @Bob" in said.text
    assert said.outcome.answer.steps.replaces
    arrived = office.run(datetime(2028, 3, 11, tzinfo=UTC), timedelta(hours=2))
    assert arrived[0][0].date() == back
    assert arrived[0][1].text.startswith("Acme housings: send notice by")


def test_of_two_forms_that_were_open_the_later_snooze_stands_alone(database_url: str) -> None:
    office = Office.open(database_url, JULY)
    office.talk.say("remind #acme 2026-07-02 9:00 invoice check")
    (mail,) = office.deliver(datetime(2026, 7, 2, 7, tzinfo=UTC))
    forms = [office.press(mail, "Snooze", who) for who in ("ann", "bob")]
    for form, who, until in zip(forms, ("ann", "bob"), ("1 day", "1 week"), strict=True):
        office.submit(form, {"until": until, "day": ""}, who)
    arrived = office.run(datetime(2026, 7, 20, tzinfo=UTC))
    assert [at.date() for at, _ in arrived] == [date(2026, 7, 9)]
    office.close()


def test_two_things_that_are_put_off_come_back_each(database_url: str) -> None:
    office = Office.open(database_url, JULY)
    office.talk.say("remind #acme every day 9:00 invoice check")
    (first,) = office.deliver(datetime(2026, 7, 2, 7, tzinfo=UTC))
    (second,) = office.deliver(datetime(2026, 7, 3, 7, tzinfo=UTC))
    for mail, until in ((first, "1 week"), (second, "3 days")):
        office.submit(office.press(mail, "Snooze"), {"until": until, "day": ""})
    days = [row.due_at.date() for row in rows(office, "again") if row.status == "pending"]
    assert len(days) == 2
    office.close()


def test_snooze_past_send_by_is_refused(office: Office) -> None:
    mail = rung(office, datetime(2028, 3, 28, 7, tzinfo=UTC))
    form = office.press(mail, "Snooze")
    for values in ({"until": "3 days", "day": ""}, {"until": "date", "day": "2028-03-30"}):
        said = office.submit(form, values)
        assert said.outcome.refused
        assert "past the day it must be sent" in said.text
    assert "Snoozed to Wed 29 Mar 2028" in office.submit(form, {"until": "date", "day": "2028-03-29"}).text


def test_reassign_names_the_new_owner_and_tells_them(office: Office) -> None:
    mail = rung(office)
    assert office.press(mail, "Reassign", "cyd").outcome.refused
    said = office.submit(office.press(mail, "Reassign"), {"person": "@cyd"})
    assert "Owner @Cyd" in said.text
    assert "Handed to @Cyd by @Ann" in said.text
    assert said.others == [
        ("cyd", "Acme housings is now yours\n@Ann handed it to you. Its reminders name you from now on.")
    ]


def test_nobody_gets_what_is_about_a_supplier_for_whom_they_count_as_outside(office: Office) -> None:
    mail = rung(office)
    office.talk.say("settings outside @cyd for Acme")
    said = office.submit(office.press(mail, "Reassign"), {"person": "@cyd"})
    assert said.outcome.refused
    assert "outside for this supplier" in said.text
    assert not said.others


def test_an_old_button_does_nothing_twice(office: Office) -> None:
    """Pressed again, pressed after the matter is settled, pressed with an id that was never posted."""
    mail = rung(office)
    form = office.press(mail, "Notice sent + proof")
    values = {"method": "courier", "day": "2028-02-28", "proof": "x"}
    office.submit(form, values)
    again = office.submit(form, values)
    assert "Recorded as sent by @Ann" in again.text
    with office.talk.app.database.reading() as handle:
        assert len(handle.session.execute(select(ContractRecord)).scalars().all()) == 1
    pending = rows(office, "end")[0]
    for words in (f"reminder seen {pending.id}", "reminder seen 123", "reminder notice 99"):
        assert "not there for you" in office.talk.press(words, channel="acme").text


def test_a_reminder_in_a_direct_message_is_pressed_by_its_reader_alone(office: Office) -> None:
    office.sender.gone.add("acme")
    (mail,) = office.deliver(RUNG_30)
    assert mail.to == "ann"
    assert "not there for you" in office.talk.press(mail.buttons["Seen"], "cyd").text
    assert "Seen by @Ann" in office.press(mail, "Seen", "ann").text


def test_the_message_fits_and_its_preview_names_nobody(office: Office) -> None:
    mail = rung(office, datetime(2028, 3, 2, 9, tzinfo=UTC))
    lines = mail.text.splitlines()
    assert lines == [
        "Acme housings: send notice by Wed 29 Mar 2028 (27 days)",
        "Must arrive Fri 31 Mar · clause date Sat 1 Apr (30 Jun - 90 d)",
        "Otherwise: 12 more months; next clause exit 1 Apr 2029",
        "Registered letter; e-mail does not count",
        "Owner @Ann · backup @Bob · decision is overdue",
        "Status: undecided, nothing sent",
        "Posted late: it was due 30 Dec 2027 09:00.",
    ]
    assert max(map(len, lines)) <= 64
    assert mail.shown.preview.value == "A contract date needs attention"
    assert list(mail.buttons) == [
        "Details for me", "Seen", "Record decision", "Notice sent + proof", "Snooze", "Reassign",
    ]  # fmt: skip


def test_a_renewal_on_request_asks_for_the_request(office: Office) -> None:
    office.talk.say(
        "contract add Lease: end 2027-06-30, renew on request 12 months, notice 60 days, channel #acme"
    )
    (mail,) = [m for m in office.deliver(datetime(2027, 4, 23, 7, tzinfo=UTC)) if "Lease" in m.text]
    assert "Lease: ask for renewal by Fri 30 Apr 2027" in mail.text
    assert "Otherwise: it ends on 30 Jun 2027" in mail.text
    form = office.press(mail, "Request sent + proof")
    office.submit(form, {"method": "courier", "day": "2027-04-23", "proof": "x"})
    assert "2028" in office.talk.say("contract show lease").text


@pytest.mark.parametrize("words", ["snooze {} 1 day", "snooze {}", "reassign {} @cyd", "log {} done"])
def test_a_warning_about_a_channel_is_neither_put_off_nor_handed_over(office: Office, words: str) -> None:
    """It has no such buttons: words that somebody made up owe nothing that could not be built."""
    mail = rung(office)
    with office.talk.app.database.writing() as handle:
        row = handle.session.execute(select(Reminder).where(Reminder.posted != "")).scalars().first()
        assert row is not None
        row.subject, row.kind, row.direct, row.address = "channel", "opened", True, "ann"
        contracts = handle.session.execute(select(Contract.id)).scalars().all()
        row.details = {
            "channel": "acme",
            "name": "acme",
            "why": "people",
            "plans": [],
            "contracts": contracts,
        }
        reminder_id = row.id
    assert mail.buttons
    assert office.talk.say(f"remind {words.format(reminder_id)}").outcome.refused
    assert not rows(office, "again")
