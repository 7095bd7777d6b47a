"""The weekly digest: what comes due, once a week, to whom it may be shown, and nothing where nothing comes due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates.recurrence import Rule
from handlers.reminders.rules import Posting, next_moments
from tests.handlers.reminders.rules.posting import NOWS, POSTINGS
from tests.support.deadlines import rows
from tests.support.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doubles.sender import Mail

FRIDAY = datetime(2026, 2, 27, 10, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)  # 9:00 in Berlin
WEEK = timedelta(days=7)
SOON = (
    "contract add Acme: title housings, start 2025-07-01, end 2026-06-27, auto-renew 12 months, notice 90 days, "
    "channel #acme"
)


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A workspace of the test's own, whose lead is ann and whose default channel is #acme."""
    found = Office.open(database_url, FRIDAY)
    found.talk.say("hub", "bob")
    found.talk.say("settings default channel #acme")
    yield found
    found.close()


def ours(mails: list[Mail]) -> list[Mail]:
    """The messages with a digest in them."""
    return [mail for mail in mails if "Coming up until" in mail.text]


def weekly(office: Office, day: str = "monday") -> None:
    """Turn it on, and let what is said at once be said."""
    assert f"digest: {day.capitalize()}s at 09:00, to #acme" in office.talk.say(f"settings digest {day}").text
    office.deliver(office.talk.now)


def test_it_is_off_until_somebody_turns_it_on(office: Office) -> None:
    office.talk.say(SOON)
    assert "digest: off" in office.talk.say("settings").text
    assert not ours([mail for _, mail in office.run(MONDAY + WEEK)])
    weekly(office)
    assert rows(office, "digest")
    office.talk.say("settings digest off")
    assert not ours([mail for _, mail in office.run(MONDAY + 3 * WEEK)])


def test_it_tells_what_comes_due_in_the_order_of_days(office: Office) -> None:
    office.talk.say(SOON)
    office.talk.say("contract add Borg: start 2025-04-01, end 2026-03-20, channel #acme")
    office.talk.say("contract add Cray: start 2025-04-01, end 2027-03-20, channel #acme")
    office.talk.say("checkin borg every thursday 10:00, channel #acme")
    weekly(office)
    office.deliver(MONDAY - timedelta(minutes=1))
    (mail,) = ours(office.deliver(MONDAY))
    assert (mail.to, mail.direct) == ("acme", False)
    lines = mail.text.splitlines()
    assert lines[0].startswith("Coming up until 30 Mar")
    assert any("Acme housings: decision" in line for line in lines)
    dated = [line for line in lines if "  " in line]
    assert [line.partition("  ")[2] for line in dated if "heck-in" in line or "Borg" in line] == [
        "check-in with Borg",
        "Borg: ends, nothing to send",
    ]
    assert "Cray" not in mail.text
    assert "Due" in office.press(mail, "All renewals", "cyd").text


def test_it_comes_every_week_once(office: Office) -> None:
    office.talk.say(SOON)
    weekly(office)
    arrived = [at for at, mail in office.run(MONDAY + 4 * WEEK + timedelta(hours=3)) if ours([mail])]
    assert len(arrived) == 5
    assert {at.weekday() for at in arrived} == {0}
    assert [at.hour for at in arrived] == [8, 8, 8, 8, 7]  # 9:00 in Berlin, with summer time since 29 March


def test_it_comes_though_nothing_was_delivered_since_it_was_turned_on(office: Office) -> None:
    """As where a scheduler of one's own runs `prepbot deliver` once a day."""
    office.talk.say(SOON)
    office.talk.say("settings digest monday")
    assert len(ours(office.deliver(MONDAY))) == 1


def test_an_empty_one_is_not_posted_and_the_next_one_comes(office: Office) -> None:
    weekly(office)
    assert office.run(MONDAY + timedelta(hours=3)) == []
    office.talk.say(SOON)
    assert len(ours([mail for _, mail in office.run(MONDAY + WEEK + timedelta(hours=3))])) == 1


