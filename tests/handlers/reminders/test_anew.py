"""Changed settings move what is owed, and only that."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storage.anew import is_asked
from tests.support.deadlines import JULY, RUNG_30, days, rows, rung
from tests.support.office import ACME, Office

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """The office with the worked contract in it, on both databases."""
    found = Office.open(database_url, JULY)
    found.talk.say("hub", "bob")
    assert "Kept" in found.talk.say(ACME).text
    yield found
    found.close()


def changed(office: Office, *lines: str, at: datetime | None = None, who: str = "ann") -> None:
    """Change settings, and ring once."""
    office.talk.now = at or office.talk.now + timedelta(minutes=1)
    for line in lines:
        assert ": " in office.talk.say(f"settings {line}", who).text
    assert office.deliver() == []


def pending(office: Office, kind: str) -> list[datetime]:
    """When what is pending is due."""
    return [row.due_at for row in rows(office, kind) if row.status == "pending"]


def test_a_new_ladder_and_hour_hold_for_contracts_that_are_there(office: Office) -> None:
    changed(office, "ladder 40, 10", "posting hour 10:30")
    assert days(office, "notice") == [
        date(2028, 2, 18), date(2028, 3, 17), date(2028, 3, 30), date(2028, 4, 3),
    ]  # fmt: skip
    assert {(due.hour, due.minute) for due in pending(office, "notice")} == {(8, 30), (9, 30)}


def test_holidays_of_another_country_move_the_dates(office: Office) -> None:
    changed(office, "country DE-BY", "reassess days 200")
    assert days(office, "reassess") == [date(2027, 9, 10)]
    assert days(office, "decision") == [date(2028, 1, 14)]
    changed(office, "country US")
    assert days(office, "notice")[-1] == date(2028, 4, 3)


def test_a_default_channel_takes_what_has_no_channel(office: Office) -> None:
    office.talk.say(
        "contract add Borg: start 2026-07-01, end 2027-06-30, auto-renew 12 months, notice 30 days"
    )
    changed(office, "default channel #acme")
    assert {(row.address, row.direct) for row in rows(office, "notice")} == {("acme", False)}
    changed(office, "default channel none")
    assert {row.address for row in rows(office, "notice")} == {"acme", "ann"}


def test_what_was_sent_stays_and_nothing_that_is_over_is_said_again(office: Office) -> None:
    """Forty contracts in the middle of their ladder; a changed ladder posts nothing, and the next step comes on its day."""
    for number in range(40):
        office.talk.say(ACME.replace("title housings", f"title housings {number}"))
    office.run(RUNG_30 + timedelta(hours=2), timedelta(days=61))
    office.deliver(RUNG_30 + timedelta(hours=2))
    sent = {row.id for row in rows(office, "notice") if row.status == "sent"}
    assert len(sent) == 123  # three rungs each
    changed(office, "ladder 200, 100, 45, 28, 5", at=RUNG_30 + timedelta(hours=3))
    assert {row.id for row in rows(office, "notice") if row.status == "sent"} == sent
    due = [row.due_at.date() for row in rows(office, "notice") if row.status == "pending"]
    assert sorted(set(due)) == [date(2028, 3, 1), date(2028, 3, 24), date(2028, 3, 30), date(2028, 4, 3)]


def test_a_step_that_was_due_and_did_not_go_out_is_not_lost(office: Office) -> None:
    """At 8:30 the day's rung waits for 9:00; the hour becomes 8:00, so it goes out at once."""
    office.deliver(datetime(2028, 2, 1, 9, tzinfo=UTC))
    office.talk.now = datetime(2028, 2, 28, 7, 30, tzinfo=UTC)
    office.talk.say("settings posting hour 8:00")
    (mail,) = office.deliver()
    assert "send notice by Wed 29 Mar 2028" in mail.text


@pytest.mark.parametrize("line", ["settings lead @bob", "contract set acme: number 4711"])
def test_what_comes_once_and_was_due_is_not_lost_by_a_change_before_it_went_out(
    office: Office, line: str
) -> None:
    """Prep was away at 9:00; something is changed before the message goes out."""
    (due,) = pending(office, "reassess")
    office.talk.now = due + timedelta(minutes=30)
    office.talk.say(line)
    (mail,) = office.deliver()
    assert mail.to == "acme"
    assert pending(office, "reassess") == []
    office.talk.now += timedelta(minutes=1)
    office.talk.say("settings repeat days 4")
    assert office.deliver() == []


