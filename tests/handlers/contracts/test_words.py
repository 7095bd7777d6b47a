"""What a contract says of itself once days have passed, and what is taken from what was typed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.support.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """A workspace of the test's own."""
    found = Office.open(sqlite_url, JULY)
    yield found
    found.close()


def test_what_was_to_be_sent_yesterday_is_late_and_no_number_of_days_below_zero(office: Office) -> None:
    office.talk.say(
        "contract add Acme: start 2026-01-01, end 2026-08-31, auto-renew 1 month, notice 60 days, transit 3"
    )
    assert "Send notice by Mon 29 Jun 2026 (2 days late)" in office.talk.say("contract acme").text
    assert "Acme: send notice, late · undecided" in office.talk.say("renewals").text


def test_a_request_that_nobody_sent_was_missed(office: Office) -> None:
    line = "contract add Acme: start 2026-01-01, end 2026-08-31, renew on request 6 months, notice 90 days"
    said = office.talk.say(line).text
    assert "The deadline of 2 Jun 2026 was missed. What it means: it ends on 31 Aug 2026" in said
    assert "Ask for renewal by" not in said


def test_one_missed_before_its_last_renewal_ends_with_that(office: Office) -> None:
    line = "contract add Acme: start 2026-01-01, end 2026-08-31, auto-renew 1 month, times 1, notice 90 days"
    said = office.talk.say(line).text
    assert "It ends on Wed 30 Sep 2026: nothing has to be sent" in said
    assert "What it means: 1 more month, then it ends on 30 Sep 2026" in said
    assert "renews by 1 month, 1 time at most" in office.talk.say("contract acme").text


def test_the_list_says_the_end_of_the_term_that_runs(office: Office) -> None:
    office.talk.say("contract add Acme: start 2024-01-01, end 2024-12-31, auto-renew 12 months")
    assert "Acme: to 31 Dec" in office.talk.say("contract list").text.splitlines()


def test_a_new_value_keeps_the_currency_that_stood_there(office: Office) -> None:
    office.talk.say("contract add Acme: end 2027-06-30, value 1000 USD")
    assert "1,200 USD a year" in office.talk.say("contract set acme: value 1200").text
    assert "1,200 GBP a year" in office.talk.say("contract set acme: value 1200 GBP").text


@pytest.mark.parametrize("key", ["start", "from", "begins"])
def test_a_first_day_is_said_by_any_of_its_words(office: Office, key: str) -> None:
    said = office.talk.say(f"contract add Startup: {key} 2026-01-01, end 2027-06-30").text
    assert "No first day" not in said
    assert "No first day" in office.talk.say("contract add Startover: end 2027-06-30").text


def test_nobody_is_their_own_backup(office: Office) -> None:
    said = office.talk.say("contract add Acme: end 2027-06-30, backup @ann")
    assert "somebody other than the owner" in said.text
    assert "no contract" in office.talk.say("contracts").text


def test_a_decision_is_of_the_day_it_was_where_the_reader_is(office: Office) -> None:
    office.talk.say(
        "contract add Acme: start 2026-01-01, end 2027-06-30, auto-renew 12 months, notice 90 days"
    )
    office.talk.now = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # in Berlin it is the 2nd
    office.submit(office.talk.say("contract decide acme"), {"decision": "renew", "reason": "it works"})
    lines = office.talk.say("contract details acme").text.splitlines()
    assert lines[lines.index("Decided on 2 Jul 2026: renew") + 1] == "Why: it works"


def test_a_form_that_is_sent_twice_does_not_ask_for_the_next_term_too(office: Office) -> None:
    office.talk.say(
        "contract add Acme: start 2026-01-01, end 2026-12-31, renew on request 12 months, notice 30 days"
    )
    form = office.talk.say("contract notice acme")
    sent = {"method": "e-mail", "day": "2026-03-02", "proof": "receipt"}
    assert "31 Dec 2027" in office.submit(form, sent).text + office.talk.say("contract show acme").text
    again = office.submit(form, sent)
    assert again.outcome.refused
    assert "recorded for Acme already" in again.text
    assert "31 Dec 2028" not in office.talk.say("contract show acme").text
