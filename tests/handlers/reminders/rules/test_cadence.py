from __future__ import annotations

from datetime import date, datetime, time
from itertools import pairwise

from hypothesis import given

from handlers.dates.recurrence import Rule, occurrences
from handlers.dates.rule_words import read_rule
from handlers.reminders.rules import Posting, Quiet, next_moments, working_days
from tests.handlers.reminders.rules.posting import BERLIN, NOWS, POSTINGS, at
from tests.support.rules import RULES


def test_check_ins_of_a_contract_to_the_day() -> None:
    rule = read_rule("quarterly on the 15th from Oct 2026")
    assert working_days(rule, BERLIN.calendar, date(2026, 7, 1), 8) == [
        date(2026, 10, 15),
        date(2027, 1, 15),
        date(2027, 4, 15),
        date(2027, 7, 15),
        date(2027, 10, 15),
        date(2028, 1, 14),  # the 15th is a Saturday
        date(2028, 4, 13),  # the 15th is a Saturday, the 14th Good Friday
        date(2028, 7, 14),
    ]


def test_weekend_days_of_a_daily_rule_do_not_pile_up_on_friday() -> None:
    found = working_days(read_rule("daily"), BERLIN.calendar, date(2026, 6, 4), 3)
    assert found == [date(2026, 6, 5), date(2026, 6, 8), date(2026, 6, 9)]


def test_a_day_that_was_moved_back_is_not_owed_again() -> None:
    rule = read_rule("monthly on the 15th 10:00")
    assert working_days(rule, BERLIN.calendar, date(2028, 1, 14), 1) == [date(2028, 2, 15)]
    assert next_moments(rule, BERLIN, at("2028-01-14T08:59"), 1) == [at("2028-01-14T09:00")]
    assert next_moments(rule, BERLIN, at("2028-01-14T09:00"), 1) == [at("2028-02-15T09:00")]


def test_quiet_hours_are_kept() -> None:
    quiet = Posting(BERLIN.calendar, BERLIN.zone, quiet=Quiet(time(20), time(8)))
    assert next_moments(read_rule("every Monday 6:00"), quiet, at("2026-06-01T00:00"), 1) == [
        at("2026-06-01T06:00")
    ]


@given(RULES, POSTINGS, NOWS)
def test_moments_rise_on_working_days_and_none_comes_twice(
    rule: Rule, posting: Posting, now: datetime
) -> None:
    found = next_moments(rule, posting, now, 5)
    assert all(one < other for one, other in pairwise([now, *found]))
    assert all(posting.calendar.is_working(posting.today(moment)) for moment in found)
    if len(found) > 1:
        assert next_moments(rule, posting, found[0], 1) == [found[1]]


@given(RULES, POSTINGS, NOWS)
def test_what_falls_on_a_working_day_stays_there(rule: Rule, posting: Posting, now: datetime) -> None:
    plain = occurrences(rule, posting.zone, now, 5)
    unmoved = [moment for moment in plain if posting.calendar.is_working(posting.today(moment))]
    assert set(unmoved) <= set(next_moments(rule, posting, now, 10))
