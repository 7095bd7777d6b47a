"""A notice deadline from the first rung to the missed day: which posts come when, and to whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from storage.tables import Workspace
from tests.support.deadlines import JULY, days, lead, rows, rung
from tests.support.office import ACME, Office


@pytest.fixture
def office(contract_office: Office) -> Office:
    """The office with the worked contract in it."""
    return contract_office


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


def test_where_the_owner_cannot_be_reached_the_backup_has_one_notice_a_morning(database_url: str) -> None:
    office = Office.open(database_url, JULY)
    office.talk.say("hub", "bob")
    assert "Kept" in office.talk.say(ACME + ", restricted").text
    office.deliver(datetime(2027, 12, 30, 7, tzinfo=UTC))
    office.sender.inbox.clear()
    office.sender.gone.add("ann")
    arrived = office.run(datetime(2028, 1, 18, tzinfo=UTC))
    office.close()
    notices = [(at.date(), mail.to) for at, mail in arrived if "send notice by" in mail.text]
    assert notices == [
        (day, "bob")
        for day in (
            date(2027, 12, 30),
            date(2028, 1, 4),
            date(2028, 1, 7),
            date(2028, 1, 12),
            date(2028, 1, 17),
        )
    ]


def test_a_backup_whose_morning_is_later_is_told_as_well(sqlite_url: str) -> None:
    """The owner's message owes the next repeat; this one is still owed to whoever it has not reached."""
    office = Office.open(sqlite_url, JULY)
    office.talk.say("settings zone America/New_York", "bob")
    assert "Kept" in office.talk.say(ACME).text
    office.deliver(datetime(2027, 12, 30, 7, tzinfo=UTC))
    office.sender.inbox.clear()
    arrived = office.run(datetime(2028, 1, 18, tzinfo=UTC))
    office.close()
    assert [at for at, mail in arrived if mail.to == "bob" and "send notice by" in mail.text] == [
        datetime(2028, 1, 12, 14, tzinfo=UTC),
        datetime(2028, 1, 17, 14, tzinfo=UTC),
    ]


def test_a_missed_deadline_stays_open_until_the_lead_has_seen_it(office: Office) -> None:
    lead(office, "cyd")
    office.deliver(datetime(2028, 4, 2, 10, tzinfo=UTC))
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