def test_the_repeat_follows_the_new_rhythm_and_goes_to_the_new_lead(office: Office) -> None:
    rung(office)
    assert pending(office, "repeat") == [datetime(2028, 3, 2, 8, tzinfo=UTC)]
    changed(office, "repeat days 5")
    assert pending(office, "repeat") == [datetime(2028, 3, 6, 8, tzinfo=UTC)]
    changed(office, "repeat days 1", at=datetime(2028, 3, 3, 12, tzinfo=UTC))
    assert pending(office, "repeat") == [datetime(2028, 3, 6, 8, tzinfo=UTC)]


def test_check_ins_and_own_reminders_keep_their_local_hour_in_another_zone(office: Office) -> None:
    office.talk.say("checkin acme monthly on the 15th")
    office.talk.say("remind me every weekday 10:00 look at the mail", "bob")
    assert pending(office, "checkin") == [datetime(2026, 7, 15, 7, tzinfo=UTC)]
    assert pending(office, "own") == [datetime(2026, 7, 2, 8, tzinfo=UTC)]
    changed(office, "zone Asia/Tokyo", who="bob")
    assert pending(office, "own") == [datetime(2026, 7, 2, 1, tzinfo=UTC)]
    assert pending(office, "checkin") == [datetime(2026, 7, 15, 7, tzinfo=UTC)]
    changed(office, "workspace zone America/New_York")
    assert pending(office, "own") == [datetime(2026, 7, 2, 1, tzinfo=UTC)]
    assert pending(office, "checkin") == [datetime(2026, 7, 15, 13, tzinfo=UTC)]


def test_today_is_neither_said_twice_nor_left_out(office: Office) -> None:
    office.talk.say("remind me every weekday 10:00 look at the mail", "bob")
    assert len(office.deliver(datetime(2026, 7, 2, 8, tzinfo=UTC))) == 1
    changed(office, "zone America/New_York", at=datetime(2026, 7, 2, 9, tzinfo=UTC), who="bob")
    assert pending(office, "own") == [datetime(2026, 7, 3, 14, tzinfo=UTC)]
    office.talk.now = datetime(2026, 7, 3, 9, tzinfo=UTC)
    office.talk.say("settings zone Asia/Tokyo", "bob")
    assert office.deliver() == []  # six in the evening of a Friday is quiet there
    assert pending(office, "own") == [datetime(2026, 7, 6, 1, tzinfo=UTC)]


def test_the_days_before_talks_come_at_the_new_hour_of_each_reader(office: Office) -> None:
    office.talk.say("new quick Cyan: paint")
    office.talk.say("stop")
    office.talk.say("set cyan: dates talks 2026-08-20 14:00")
    before = pending(office, "talks")
    assert {due.hour for due in before} == {7}
    changed(office, "zone Europe/London")
    assert {due.hour for due in pending(office, "talks")} == {8}
    changed(office, "posting hour 11:00")
    assert {due.hour for due in pending(office, "talks")} == {10}


def test_what_somebody_snoozed_comes_back_at_the_new_hour(office: Office) -> None:
    said = office.press(rung(office), "Snooze")
    office.submit(said, {"until": "1 week"})
    assert pending(office, "again") == [datetime(2028, 3, 6, 8, tzinfo=UTC)]
    changed(office, "posting hour 11:00")
    assert pending(office, "again") == [datetime(2028, 3, 6, 10, tzinfo=UTC)]


def test_a_setting_that_moves_nothing_asks_for_nothing(office: Office) -> None:
    changed(office, "ladder 60")
    office.talk.say("settings currency USD")
    office.talk.say("settings locale en_US")

    with office.talk.app.database.reading() as handle:
        assert not is_asked(handle.connection, ["test"])
    office.talk.say("settings ladder 50")
    with office.talk.app.database.reading() as handle:
        assert is_asked(handle.connection, ["test"])
