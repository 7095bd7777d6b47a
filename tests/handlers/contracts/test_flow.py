"""Contracts by talking: one line in, dates and how they follow out; and who may see what."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from handlers.turn import Channel, Via
from tests.support.office import ACME, Office
from tests.support.talk import person

if TYPE_CHECKING:
    from collections.abc import Iterator

JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A workspace of the test's own."""
    found = Office.open(database_url, JULY)
    yield found
    found.close()


def test_one_line_makes_a_contract_and_tells_its_dates_and_how_they_follow(office: Office) -> None:
    """The worked purchase: clause date, safe receipt and send-by."""
    said = office.talk.say(ACME)
    lines = said.text.splitlines()
    assert lines[0] == "Kept: Acme housings"
    assert lines[1] == "Send notice by Wed 29 Mar 2028 (637 days)"
    assert lines[2] == "Must arrive Fri 31 Mar · clause date Sat 1 Apr (30 Jun - 90 d)"
    assert lines[3] == "Otherwise: 12 more months; next clause exit 1 Apr 2029"
    assert "First reminder: 1 Oct 2027 09:00, in #acme" in lines
    assert "30 Jun 2028 less 90 days = Sat 1 Apr 2028." in lines
    assert "Less 2 working days for registered letter: send by Wed 29 Mar." in lines
    assert len(lines) <= 14


def test_keys_come_in_any_order_and_may_be_short(office: Office) -> None:
    line = "contract add Acme: chan #acme, val 118k EUR, noti 60 days, auto 12 months, end 30 June 2027, st 1 Jul 2026"
    said = office.talk.say(line)
    assert "118,000 EUR a year" in said.text
    assert "Send notice by Fri 30 Apr 2027" in said.text
    assert "No days for the way are given" in said.text


def test_a_value_that_reads_two_ways_is_echoed_or_asked_about(office: Office) -> None:
    said = office.talk.say("contract add Acme: end 2027-06-30, value 118.000 EUR")
    assert "value 118000" in said.text
    assert said.outcome.refused
    assert "118,000 EUR" in office.talk.say("contract add Acme: end 2027-06-30, value 118,000 EUR").text


def test_the_one_who_adds_owns_it_unless_another_is_named(office: Office) -> None:
    assert "Owner @Ann · no backup" in office.talk.say("contract add Acme: end 2027-06-30").text
    assert (
        "Owner @Cyd · backup @Bob"
        in office.talk.say("contract add Borg: end 2027-06-30, owner @cyd, backup <@bob>").text
    )


def test_one_that_is_over_and_has_no_start_says_so_with_a_line_that_works(office: Office) -> None:
    said = office.talk.say("contract add Zyx: end 2026-03-31")
    lines = said.text.splitlines()
    assert lines[0] == "A contract with Zyx, without a first day."
    assert lines[1].startswith("31 Mar 2026 has passed, so it has ended already.")
    assert "no contract" in office.talk.say("contracts").text
    kept = office.talk.say(lines[-1].removeprefix("For example: "))
    assert "Kept: Zyx" in kept.text
    assert "Renewed once by 12 months since 31 Mar 2026." in kept.text


def test_one_that_is_over_is_kept_where_its_start_is_said(office: Office) -> None:
    said = office.talk.say("contract add Zyx: start 2025-04-01, end 2026-03-31")
    assert "It ended on Tue 31 Mar 2026: nothing has to be sent" in said.text


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("contract add Zyx: start 1st July 2026, end 30 June 2027, auto renew 1 year, notice 3 months, <#acme|acme>",
         ["Kept: Zyx", "Send notice by Tue 30 Mar 2027 (272 days)"]),
        ("contract add Zyx Ltd: from 1 Jul 2026 to 30 Jun 2027, renews 12 months, 90 days notice",
         ["Kept: Zyx Ltd", "Send notice by Thu 1 Apr 2027 (274 days)"]),
        ("contract add \u201cZyx, Inc\u201d: end of 2027, value 50,000 EUR, owner me",
         ["Kept: Zyx, Inc", "It ends on Fri 31 Dec 2027: nothing has to be sent"]),
        ("contract add Zyx end 30/06/2027 auto-renew 12 months notice 6 weeks #acme",
         ["Kept: Zyx", "Send notice by Wed 19 May 2027 (322 days)"]),
        ("contract add Zyx; start 2026-07-01; end 2027-06-30; auto-renew; notice: 60 days; channel: #acme",
         ["Kept: Zyx", "Send notice by Fri 30 Apr 2027 (303 days)"]),
        ("contract add Zyx: title repair of end mills, ends end of next year", ["Kept: Zyx repair of end mills"]),
    ],
)  # fmt: skip
def test_a_line_is_read_as_people_write_it(office: Office, line: str, lines: list[str]) -> None:
    assert office.talk.say(line).text.splitlines()[: len(lines)] == lines


