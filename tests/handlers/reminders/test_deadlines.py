"""A notice deadline from the first rung to the missed day: which posts come when, to whom, and what the buttons do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from storage.tables import ContractRecord, Reminder, Workspace
from tests.support.office import ACME, Office
from tests.support.talk import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doubles.sender import Mail

JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
RUNG_30 = datetime(2028, 2, 28, 8, tzinfo=UTC)


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """A workspace of the test's own, with the worked contract in it."""
    found = Office.open(sqlite_url, JULY)
    found.talk.say("hub", "bob")
    assert "Kept" in found.talk.say(ACME).text
    yield found
    found.close()


def rows(office: Office, kind: str) -> list[Reminder]:
    """The rows of a kind that are not cancelled, by when they are due."""
    table = Reminder.__table__
    with office.talk.app.database.reading() as handle:
        statement = (
            select(Reminder)
            .where(table.c.kind == kind, table.c.status != "cancelled")
            .order_by(table.c.due_at)
        )
        return list(handle.session.execute(statement).scalars())


def days(office: Office, kind: str) -> list[date]:
    """The days on which they are due."""
    return [row.due_at.date() for row in rows(office, kind)]


def lead(office: Office, name: str) -> None:
    """Make somebody the lead."""
    office.talk.say("hub", name)
    with office.talk.app.database.writing() as handle:
        handle.connection.execute(update(Workspace.__table__).values(settings={"leads": [name]}))


def rung(office: Office, at: datetime = RUNG_30) -> Mail:
    """The message of a rung, with nothing else waiting before it."""
    (mail,) = office.deliver(at)
    assert mail.to == "acme"
    return mail


def test_all_rungs_are_owed_from_the_start(office: Office) -> None:
    """90, 60, 30, 14, 7 and 1 days before Wed 29 Mar 2028, on working days; then late, then missed."""
    assert days(office, "notice") == [
        date(2027, 12, 30), date(2028, 1, 28), date(2028, 2, 28), date(2028, 3, 15), date(2028, 3, 22),
        date(2028, 3, 28), date(2028, 3, 30), date(2028, 4, 3),
    ]  # fmt: skip
    assert days(office, "decision") == [date(2028, 1, 14)]
    assert days(office, "reassess") == [date(2027, 10, 1)]
    assert {row.due_at.hour for row in rows(office, "notice")} == {7, 8}  # 9:00 in Berlin, summer and winter


def test_a_workspace_has_its_own_ladder_and_hour(sqlite_url: str) -> None:
    office = Office.open(sqlite_url, JULY)
    office.talk.say("hub")
    with office.talk.app.database.writing() as handle:
        handle.connection.execute(
            update(Workspace.__table__).values(settings={"ladder": [10], "posting": "07:30"})
        )
    office.talk.now += timedelta(minutes=1)
    office.talk.say(ACME)
    assert [row.due_at for row in rows(office, "notice")][:1] == [
        datetime(2028, 3, 17, 7, 0, tzinfo=UTC)
    ]  # quiet till 8
    office.close()


def test_a_late_import_does_not_flood(sqlite_url: str) -> None:
    office = Office.open(sqlite_url, datetime(2028, 3, 16, 10, tzinfo=UTC))
    office.talk.say("hub", "bob")
    office.talk.say(ACME)
    mails = office.deliver()
    assert [mail.to for mail in mails] == ["acme"]
    assert mails[0].text.startswith("Acme housings: send notice by Wed 29 Mar 2028 (13 days)")
    assert [row.occurrence for row in rows(office, "notice") if row.status == "sent"] == ["2028-03-29/14"]
    office.close()


def test_a_late_import_at_night_waits_for_the_morning(sqlite_url: str) -> None:
    office = Office.open(sqlite_url, datetime(2028, 3, 15, 22, tzinfo=UTC))
    office.talk.say(ACME)
    assert office.deliver() == []
    assert len(office.deliver(datetime(2028, 3, 16, 7, tzinfo=UTC))) == 1
    office.close()


def test_a_deadline_that_was_missed_before_the_import_is_said_once_with_what_it_means(
    sqlite_url: str,
) -> None:
    office = Office.open(sqlite_url, datetime(2028, 5, 2, 9, tzinfo=UTC))
    office.talk.say("hub", "bob")
    office.talk.say(ACME)
    (mail,) = office.deliver()
    assert "the deadline of Sat 1 Apr 2028 was missed" in mail.text
    assert "What it means: 12 more months; next clause exit 1 Apr 2029" in mail.text
    after = office.run(datetime(2028, 5, 20, tzinfo=UTC), timedelta(hours=4))
    assert {mail.to for _, mail in after} == {"ann"}  # no lead is set, so the owner, alone
    assert next(row.due_at.date() for row in rows(office, "notice") if row.status == "pending") == date(
        2028, 12, 27
    )
    office.close()


