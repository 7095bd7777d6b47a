from __future__ import annotations

import pytest

from handlers.errors import Misread
from handlers.reading.durations import Duration, Unit, read_duration


@pytest.mark.parametrize(
    ("typed", "count", "unit"),
    [
        ("6 weeks", 6, "week"), ("6w", 6, "week"), ("6 wks", 6, "week"), ("two weeks", 2, "week"),
        ("a fortnight", 2, "week"), ("fortnight", 2, "week"), ("in 6 weeks", 6, "week"),
        ("90d", 90, "day"), ("90 days", 90, "day"), ("90 Days' notice", 90, "day"), ("60 days notice", 60, "day"),
        ("net 60", 60, "day"), ("net 60 days", 60, "day"), ("60 net", 60, "day"), ("30-day", 30, "day"),
        ("60 calendar days", 60, "day"), ("0 days", 0, "day"), ("2 weeks 3 days", 17, "day"), ("~10 days", 10, "day"),
        ("10 working days", 10, "business day"), ("10 business days", 10, "business day"), ("3 bd", 3, "business day"),
        ("3 workdays", 3, "business day"), ("ten working days", 10, "business day"),
        ("3 months", 3, "month"), ("24 months", 24, "month"), ("6m", 6, "month"), ("12-month", 12, "month"),
        ("half a year", 6, "month"), ("1.5 years", 18, "month"), ("1,5 years", 18, "month"),
        ("1 year 6 months", 18, "month"), ("1 year and 6 months", 18, "month"), ("half a quarter", None, None),
        ("a quarter", 1, "quarter"), ("2q", 2, "quarter"), ("quarter", 1, "quarter"),
        ("a year", 1, "year"), ("2 yrs", 2, "year"), ("year", 1, "year"), ("1\u00a0year", 1, "year"),
        ("", None, None), ("60", None, None), ("week", None, None), ("-3 days", None, None), ("weeks 6", None, None),
        ("half a month", None, None), ("1 month 3 days", None, None), ("few weeks", None, None),
        ("45 minutes", None, None), ("999999 days", None, None), ("101 years", None, None), ("6 weeks 🙂", None, None),
        ("6 weeks or 7 weeks", None, None), ("1e3 days", None, None), ("30 days end of month", None, None),
    ],
)  # fmt: skip
def test_lengths_of_time(typed: str, count: int | None, unit: Unit | None) -> None:
    if count is None or unit is None:
        with pytest.raises(Misread):
            read_duration(typed)
    else:
        assert read_duration(typed) == Duration(count, unit)


def test_a_bare_number_counts_only_what_the_caller_says() -> None:
    assert read_duration("60", bare="day") == Duration(60, "day")
    assert read_duration("12", bare="month") == Duration(12, "month")


def test_what_is_exact() -> None:
    assert Duration(6, "week").days_exact == 42
    assert Duration(6, "day").days_exact == 6
    assert Duration(6, "business day").days_exact is None
    assert Duration(1, "month").days_exact is None
    assert Duration(2, "quarter").months_exact == 6
    assert Duration(2, "week").months_exact is None


def test_a_duration_is_never_negative() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        Duration(-1, "day")