def test_an_owner_from_outside_is_refused_and_nothing_is_kept(office: Office) -> None:
    office.talk.world.people["eve"] = person("eve", guest=True)
    assert "not an inside member" in office.talk.say("contract add Acme: end 2027-06-30, owner @eve").text
    assert "no contract" in office.talk.say("contracts").text


def test_missing_fields_open_a_form_that_keeps_what_was_said(office: Office) -> None:
    said = office.talk.say("contract add Acme: notice 90 days, cap 3 %, auto-renew 12 months")
    assert said.form is not None
    values = {field.key: field.value for field in said.form.fields}
    assert (values["supplier"], values["notice"], values["end"]) == ("Acme", "90 days", "")
    kept = office.submit(said, {**values, "end": "2028-06-30"}, channel=None)
    assert "Kept: Acme" in kept.text
    assert "notice by" in kept.text
    row = office.talk.say("contract add Acme: title two, end 2029-06-30, cap 3 %, value 5 EUR")
    assert "Kept" in row.text
    assert "uplift at most 3 %" in office.talk.say("contract show acme two").text


def test_a_form_with_something_unreadable_keeps_nothing(office: Office) -> None:
    said = office.talk.say("contract add")
    again = office.submit(said, {"supplier": "Acme", "end": "soonish"}, channel=None)
    assert "soonish" in again.text
    assert "no contract" in office.talk.say("contracts").text


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("contract add Acme: start 2027-01-01, end 2026-12-31", "ends before it starts"),
        ("contract add Acme: end 2027-06-30, times 2", "how often it renews"),
        ("contract add Acme: end 2027-06-30, colour blue", "colour blue"),
        ("contract add Acme: end 2027-06-30, end 2028-06-30", "twice"),
        ("contract add Acme: end 2027-06-30, notice 11 years", "notice period"),
        ("contract add Acme: end 2027-06-30, transit days many", "number of working days"),
        ("contract add : end 2027-06-30", "Acme"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(office: Office, line: str, wrong: str) -> None:
    said = office.talk.say(line)
    if said.form is None:
        assert wrong in said.text
        assert said.outcome.refused
    assert "no contract" in office.talk.say("contracts").text


def test_the_same_line_sent_twice_makes_one_contract(office: Office) -> None:
    office.talk.say(ACME)
    assert "here already" in office.talk.say(ACME).text


def test_a_channel_without_prep_is_named_with_the_way_in(office: Office) -> None:
    said = office.talk.say("contract add Acme: end 2027-06-30, channel #nowhere")
    assert "/invite @Prep" in said.text
    office.talk.world.channels["dry"] = Channel("dry", "dry", present=False, shared=False, people=())
    assert "/invite @Prep" in office.talk.say("contract add Borg: end 2027-06-30, channel #dry").text


def test_a_channel_with_outsiders_is_named_as_one(office: Office) -> None:
    office.guests("acme", "guest")
    said = office.talk.say("contract add Acme: end 2027-06-30, channel #acme")
    assert "People from outside may read #acme" in said.text


def test_a_mention_in_an_inside_channel_is_answered_to_all_and_else_alone(office: Office) -> None:
    office.talk.say(ACME)
    shown = office.talk.say("contract show acme", channel="acme", via=Via.MENTION).shown
    assert not shown.private
    assert office.talk.say("contract show acme", channel="acme").shown.private
    office.guests("acme", "guest")
    assert office.talk.say("contract show acme", channel="acme", via=Via.MENTION).shown.private


def test_the_start_of_a_tender_is_for_the_asker_alone(office: Office) -> None:
    office.talk.say(ACME)
    for words in (ACME, "contract show acme", "renewals 900d", "contracts"):
        assert "tender" not in office.talk.say(words, channel="acme", via=Via.MENTION).text.casefold()
        assert "14 Jan" not in office.talk.say(words, channel="acme", via=Via.MENTION).text
    said = office.talk.press(
        office.talk.say("contract show acme").buttons["Details for me"], "bob", channel="acme"
    )
    assert "A tender has to start by 14 Jan 2028" in said.text
    assert said.shown.private


def test_a_guest_learns_nothing(office: Office) -> None:
    office.talk.say(ACME)
    eve = person("eve", guest=True)
    for words in ("contract show acme", "renewals", "contracts", "checkin", "remind"):
        text = office.talk.say(words, eve).text
        assert "Acme" not in text
        assert "inside members" in text


# ---- restricted contracts do not exist for others ----


def test_a_restricted_contract_is_as_unknown_as_none(office: Office) -> None:
    """Attack: every command, by somebody who may not see it, before and after it is there."""
    words = ("contract show zeta", "contract zeta", "contracts", "renewals 900d", "checkin zeta", "find zeta")
    before = [office.talk.say(line, "cyd").text for line in words]
    office.talk.say("contract add Zeta: end 2028-06-30, notice 90 days, backup @bob, restricted")
    assert [office.talk.say(line, "cyd").text for line in words] == before
    assert "Zeta" in office.talk.say("contract show zeta", "bob").text
    assert "Zeta" in office.talk.say("contracts", "ann").text


def test_the_button_of_a_restricted_contract_opens_nothing_for_others(office: Office) -> None:
    office.talk.say("contract add Zeta: end 2028-06-30, notice 90 days, restricted")
    button = office.talk.say("contract show zeta").buttons["Details for me"]
    assert "Zeta" not in office.talk.press(button, "cyd").text
    assert "is not there for you" in office.talk.press(button, "cyd").text


def test_a_second_contract_with_the_supplier_of_a_hidden_one_is_no_news(office: Office) -> None:
    office.talk.say("contract add Zeta: end 2028-06-30, notice 90 days, restricted")
    said = office.talk.say("contract add Zeta: end 2028-06-30, notice 90 days", "cyd")
    assert "Kept: Zeta" in said.text


def test_what_is_restricted_is_never_said_to_all_even_by_its_owner(office: Office) -> None:
    office.talk.say("contract add Zeta: end 2028-06-30, notice 90 days, restricted")
    for words in ("contract show zeta", "renewals 900d", "contracts"):
        assert office.talk.say(words, channel="acme", via=Via.MENTION).shown.private


def test_the_supplier_of_a_restricted_contract_stays_unknown(office: Office) -> None:
    from sqlalchemy import select

    from storage.tables import Supplier

    office.talk.say("contract add Zeta: end 2028-06-30, restricted")
    office.talk.say("contract add Acme GmbH: end 2028-06-30")
    office.talk.say("contract add ACME: title two, end 2028-06-30")
    with office.talk.app.database.reading() as handle:
        names = [row[0] for row in handle.connection.execute(select(Supplier.__table__.c.name))]
    assert names == ["Acme GmbH"]


# ---- what comes due ----


def test_renewals_are_ordered_by_the_day_on_which_something_must_be_sent(office: Office) -> None:
    office.talk.say("contract add Late: end 2027-01-31, auto-renew 12 months, notice 30 days")
    office.talk.say("contract add Soon: end 2027-06-30, auto-renew 12 months, notice 270 days")
    office.talk.say("contract add Ends: end 2026-12-01")
    office.talk.say("contract add Far: end 2030-12-31, auto-renew 12 months, notice 30 days")
    text = office.talk.say("renewals 200d").text
    assert [text.find(name) for name in ("Soon", "Ends", "Late")] == sorted(
        text.find(name) for name in ("Soon", "Ends", "Late")
    )
    assert text.find("Soon") > 0
    assert "Next after that: Far" in text


def test_a_missed_deadline_is_told_with_what_it_means(office: Office) -> None:
    said = office.talk.say(
        "contract add Acme: start 2024-08-01, end 2026-07-31, auto-renew 12 months, notice 90 days"
    )
    assert "The deadline of 2 May 2026 was missed. What it means: 12 more months" in said.text
    assert "was missed" in office.talk.say("renewals").text


def test_import_and_amend_are_said_to_come(office: Office) -> None:
    for words in ("contract amend acme: cap 3 %", "contract import"):
        assert "not there yet" in office.talk.say(words).text


@pytest.mark.parametrize(
    "ladder", ["ladder 40, 10, 5", "ladder 40/10/5", "ladder: 5 10 40 days", "LADDER 40,10,5"]
)
def test_a_contract_may_have_a_ladder_of_its_own(office: Office, ladder: str) -> None:
    """The workspace's ladder would begin 90 days before; this one begins 40 days before the send-by date."""
    office.talk.say("settings ladder 90, 60")
    line = f"contract add Acme: start 2026-07-01, end 2027-06-30, auto-renew 12 months, notice 60 days, {ladder}, transit 0"
    said = office.talk.say(line)
    assert "Send notice by Fri 30 Apr 2027" in said.text
    assert "Reminded 40, 10, 5 days before" in office.talk.say("contract show acme").text
    rungs = [
        day for day in (date(2027, 3, 1), date(2027, 3, 18), date(2027, 3, 19), date(2027, 4, 20))
        if any("send notice" in mail.text for mail in office.deliver(datetime.combine(day, time(12), UTC)))
    ]  # fmt: skip
    assert rungs == [date(2027, 3, 19), date(2027, 4, 20)]


def test_a_ladder_that_is_none_is_refused(office: Office) -> None:
    said = office.talk.say("contract add Acme: end 2027-06-30, ladder soon")
    assert "ladder 60, 30, 7" in said.text
    assert "no contract" in office.talk.say("contract list").text


@pytest.mark.parametrize(
    "notice", ["notice 60 days clear", "notice 60 clear days", "clear days, notice 60 days"]
)
def test_clear_days_are_said_in_several_ways(office: Office, notice: str) -> None:
    said = office.talk.say(
        f"contract add Acme: start 2026-07-01, end 2027-06-30, auto-renew 12 months, {notice}"
    )
    assert "30 Jun 2027 less 60 clear days = Fri 30 Apr 2027." in said.text
