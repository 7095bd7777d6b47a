from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates.months import add_months, months_between
from handlers.errors import Misread

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("anchor", "months", "result"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), 2, date(2027, 3, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2028, 6, 30), -3, date(2028, 3, 30)),
        (date(2028, 1, 15), -1, date(2027, 12, 15)),
    ],
)
def test_months_are_added_to_the_anchor(anchor: date, months: int, result: date) -> None:
    assert add_months(anchor, months) == result


@given(DAYS, st.integers(-600, 600))
def test_the_day_stays_or_becomes_the_last_of_the_month(anchor: date, months: int) -> None:
    moved = add_months(anchor, months)
    assert months_between(anchor, moved) == months
    if moved.day != anchor.day:
        assert moved.day < anchor.day
        assert (moved + timedelta(days=1)).day == 1


@given(DAYS, DAYS, st.integers(-300, 300))
def test_order_is_kept(one: date, other: date, months: int) -> None:
    earlier, later = sorted((one, other))
    assert add_months(earlier, months) <= add_months(later, months)


@pytest.mark.parametrize("months", [12 * 9000, -12 * 3000])
def test_years_beyond_the_calendar_are_refused(months: int) -> None:
    with pytest.raises(Misread):
        add_months(date(2028, 1, 1), months)
