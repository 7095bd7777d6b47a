"""Regular check-ins: on the right day, logged or skipped, and known to those who know the supplier."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.office import Office
from tests.support.talk import START

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = "checkin acme quarterly on the 15th from Oct 2026 channel #acme"


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """A workspace of the test's own."""
    found = Office.open(sqlite_url, START)
    yield found
    found.close()


def test_the_days_of_the_worked_purchase(office: Office) -> None:
    """The 15th of each quarter from October, moved back before weekends and Good Friday."""
    said = office.talk.say(LINE)
    assert "Next: Thu 15 Oct, Fri 15 Jan 2027, Thu 15 Apr 2027, Thu 15 Jul 2027" in said.text
    arrived = office.run(datetime(2028, 8, 1, tzinfo=UTC), timedelta(hours=12))
    assert [at.date() for at, _ in arrived] == [
        date(2026, 10, 15), date(2027, 1, 15), date(2027, 4, 15), date(2027, 7, 15), date(2027, 10, 15),
        date(2028, 1, 14), date(2028, 4, 13), date(2028, 7, 14),
    ]  # fmt: skip
    assert {mail.to for _, mail in arrived} == {"acme"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("checkin acme every quarter on the 15th #acme", "Quarterly on the 15th 09:00, in #acme"),
        (
            "Check-in with Acme every quarter on the 15th <#acme|acme>",
            "Quarterly on the 15th 09:00, in #acme",
        ),
        (
            "checkin every 2nd Monday of the month with acme, #acme",
            "Monthly on the second Monday 09:00, in #acme",
        ),
        ("checkins acme monthly on the 3rd to #acme @bob", "Monthly on the 3rd 09:00, in #acme"),
        ("checkin acme monthly on the 3rd, title new ideas #acme", "Monthly on the 3rd 09:00, in #acme"),
        ("checkin acme monthly on the 3rd channel #acme owner @bob", "Monthly on the 3rd 09:00, in #acme"),
    ],
)
def test_a_channel_needs_no_word_before_it(office: Office, line: str, said: str) -> None:
    shown = office.talk.say(line).text
    assert said in shown
    assert "Check-ins with acme are set" in shown.replace("Acme", "acme")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("checkin acme monthly on the 3rd #acme, channel #borg", "what this belongs to: #acme"),
        ("checkin acme monthly on the 3rd please", "what this belongs to: please"),
        ("checkin every monday", "With whom"),
        ("checkin with zyx", "with zyx"),
    ],
)
def test_what_is_not_clear_sets_nothing(office: Office, line: str, said: str) -> None:
    assert said in office.talk.say(line).text
    assert "No check-in is set" in office.talk.say("checkin").text


def test_it_is_posted_at_nine_where_the_channel_is(office: Office) -> None:
    office.talk.say(LINE)
    assert office.deliver(datetime(2026, 10, 15, 6, 59, tzinfo=UTC)) == []
    (mail,) = office.deliver(datetime(2026, 10, 15, 7, tzinfo=UTC))
    assert mail.text.splitlines()[0] == "Check-in with acme: Thu 15 Oct 2026"
    assert list(mail.buttons) == ["Log it", "Skip", "Snooze", "Reassign"]
    assert mail.shown.preview.value == "A check-in is due"


def test_it_is_logged_with_notes_in_place(office: Office) -> None:
    office.talk.say(LINE)
    (mail,) = office.deliver(datetime(2026, 10, 15, 7, tzinfo=UTC))
    said = office.submit(office.press(mail, "Log it", "bob"), {"notes": "samples next week"}, "bob")
    assert "Held, logged by @Bob on 15 Oct" in said.text
    assert "samples" not in said.text
    assert not said.buttons
    assert said.outcome.answer.steps.replaces
    assert "15 Oct held: samples next week" in office.talk.say("checkin acme").text


def test_it_is_skipped_with_the_reason_and_only_once(office: Office) -> None:
    office.talk.say(LINE)
    (mail,) = office.deliver(datetime(2026, 10, 15, 7, tzinfo=UTC))
    form = office.press(mail, "Skip")
    assert "Skipped by @Ann" in office.submit(form, {"notes": "fair in Hanover"}).text
    office.submit(form, {"notes": "again"})
    text = office.talk.say("checkin acme").text
    assert text.count("skipped") == 1
    assert "fair in Hanover" in text


def test_only_its_owner_or_a_lead_hands_a_check_in_over(office: Office) -> None:
    office.talk.say(LINE)
    office.talk.say("settings currency EUR", "cyd")  # the lead
    (mail,) = office.deliver(datetime(2026, 10, 15, 7, tzinfo=UTC))
    assert "Only its owner or a lead" in office.press(mail, "Reassign", "bob").text
    said = office.submit(office.press(mail, "Reassign"), {"person": "@bob"})
    assert "Handed to @Bob by @Ann" in said.text
    said = office.submit(office.press(mail, "Reassign", "cyd"), {"person": "@ann"}, "cyd")
    assert "Handed to @Ann by @Cyd" in said.text


