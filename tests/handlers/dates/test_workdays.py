from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates.workdays import WorkCalendar
from handlers.errors import Unknown

GERMANY = WorkCalendar("DE")
CALENDARS = st.sampled_from(
    [GERMANY, WorkCalendar("DE", "BY"), WorkCalendar("US"), WorkCalendar("AE"), WorkCalendar("JP")]
)
DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))


def test_weekends_and_holidays_are_not_worked() -> None:
    assert GERMANY.is_working(date(2029, 3, 29))
    assert not GERMANY.is_working(date(2029, 3, 30))  # Good Friday
    assert not GERMANY.is_working(date(2028, 4, 1))  # a Saturday
    assert GERMANY.on_or_before(date(2029, 4, 1)) == date(2029, 3, 29)
    assert GERMANY.on_or_after(date(2029, 3, 30)) == date(2029, 4, 3)


def test_a_region_has_holidays_of_its_own() -> None:
    epiphany = date(2028, 1, 6)
    assert GERMANY.is_working(epiphany)
    assert not WorkCalendar("DE", "BY").is_working(epiphany)
    assert WorkCalendar("DE", "BY").holiday_name(epiphany) == "Epiphany"


def test_a_holiday_has_an_english_name_and_a_weekend_none() -> None:
    assert GERMANY.holiday_name(date(2028, 4, 14)) == "Good Friday"
    assert WorkCalendar("FR").holiday_name(date(2028, 5, 1)) == "Labor Day"
    assert GERMANY.holiday_name(date(2028, 4, 1)) is None


def test_a_day_off_in_lieu_crosses_new_year() -> None:
    assert not WorkCalendar("US").is_working(date(2027, 12, 31))  # for Saturday 1 Jan 2028


def test_weekends_are_those_of_the_country() -> None:
    friday, sunday = date(2026, 6, 5), date(2026, 6, 7)
    egypt = WorkCalendar("EG")
    assert not egypt.is_working(friday)
    assert egypt.is_working(sunday)


@pytest.mark.parametrize(("country", "region"), [("XX", None), ("Germany", None), ("", None), ("DE", "ZZ")])
def test_an_unknown_country_or_region_is_said_with_examples(country: str, region: str | None) -> None:
    with pytest.raises(Unknown) as caught:
        WorkCalendar(country, region)
    assert caught.value.example
    assert "DE" in " ".join(caught.value.lines)


def test_case_and_blanks_do_not_matter() -> None:
    assert WorkCalendar(" de ", "by") == WorkCalendar("DE", "BY")
    assert WorkCalendar("de", " ") == GERMANY


def test_a_negative_count_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="negative"):
        GERMANY.minus(date(2028, 1, 3), -1)


@given(CALENDARS, DAYS)
def test_the_nearest_working_days_have_none_between(calendar: WorkCalendar, day: date) -> None:
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(calendar.is_working(each) for each in between)


@given(CALENDARS, DAYS, st.integers(0, 40))
def test_steps_count_working_days_alone(calendar: WorkCalendar, day: date, n: int) -> None:
    later = calendar.plus(day, n)
    passed = [day + timedelta(days=ahead) for ahead in range(1, (later - day).days + 1)]
    assert sum(map(calendar.is_working, passed)) == n
    earlier = calendar.minus(day, n)
    passed = [day - timedelta(days=back) for back in range(1, (day - earlier).days + 1)]
    assert sum(map(calendar.is_working, passed)) == n


@given(CALENDARS, DAYS, st.integers(0, 40))
def test_there_and_back_from_a_working_day(calendar: WorkCalendar, day: date, n: int) -> None:
    start = calendar.on_or_before(day)
    assert calendar.minus(calendar.plus(start, n), n) == start
