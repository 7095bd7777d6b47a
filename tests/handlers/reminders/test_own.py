"""Reminders of one's own, and the countdown to talks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.office import Office
from tests.support.talk import START

if TYPE_CHECKING:
    from collections.abc import Iterator

MARCH = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """A workspace of the test's own."""
    found = Office.open(sqlite_url, START)
    found.talk.say("hub", "bob")
    yield found
    found.close()


def test_every_last_weekday_of_the_month_at_ten(office: Office) -> None:
    said = office.talk.say("remind #acme every last weekday of the month 10:00 invoice check")
    assert "31 Mar 10:00, in #acme: invoice check" in said.text
    arrived = office.run(datetime(2026, 6, 1, tzinfo=UTC))
    assert [at for at, _ in arrived] == [
        datetime(2026, 3, 31, 8, tzinfo=UTC),
        datetime(2026, 4, 30, 8, tzinfo=UTC),
        datetime(2026, 5, 29, 8, tzinfo=UTC),
    ]
    assert {mail.to for _, mail in arrived} == {"acme"}


@pytest.mark.parametrize(
    ("line", "at", "what"),
    [
        ("remind me tomorrow 9:00 call Borg", datetime(2026, 3, 3, 8, tzinfo=UTC), "call Borg"),
        ("remind tomorrow 9:00 call Borg", datetime(2026, 3, 3, 8, tzinfo=UTC), "call Borg"),
        ("remind me in 2 hours tea", START + timedelta(hours=2), "tea"),
        ("remind me to call Borg tomorrow at 14:30", datetime(2026, 3, 3, 13, 30, tzinfo=UTC), "call Borg"),
        ("remind me 1 April ask for samples", datetime(2026, 4, 1, 7, tzinfo=UTC), "ask for samples"),
        ("remind me every monday 8:30 numbers", datetime(2026, 3, 9, 7, 30, tzinfo=UTC), "numbers"),
    ],
)
def test_when_and_what_are_told_apart(office: Office, line: str, at: datetime, what: str) -> None:
    said = office.talk.say(line)
    assert what in said.text
    assert office.deliver(at - timedelta(seconds=1)) == []
    (mail,) = office.deliver(at)
    assert (mail.to, mail.direct, mail.text.splitlines()[0]) == ("ann", True, what)
    assert office.deliver(at + timedelta(hours=1)) == []


@pytest.mark.parametrize(
    "line", ["remind me sometime call Borg", "remind me tomorrow 9:00", "remind me yesterday 9:00 call"]
)
def test_what_cannot_be_read_changes_nothing(office: Office, line: str) -> None:
    assert office.talk.say(line).outcome.refused
    assert "You have set no reminder" in office.talk.say("remind").text


def test_what_people_type_is_text(office: Office) -> None:
    office.talk.say("remind #acme tomorrow 9:00 <!channel> *look*")
    (mail,) = office.deliver(datetime(2026, 3, 3, 8, tzinfo=UTC))
    assert "*look*" in mail.text.splitlines()[0]
    assert "<!" not in mail.text


def test_done_snooze_and_stop(office: Office) -> None:
    office.talk.say("remind me every monday 9:00 numbers")
    (first,) = office.deliver(datetime(2026, 3, 9, 8, tzinfo=UTC))
    assert "Done by @Ann on 9 Mar" in office.press(first, "Done").text
    (second,) = office.deliver(datetime(2026, 3, 16, 8, tzinfo=UTC))
    office.submit(office.press(second, "Snooze"), {"until": "1 day", "day": ""}, channel=None)
    (third,) = office.deliver(datetime(2026, 3, 17, 8, tzinfo=UTC))
    assert third.text.startswith("numbers")
    stop = office.talk.say("remind").buttons["Stop 1"]
    assert "not one of yours" in office.talk.press(stop, "bob").text
    assert "Stopped: numbers" in office.talk.press(stop).text
    assert office.run(datetime(2026, 4, 1, tzinfo=UTC), timedelta(hours=6)) == []


