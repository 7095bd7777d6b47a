from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from handlers.contracts.rules import (
    Deadline,
    Notice,
    Terms,
    ends_by_notice,
    key_dates,
    next_key_dates,
    reassessment_start,
)
from handlers.dates.workdays import WorkCalendar
from handlers.errors import Misread
from tests.handlers.contracts.rules.terms import CALENDARS, GERMANY, HOUSINGS, TERMS, TODAYS


def test_housings_to_the_day() -> None:
    dates = key_dates(HOUSINGS, GERMANY, date(2026, 7, 1))
    assert (dates.term_end, dates.renewals, dates.duty) == (date(2028, 6, 30), 0, "notice")
    assert dates.clause_date == date(2028, 4, 1)  # a Saturday
    assert dates.safe_receipt == date(2028, 3, 31)
    assert dates.send_by == date(2028, 3, 29)
    assert dates.if_missed_end == date(2029, 6, 30)
    assert dates.if_missed == Deadline(date(2029, 4, 1), date(2029, 3, 29), date(2029, 3, 27))  # Easter
    assert dates.tender_start == date(2028, 1, 14)
    assert dates.decision_due == date(2028, 1, 14)
    assert dates.reassessment_start == date(2027, 10, 1)


def test_the_decision_is_due_ten_working_days_before_send_by_where_nothing_demands_more() -> None:
    for weeks in (None, 1):
        dates = key_dates(
            replace(HOUSINGS, sourcing_weeks=weeks, switching_weeks=None), GERMANY, date(2027, 1, 1)
        )
        assert dates.decision_due == date(2028, 3, 15)


def test_the_reassessment_starts_on_a_working_day() -> None:
    assert reassessment_start(date(2028, 3, 30), GERMANY, 180) == date(2027, 10, 1)  # from Saturday 2 Oct


@pytest.mark.parametrize(
    ("notice", "clause"),
    [
        (Notice(90), date(2028, 4, 1)),
        (Notice(90, clear_days=True), date(2028, 3, 31)),
        (Notice(3, "month"), date(2028, 3, 30)),
        (Notice(3, "month", clear_days=True), date(2028, 3, 29)),
        (Notice(6, "week"), date(2028, 5, 19)),
        (Notice(1, "year"), date(2027, 6, 30)),
        (Notice(10, "business day"), date(2028, 6, 16)),
        (Notice(0), date(2028, 6, 30)),
    ],
)
def test_clause_dates(notice: Notice, clause: date) -> None:
    assert key_dates(replace(HOUSINGS, notice=notice), GERMANY, date(2027, 1, 1)).clause_date == clause


def test_business_days_are_those_of_the_recipient() -> None:
    terms = replace(HOUSINGS, notice=Notice(10, "business day", clear_days=True))
    assert key_dates(terms, GERMANY, date(2027, 1, 1)).clause_date == date(2028, 6, 15)
    catholic = WorkCalendar("DE", "NW")  # the 15th is Corpus Christi there
    assert key_dates(terms, catholic, date(2027, 1, 1)).clause_date == date(2028, 6, 14)


def test_without_transit_days_none_are_taken_off() -> None:
    dates = key_dates(replace(HOUSINGS, transit_days=None), GERMANY, date(2027, 1, 1))
    assert dates.send_by == dates.safe_receipt == date(2028, 3, 31)


def test_a_missed_deadline_stays_until_the_term_is_over_but_the_next_chance_is_known() -> None:
    assert key_dates(HOUSINGS, GERMANY, date(2028, 4, 2)).clause_date == date(2028, 4, 1)
    assert next_key_dates(HOUSINGS, GERMANY, date(2028, 4, 1)).clause_date == date(2028, 4, 1)
    assert next_key_dates(HOUSINGS, GERMANY, date(2028, 4, 2)).clause_date == date(2029, 4, 1)
    assert key_dates(HOUSINGS, GERMANY, date(2028, 7, 1)).term_end == date(2029, 6, 30)


def test_the_last_renewal_needs_no_notice() -> None:
    once = replace(HOUSINGS, renewals_allowed=1)
    first = key_dates(once, GERMANY, date(2027, 1, 1))
    assert (first.if_missed_end, first.if_missed_clause) == (date(2029, 6, 30), None)
    last = key_dates(once, GERMANY, date(2029, 1, 1))
    assert (last.duty, last.deadline, last.term_end) == ("nothing", None, date(2029, 6, 30))
    assert next_key_dates(once, GERMANY, date(2028, 5, 1)).duty == "nothing"


def test_without_a_renewal_there_is_only_the_end() -> None:
    plain = Terms(
        date(2026, 7, 1), date(2028, 6, 30), notice=Notice(90), sourcing_weeks=12, switching_weeks=12
    )
    dates = key_dates(plain, GERMANY, date(2030, 1, 1))
    assert (dates.duty, dates.term_end, dates.deadline) == ("nothing", date(2028, 6, 30), None)
    assert (dates.if_missed_end, dates.reassessment_start) == (None, None)
    assert dates.decision_due == dates.tender_start == date(2028, 1, 14)


