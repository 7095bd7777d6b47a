from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given

from handlers.contracts.rules import Notice, Terms, explain, key_dates
from handlers.dates.workdays import WorkCalendar
from handlers.manners import Manners
from tests.handlers.contracts.rules.terms import CALENDARS, GERMANY, HOUSINGS, TERMS, TODAYS


def explained(terms: Terms, today: date = date(2027, 1, 1)) -> list[str]:
    return explain(key_dates(terms, GERMANY, today))


def test_every_step_is_said() -> None:
    assert explained(HOUSINGS) == [
        "30 Jun 2028 less 90 days = Sat 1 Apr 2028.",
        "Last working day on or before it: Fri 31 Mar.",
        "Less 2 working days for registered letter: send by Wed 29 Mar.",
        "If missed: 12 more months, to 30 Jun 2029; next clause date Sun 1 Apr 2029, to arrive by Thu 29 Mar.",
    ]


def test_a_holiday_on_the_way_is_named() -> None:
    lines = explained(HOUSINGS, date(2028, 8, 1))
    assert lines[0] == "Renewed once by 12 months since 30 Jun 2028."
    assert lines[2] == "Last working day on or before it: Thu 29 Mar (Fri 30 Mar is Good Friday)."


def test_missing_transit_days_and_a_missing_period_are_said() -> None:
    lines = explained(replace(HOUSINGS, transit_days=None, notice=None))
    assert lines[0] == "No period for notice is given: taken as the end, Fri 30 Jun 2028. Look it up."
    assert "No days for the way are given for registered letter" in lines[2]


def test_ends_are_said() -> None:
    plain = Terms(date(2026, 7, 1), date(2028, 6, 30))
    assert explained(plain) == ["No renewal: it ends on 30 Jun 2028, nothing has to be sent."]
    asked = explained(replace(HOUSINGS, renewal="on request"))
    assert asked[-1] == "Without a request it ends on 30 Jun 2028."
    served = explained(replace(HOUSINGS, notice_served=date(2028, 3, 24)))
    assert served == ["Notice was given on 24 Mar 2028: it ends on 30 Jun 2028."]
    assert (
        explained(replace(HOUSINGS, renewals_allowed=1))[-1]
        == "If missed: 12 more months, to 30 Jun 2029; it ends then."
    )


def test_clear_days_one_day_and_early_notice() -> None:
    lines = explained(
        replace(HOUSINGS, notice=Notice(30, clear_days=True), transit_days=1, earliest=Notice(1, "year"))
    )
    assert lines[0] == "30 Jun 2028 less 30 clear days = Tue 30 May 2028."
    assert lines[1] == "It counts from Wed 30 Jun 2027 on, not earlier."
    assert "Less 1 working day for" in lines[3]


def test_dates_are_written_as_the_reader_writes_them() -> None:
    lines = explain(key_dates(HOUSINGS, GERMANY, date(2027, 1, 1)), Manners(locale="en_US"))
    assert lines[0] == "Jun 30, 2028 less 90 days = Sat Apr 1, 2028."


@given(TERMS, CALENDARS, TODAYS)
def test_the_tender_start_stays_out_of_it(terms: Terms, calendar: WorkCalendar, today: date) -> None:
    dates = key_dates(terms, calendar, today)
    lines = explain(dates)
    assert lines
    assert lines == explain(
        key_dates(replace(terms, sourcing_weeks=None, switching_weeks=None), calendar, today)
    )