def test_a_channel_with_outsiders_gets_none_of_it(office: Office) -> None:
    said = office.talk.say("remind #acme tomorrow 9:00 invoice check")
    assert "outside" not in said.text
    office.guests("acme", "guest")
    assert "People from outside may read #acme" in office.talk.say("remind #acme tomorrow 9:30 more").text
    mails = office.deliver(datetime(2026, 3, 3, 8, tzinfo=UTC))
    assert [mail.to for mail in mails] == ["ann"]


# ---- talks ----


def plan(office: Office, talks: str = "2026-04-01 15:00") -> None:
    """A plan with talks on the first of April."""
    office.talk.say("new Acme: housings", channel="acme")
    assert "kept" in office.talk.say(f"set acme: talks {talks}", channel="acme").text


def test_talks_are_counted_down_to_those_who_may_read_the_plan_and_to_no_channel(office: Office) -> None:
    plan(office)
    office.talk.say("share acme @bob", channel="acme")
    arrived = office.run(datetime(2026, 4, 3, tzinfo=UTC))
    days = [date(2026, 3, 18), date(2026, 3, 25), date(2026, 3, 27), date(2026, 3, 31), date(2026, 4, 1)]
    for name in ("ann", "bob"):
        assert [at.date() for at, mail in arrived if mail.to == name] == days
    assert all(mail.direct for _, mail in arrived)
    assert len(arrived) == 10
    first = arrived[0][1]
    assert "Talks with Acme: housings in 14 days: 1 Apr 15:00" in first.text
    assert "% ready" in first.text
    assert first.shown.preview.value == "A date in your plans needs attention"


def test_talks_on_a_day_without_an_hour_are_told_of_on_that_morning_too(office: Office) -> None:
    plan(office, "2026-04-01")
    arrived = office.run(datetime(2026, 4, 3, tzinfo=UTC))
    assert "Talks with Acme: housings in 14 days: 1 Apr\n" in arrived[0][1].text + "\n"
    last, mail = arrived[-1]
    assert last.date() == date(2026, 4, 1)
    assert "Talks with Acme: housings today\n" in mail.text


def test_talks_that_are_moved_take_their_reminders_with_them(office: Office) -> None:
    plan(office)
    office.talk.say("set acme: talks 2026-05-06 10:00", channel="acme")
    arrived = office.run(datetime(2026, 5, 8, tzinfo=UTC))
    assert [at.date() for at, _ in arrived] == [
        date(2026, 4, 22), date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 5), date(2026, 5, 6),
    ]  # fmt: skip


def test_who_may_not_read_the_plan_any_more_hears_nothing_of_it(office: Office) -> None:
    plan(office)
    office.talk.say("share acme @bob", channel="acme")
    office.talk.say("unshare acme @bob", channel="acme")
    arrived = office.run(datetime(2026, 4, 3, tzinfo=UTC), timedelta(hours=4))
    assert {mail.to for _, mail in arrived} == {"ann"}


def test_a_reader_taken_away_behind_the_rows_back_still_hears_nothing(office: Office) -> None:
    """Attack: the row is there, the right is not. It is judged when the message is made."""
    from sqlalchemy import delete, select

    from storage.tables import Member, PlanAccess

    plan(office)
    office.talk.say("share acme @bob", channel="acme")
    access, member = PlanAccess.__table__, Member.__table__
    with office.talk.app.database.writing() as handle:
        bob = select(member.c.id).where(member.c.external_id == "bob").scalar_subquery()
        handle.connection.execute(delete(access).where(access.c.member_id == bob))
    arrived = office.run(datetime(2026, 4, 3, tzinfo=UTC), timedelta(hours=4))
    assert {mail.to for _, mail in arrived} == {"ann"}


@pytest.mark.parametrize(
    ("line", "works"),
    [
        ("remind @bob friday call Acme", "remind me friday call Acme"),
        ("remind <@bob> friday call Acme", "remind me friday call Acme"),
        ("remind bob friday call Acme", "remind me friday call Acme"),
        ("remind @bob", "remind me friday call Acme"),
    ],
)
def test_nobody_else_is_reminded_and_what_works_is_said(office: Office, line: str, works: str) -> None:
    said = office.talk.say(line)
    assert said.outcome.refused
    assert "no other person" in said.text
    assert works in said.text
    assert "Reminder set" in office.talk.say(works).text