def test_a_request_must_come_in_time_or_the_contract_ends() -> None:
    asked = replace(HOUSINGS, renewal="on request")
    dates = key_dates(asked, GERMANY, date(2029, 1, 1))
    assert (dates.duty, dates.term_end, dates.send_by) == ("request", date(2028, 6, 30), date(2028, 3, 29))
    assert (dates.if_missed_end, dates.if_missed) == (date(2028, 6, 30), None)
    again = key_dates(replace(asked, renewals_requested=1), GERMANY, date(2028, 1, 1))
    assert (again.term_end, again.clause_date) == (date(2029, 6, 30), date(2029, 4, 1))


def test_a_period_that_nobody_gave_is_taken_as_none() -> None:
    dates = key_dates(replace(HOUSINGS, notice=None), GERMANY, date(2027, 1, 1))
    assert dates.clause_date == dates.term_end


def test_notice_ends_the_term_and_the_duty() -> None:
    served = replace(HOUSINGS, notice_served=date(2028, 3, 24))
    dates = key_dates(served, GERMANY, date(2029, 1, 1))
    assert (dates.term_end, dates.duty, dates.deadline) == (date(2028, 6, 30), "nothing", None)
    late = replace(HOUSINGS, notice_served=date(2028, 4, 10), notice_ends=date(2029, 6, 30))
    assert key_dates(late, GERMANY, date(2028, 5, 1)).term_end == date(2029, 6, 30)


def test_notice_ends_the_first_term_that_it_is_in_time_for() -> None:
    assert ends_by_notice(HOUSINGS, date(2028, 4, 1), GERMANY) == date(2028, 6, 30)
    assert ends_by_notice(HOUSINGS, date(2028, 4, 2), GERMANY) == date(2029, 6, 30)
    assert ends_by_notice(replace(HOUSINGS, renewals_allowed=0), date(2028, 6, 1), GERMANY) == HOUSINGS.end


def test_how_early_notice_counts() -> None:
    dates = key_dates(replace(HOUSINGS, earliest=Notice(180)), GERMANY, date(2027, 1, 1))
    assert dates.earliest_notice == date(2028, 1, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": date(2026, 6, 30)},
        {"end": date(9999, 12, 31)},
        {"renewal_months": None},
        {"renewal_months": 0},
        {"renewals_allowed": -1},
        {"transit_days": -1},
        {"renewals_requested": -1},
        {"earliest": Notice(30)},
    ],
)
def test_terms_that_contradict_themselves_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Misread) as caught:
        replace(HOUSINGS, **wrong)  # type: ignore[arg-type]
    assert caught.value.example


@pytest.mark.parametrize(("count", "unit"), [(-1, "day"), (11, "year"), (4000, "day"), (1, "fortnight")])
def test_a_notice_period_has_bounds(count: int, unit: str) -> None:
    with pytest.raises(Misread):
        Notice(count, unit)  # type: ignore[arg-type]


@given(TERMS, CALENDARS, TODAYS)
def test_dates_stand_in_their_order_on_working_days(
    terms: Terms, calendar: WorkCalendar, today: date
) -> None:
    dates = key_dates(terms, calendar, today)
    if dates.deadline is None:
        assert dates.duty == "nothing"
        return
    clause, safe, send = dates.deadline
    assert send <= safe <= clause <= dates.term_end
    assert terms.notice is None or terms.notice.count == 0 or clause < dates.term_end
    assert calendar.is_working(send)
    assert calendar.is_working(safe)
    assert calendar.on_or_before(clause) == safe
    assert calendar.plus(send, terms.transit_days or 0) == safe
    assert dates.decision_due is not None
    assert dates.decision_due < send
    assert dates.decision_due <= (dates.tender_start or dates.decision_due)
    assert dates.reassessment_start is not None
    assert dates.reassessment_start <= send - timedelta(days=180)


@given(TERMS, CALENDARS, TODAYS)
def test_what_follows_a_missed_deadline_is_what_the_next_term_says(
    terms: Terms, calendar: WorkCalendar, today: date
) -> None:
    dates = key_dates(terms, calendar, today)
    if dates.duty != "notice":
        assert dates.if_missed is None
        return
    assert dates.if_missed_end is not None
    later = key_dates(terms, calendar, dates.term_end + timedelta(days=1))
    assert (later.term_end, later.deadline) == (dates.if_missed_end, dates.if_missed)
    assert later.renewals == dates.renewals + 1


@given(TERMS, CALENDARS, TODAYS)
def test_clear_days_are_one_day_earlier(terms: Terms, calendar: WorkCalendar, today: date) -> None:
    dates = key_dates(terms, calendar, today)
    if dates.deadline is None or terms.notice is None:
        return
    clear = key_dates(
        replace(terms, notice=replace(terms.notice, clear_days=True), earliest=None), calendar, today
    )
    plain = key_dates(replace(terms, notice=replace(terms.notice, clear_days=False)), calendar, today)
    assert clear.clause_date is not None
    assert plain.clause_date is not None
    if terms.notice.unit == "business day":
        assert clear.clause_date == calendar.minus(plain.clause_date, 1)
    else:
        assert clear.clause_date == plain.clause_date - timedelta(days=1)


@given(TERMS, CALENDARS, TODAYS)
def test_the_next_deadline_is_never_over(terms: Terms, calendar: WorkCalendar, today: date) -> None:
    dates = next_key_dates(terms, calendar, today)
    if dates.duty == "notice":
        assert dates.clause_date is not None
        assert dates.clause_date >= today