def test_a_snoozed_check_in_comes_back_and_the_next_one_stays(office: Office) -> None:
    office.talk.say(LINE)
    (mail,) = office.deliver(datetime(2026, 10, 15, 7, tzinfo=UTC))
    office.submit(office.press(mail, "Snooze"), {"until": "1 week", "day": ""})
    arrived = office.run(datetime(2027, 2, 1, tzinfo=UTC), timedelta(hours=6))
    assert [at.date() for at, _ in arrived] == [date(2026, 10, 22), date(2027, 1, 15)]


def test_a_check_in_with_a_supplier_nobody_else_knows_is_unknown_to_others(office: Office) -> None:
    before = office.talk.say("checkin", "cyd").text
    office.talk.say("checkin zeta every month on the 1st")
    assert office.talk.say("checkin", "cyd").text == before
    assert "No check-in is set with zeta" in office.talk.say("checkin zeta", "cyd").text
    assert "zeta" in office.talk.say("checkin").text
    office.talk.say("contract add Zeta: end 2028-06-30")
    assert "zeta" in office.talk.say("checkin", "cyd").text


def test_where_the_supplier_is_known_its_name_is_used(office: Office) -> None:
    office.talk.say("contract add Acme GmbH: end 2028-06-30")
    assert "Check-ins with Acme GmbH are set" in office.talk.say(LINE).text


def test_stopping_is_for_the_owner(office: Office) -> None:
    stop = office.talk.say(LINE).buttons["Stop these check-ins"]
    assert office.talk.press(stop, "cyd").outcome.refused
    assert "are stopped" in office.talk.press(stop).text
    assert office.run(datetime(2026, 11, 1, tzinfo=UTC), timedelta(hours=12)) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("checkin acme every second friday", "please say which"),
        ("checkin every month on the 1st", "With whom"),
        ("checkin acme monthly on the 1st, colour blue", "colour blue"),
        ("checkin acme weekly on monday, owner @nobody1", "know nobody"),
    ],
)
def test_what_cannot_be_read_is_said(office: Office, line: str, wrong: str) -> None:
    assert wrong in office.talk.say(line).text
    assert "No check-in is set" in office.talk.say("checkin").text


def test_the_same_check_in_is_set_once(office: Office) -> None:
    office.talk.say(LINE)
    assert "here already" in office.talk.say(LINE).text


def test_add_is_no_part_of_the_suppliers_name(office: Office) -> None:
    said = office.talk.say("checkin add Acme: quarterly on the 15th from 2026-10-15, channel #acme")
    assert "Check-ins with Acme are set" in said.text
    assert "Next: Thu 15 Oct" in said.text


def test_without_a_channel_it_goes_where_the_contract_with_the_supplier_is_reminded_of(
    office: Office,
) -> None:
    office.talk.say("contract add Acme: end 2027-12-31, notice 90 days, channel #acme")
    assert "in #acme" in office.talk.say("checkin acme monthly on the 3rd").text
    (mail,) = [
        mail for mail in office.deliver(datetime(2026, 4, 2, 12, tzinfo=UTC)) if "Check-in" in mail.text
    ]
    assert (mail.to, mail.direct) == ("acme", False)


@pytest.mark.parametrize("contract", ["", ", restricted", ", channel #acme, restricted"])
def test_a_supplier_whom_not_everybody_knows_is_named_in_no_channel(office: Office, contract: str) -> None:
    if contract:
        office.talk.say(f"contract add Acme: end 2027-12-31, notice 90 days{contract}")
    office.talk.say("new quick Acme: housings")
    office.talk.say("channel acme #acme")
    assert "to you alone" in office.talk.say("/prep checkin acme monthly on the 3rd").text


def test_it_stays_alone_where_that_is_said_and_says_with_whom(office: Office) -> None:
    office.talk.say("contract add Acme: end 2027-12-31, notice 90 days, channel #acme")
    assert "to you alone" in office.talk.say("checkin acme monthly on the 3rd, channel none").text
    office.talk.say("hello", "bob")
    assert (
        "to @Bob alone" in office.talk.say("checkin acme monthly on the 4th, channel none, owner @bob").text
    )


def test_several_with_one_supplier_are_shown_each_and_the_button_to_stop_only_to_whoever_may(
    office: Office,
) -> None:
    office.talk.say("contract add Acme: end 2027-06-30")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday"):
        office.talk.say(f"checkin acme every {day}")
    said = office.talk.say("checkin acme")
    assert list(said.buttons) == ["Stop 1", "Stop 2", "Stop 3"]
    assert "and 1 more" in said.text
    assert not office.talk.say("checkin acme", "bob").buttons


def test_of_two_suppliers_each_is_asked_for_once(office: Office) -> None:
    for line in ("acme one every Monday", "acme one every Tuesday", "acme two every Monday"):
        office.talk.say(f"checkin {line}")
    assert sorted(office.talk.say("checkin acme").buttons) == ["acme one", "acme two"]
