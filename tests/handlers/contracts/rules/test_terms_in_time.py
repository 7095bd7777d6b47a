from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.contracts.rules import Terms, end_after, term_end
from tests.handlers.contracts.rules.terms import HOUSINGS, TERMS, TODAYS


def monthly(end: date) -> Terms:
    return Terms(date(2020, 1, 1), end, "automatic", 1)


@pytest.mark.parametrize(
    ("today", "end", "renewals"),
    [
        (date(2026, 1, 1), date(2028, 6, 30), 0),
        (date(2028, 6, 30), date(2028, 6, 30), 0),
        (date(2028, 7, 1), date(2029, 6, 30), 1),
        (date(2029, 6, 30), date(2029, 6, 30), 1),
        (date(2048, 1, 1), date(2048, 6, 30), 20),
    ],
)
def test_the_term_that_runs(today: date, end: date, renewals: int) -> None:
    assert term_end(HOUSINGS, today) == (end, renewals)


def test_month_ends_stay_month_ends() -> None:
    ends = [end_after(monthly(date(2028, 1, 31)), k) for k in range(5)]
    assert [(end.month, end.day) for end in ends] == [(1, 31), (2, 29), (3, 31), (4, 30), (5, 31)]
    assert end_after(replace(HOUSINGS, end=date(2028, 2, 29)), 1) == date(2029, 2, 28)
    assert end_after(replace(HOUSINGS, end=date(2027, 2, 28)), 1) == date(2028, 2, 29)


def test_a_day_that_short_months_lack_comes_back() -> None:
    ends = [end_after(monthly(date(2027, 1, 29)), k) for k in range(3)]
    assert ends == [date(2027, 1, 29), date(2027, 2, 27), date(2027, 3, 29)]


@given(TERMS, TODAYS)
def test_as_few_renewals_as_possible_and_no_more_than_allowed(terms: Terms, today: date) -> None:
    end, renewals = term_end(terms, today)
    assert end == end_after(terms, renewals)
    assert terms.limit is None or renewals <= terms.limit
    if terms.renewal == "automatic":
        assert end >= today or renewals == terms.limit
        assert renewals == 0 or end_after(terms, renewals - 1) < today
    else:
        assert renewals <= terms.renewals_requested


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(1, 36), st.integers(1, 30))
def test_a_month_end_is_one_after_every_renewal(any_day: date, length: int, renewals: int) -> None:
    month_end = any_day.replace(day=1) - timedelta(days=1)
    terms = Terms(date(1990, 1, 1), month_end, "automatic", length)
    assert (end_after(terms, renewals) + timedelta(days=1)).day == 1


@given(TERMS, TODAYS, st.integers(0, 3000))
def test_time_only_adds_renewals(terms: Terms, today: date, days: int) -> None:
    assert term_end(terms, today).renewals <= term_end(terms, today + timedelta(days=days)).renewals


@given(TERMS, TODAYS, TODAYS)
def test_after_notice_nothing_renews(terms: Terms, served: date, today: date) -> None:
    ended = replace(terms, notice_served=served)
    assert term_end(ended, today) == term_end(ended, served)