def test_nobody_answers_and_it_climbs_to_the_backup_and_the_lead(office: Office) -> None:
    """Every 3 working days; after two repeats to the backup too, after two more to the lead."""
    lead(office, "cyd")
    office.deliver(datetime(2027, 12, 30, 7, tzinfo=UTC))
    office.sender.inbox.clear()
    rung(office, datetime(2027, 12, 30, 8, tzinfo=UTC))
    arrived = office.run(datetime(2028, 1, 25, 23, tzinfo=UTC))
    by_day: dict[date, set[str]] = {}
    for at, mail in arrived:
        by_day.setdefault(at.date(), set()).add(mail.to)
    assert by_day == {
        date(2028, 1, 4): {"acme"},
        date(2028, 1, 7): {"acme"},
        date(2028, 1, 12): {"acme", "bob"},
        date(2028, 1, 14): {"acme"},  # the decision is due
        date(2028, 1, 17): {"acme", "bob"},
        date(2028, 1, 20): {"acme", "bob", "cyd"},
        date(2028, 1, 25): {"acme", "bob", "cyd"},
    }


def test_inside_the_last_ten_working_days_it_comes_daily(office: Office) -> None:
    office.deliver(datetime(2028, 3, 22, 7, tzinfo=UTC))
    office.sender.inbox.clear()
    arrived = office.run(datetime(2028, 3, 30, tzinfo=UTC))
    to_channel = [at.date() for at, mail in arrived if mail.to == "acme"]
    assert to_channel == [date(2028, 3, day) for day in (22, 23, 24, 27, 28, 29)]
    assert {mail.to for _, mail in arrived} >= {"acme", "bob"}


def test_late_says_that_a_faster_method_may_do_and_missed_what_it_means(office: Office) -> None:
    office.deliver(datetime(2028, 3, 29, 20, tzinfo=UTC))
    office.sender.inbox.clear()
    arrived = office.run(datetime(2028, 4, 4, 20, tzinfo=UTC))
    texts = {at.date(): mail for at, mail in arrived if mail.to == "acme"}
    assert "notice is late" in texts[date(2028, 3, 30)].text
    assert "faster method" in texts[date(2028, 3, 30)].text
    missed = texts[date(2028, 4, 3)]
    assert "was missed" in missed.text
    assert "Snooze" not in missed.buttons
    assert [at.date() for at, mail in arrived if "was missed" in mail.text and mail.to == "acme"] == [
        date(2028, 4, 3)
    ]


def test_a_missed_deadline_stays_open_until_the_lead_has_seen_it(office: Office) -> None:
    lead(office, "cyd")
    office.deliver(datetime(2028, 4, 2, tzinfo=UTC))
    office.sender.inbox.clear()
    ((_, missed),) = office.run(datetime(2028, 4, 3, 20, tzinfo=UTC))
    office.press(missed, "Seen", "bob")
    again = office.run(datetime(2028, 4, 15, tzinfo=UTC), timedelta(hours=2))
    assert [(at.date(), mail.to) for at, mail in again] == [
        (date(2028, 4, 6), "cyd"),
        (date(2028, 4, 11), "cyd"),
    ]
    office.press(again[-1][1], "Seen", "cyd")
    assert office.run(datetime(2028, 4, 30, tzinfo=UTC), timedelta(hours=2)) == []


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


def test_notice_with_proof_ends_the_reminders(office: Office) -> None:
    mail = rung(office, datetime(2028, 3, 22, 8, tzinfo=UTC))
    office.talk.now = datetime(2028, 3, 24, 12, tzinfo=UTC)
    form = office.press(mail, "Notice sent + proof")
    values = {field.key: field.value for field in form.form.fields}  # type: ignore[union-attr]
    assert values == {"method": "registered letter", "day": "2028-03-24", "proof": ""}
    assert "the proof" in office.submit(form, values).text
    said = office.submit(form, {**values, "proof": "receipt RR 0815"})
    assert "Recorded as sent by @Ann: registered letter, Fri 24 Mar 2028" in said.text
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