def test_restricted_contracts_and_plans_are_not_in_it_not_even_for_the_lead(office: Office) -> None:
    office.talk.say(f"{SOON.replace(', channel #acme', '')}, restricted")
    office.talk.say("new Dyne: castings quick")
    office.talk.say("settings default channel none")
    office.talk.say("settings digest monday")
    assert not ours([mail for _, mail in office.run(MONDAY + WEEK)])
    office.talk.say("contract add Borg: start 2025-04-01, end 2026-04-02")
    (mail,) = ours([mail for _, mail in office.run(MONDAY + 2 * WEEK + timedelta(hours=1))])
    assert (mail.to, mail.direct) == ("ann", True)
    coming = mail.text.partition("Coming up until")[2]
    assert "Borg" in coming
    assert "Acme" not in coming
    assert "Dyne" not in coming


def test_with_outsiders_in_the_channel_it_goes_to_the_lead(office: Office) -> None:
    office.talk.say(SOON)
    weekly(office)
    office.guests("acme", "guest")
    found = ours(office.deliver(MONDAY))
    assert [(mail.to, mail.direct) for mail in found] == [("ann", True)]
    assert "People from outside may read #acme" in found[0].text
    office.talk.world.channels["acme"] = office.talk.world.channels["acme"].__class__(
        "acme",
        "acme",
        present=True,
        shared=False,
        people=office.talk.world.channels["acme"].people[:3],  # type: ignore[index]
    )
    assert [mail.to for mail in ours(office.deliver(MONDAY + WEEK))] == ["acme"]


def test_with_other_reminders_of_that_morning_it_is_one_message(office: Office) -> None:
    office.talk.say(SOON)
    office.talk.say("remind #acme 2026-03-02 9:00 invoice check")
    weekly(office)
    (mail,) = office.deliver(MONDAY)
    assert "invoice check" in mail.text
    assert "Coming up until" in mail.text
    assert {"Done", "All renewals"} <= set(mail.buttons)
    assert "Coming up until" in office.press(mail, "Done", "cyd").text


def test_a_change_on_the_morning_itself_does_not_take_it_away(office: Office) -> None:
    office.talk.say(SOON)
    weekly(office)
    office.talk.now = MONDAY + timedelta(minutes=2)
    office.talk.say("settings posting hour 10:00")
    assert len(ours(office.deliver(MONDAY + timedelta(minutes=3)))) == 1
    assert ours(office.deliver(MONDAY + timedelta(hours=2))) == []


@pytest.mark.parametrize(
    "words", ["digest", "digest: Mondays", "weekly digest on mon", "digest every monday"]
)
def test_the_day_is_read_as_it_is_said(office: Office, words: str) -> None:
    office.talk.say(f"settings {words}")
    assert ("Mondays" in office.talk.say("settings").text) == (words != "digest")


@pytest.mark.parametrize("words", ["digest someday", "digest 7", "digest mo", "digest #acme"])
def test_what_is_no_day_changes_nothing(office: Office, words: str) -> None:
    said = office.talk.say(f"settings {words}")
    assert said.outcome.refused
    assert "settings digest monday" in said.text
    assert "digest: off" in office.talk.say("settings").text


@given(st.integers(0, 6), POSTINGS, NOWS)
def test_it_is_owed_once_a_week_at_the_posting_hour_whatever_the_clocks_do(
    weekday: int, posting: Posting, now: datetime
) -> None:
    rule = Rule("weekly", weekdays=(weekday,), at=posting.at)
    found = next_moments(rule, posting, now, 6)
    assert all(one < other for one, other in pairwise([now, *found]))
    for moment in found:
        local = moment.astimezone(posting.zone)
        assert posting.calendar.is_working(local.date())
        assert moment == posting.moment(local.date())
    weeks = [(posting.today(moment) - timedelta(days=weekday)).toordinal() for moment in found]
    assert all(other - one <= 14 + 7 for one, other in pairwise(weeks))
