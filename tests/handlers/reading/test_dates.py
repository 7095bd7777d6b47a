from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import writing
from handlers.errors import Misread
from handlers.manners import Manners
from handlers.reading.dates import add, read_date
from handlers.reading.durations import Duration

TODAY = date(2026, 4, 1)  # a Wednesday
GB = Manners()
US = Manners(locale="en_US")


@pytest.mark.parametrize("manners", [GB, US], ids=["en_GB", "en_US"])
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-04-01", "2026-04-01"), ("2026/4/1", "2026-04-01"), ("20260401", "2026-04-01"),
        ("1 April 2026", "2026-04-01"), ("1 April, 2026", "2026-04-01"), ("1st of April 2026", "2026-04-01"),
        ("April 1st, 2026", "2026-04-01"), ("1-Apr-2026", "2026-04-01"), ("1 Apr 26", "2026-04-01"),
        ("Wed 29 Mar 2028", "2028-03-29"), ("Wednesday, 29 March 2028", "2028-03-29"), ("Sept 3", "2026-09-03"),
        ("1 Apr", "2026-04-01"), ("April 1", "2026-04-01"), ("29 May", "2026-05-29"), ("31 March", "2027-03-31"),
        ("29 Feb", "2028-02-29"), ("1.4.2026", "2026-04-01"), ("1. 4. 2026", "2026-04-01"), ("01.04.26", "2026-04-01"),
        ("1.4.", "2026-04-01"), ("31.3.", "2027-03-31"), ("13/04/2026", "2026-04-13"), ("04/13/2026", "2026-04-13"),
        ("3. März 2027", "2027-03-03"), ("15 mai 2026", "2026-05-15"), ("2 de octubre de 2026", "2026-10-02"),
        ("today", "2026-04-01"), ("Tomorrow", "2026-04-02"), ("the day after tomorrow", "2026-04-03"),
        ("yesterday", "2026-03-31"), ("Friday", "2026-04-03"), ("fri", "2026-04-03"), ("on Friday", "2026-04-03"),
        ("Wednesday", "2026-04-08"), ("this Wednesday", "2026-04-01"), ("next Wednesday", "2026-04-08"),
        ("next Friday", "2026-04-10"), ("next Monday", "2026-04-06"), ("last Friday", "2026-03-27"),
        ("last Wednesday", "2026-03-25"),
        ("in 6 weeks", "2026-05-13"), ("6 weeks from now", "2026-05-13"), ("in a month", "2026-05-01"),
        ("in 10 working days", "2026-04-15"), ("2 weeks ago", "2026-03-18"), ("in half a year", "2026-10-01"),
        ("end of March", "2027-03-31"), ("end of April", "2026-04-30"), ("end April", "2026-04-30"),
        ("end of March 2026", "2026-03-31"), ("end of the month", "2026-04-30"), ("month end", "2026-04-30"),
        ("EOM", "2026-04-30"), ("end of next month", "2026-05-31"), ("end of last month", "2026-03-31"),
        ("the end of Q2", "2026-06-30"), ("end of Q1", "2027-03-31"), ("end of Q1 2026", "2026-03-31"),
        ("start of Q3", "2026-07-01"), ("mid Q3", "2026-08-15"), ("mid April", "2026-04-15"),
        ("mid-April", "2026-04-15"), ("middle of March", "2027-03-15"), ("start of May", "2026-05-01"),
        ("end of coming March", "2027-03-31"), ("end of the coming month", "2026-05-31"),
        ("end of 2027", "2027-12-31"), ("end of the year", "2026-12-31"), ("end of next year", "2027-12-31"),
        ("end of the quarter", "2026-06-30"), ("start of the quarter", "2026-04-01"), ("end of the week", "2026-04-03"),
        ("beginning of next week", "2026-04-06"), ("start of the week", "2026-04-06"), ("end of Feb 2028", "2028-02-29"),
        ("by 2026-06-30", "2026-06-30"), ("until 1 May.", "2026-05-01"), ("1\u00a0May", "2026-05-01"),
    ],
)  # fmt: skip
def test_days_that_read_alike_everywhere(typed: str, day: str, manners: Manners) -> None:
    assert read_date(typed, TODAY, manners) == date.fromisoformat(day)


def test_slashes_go_by_the_locale() -> None:
    assert read_date("01/04/2026", TODAY, GB) == date(2026, 4, 1)
    assert read_date("01/04/2026", TODAY, US) == date(2026, 1, 4)
    assert read_date("1/4", TODAY, US) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("30 Feb", "There is no 30 February"),
        ("29 Feb 2027", "February 2027 has 28 days"),
        ("31.4.2026", "April 2026 has 30 days"),
        ("2026-13-01", "no month 13"),
        ("0 April", "There is no 0 April"),
        ("1 April 20226", "The year 20226"),
        ("20226-04-01", "The year 20226"),
        ("1.4.126", "The year 126"),
        ("1 April 1066", "The year 1066"),
        ("Mon 29 Mar 2028", "29 March 2028 is a Wednesday"),
        ("April 2027", "Which day"),
        ("mid 2027", "The middle"),
        ("in 99999 years", "not a date"),
    ],
)
def test_what_is_wrong_is_said(typed: str, said: str) -> None:
    with pytest.raises(Misread) as caught:
        read_date(typed, TODAY, GB)
    assert said in caught.value.wrong


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "soon", "12 weeks", "3.95", "99.99.2026", "next month", "next year", "tuesdays", "1 of 3", "may be",
        "tomorrow morning", "Q3", "2026", "4", "1-4", "🙂", "1 Smarch 2026", "foo 1 April", "1 April or 2 April",
        "end of quiet", "end of q", "mid query", "start of q5",
        "2026-04-01 14:30", "'; DROP TABLE plans", "١/٤/٢٠٢٦ ؟", "week 14",
    ],
)  # fmt: skip
def test_nothing_is_invented(typed: str) -> None:
    with pytest.raises(Misread):
        read_date(typed, TODAY, GB)


def test_the_past_is_refused_where_it_makes_no_sense() -> None:
    assert read_date("today", TODAY, GB, past_ok=False) == TODAY
    with pytest.raises(Misread, match="Misread") as caught:
        read_date("2026-03-31", TODAY, GB, past_ok=False)
    assert caught.value.wrong == "31 March 2026 is in the past."


@pytest.mark.parametrize("typed", ["tomorrow", "next Friday", "end of next year", "in 2 weeks"])
def test_the_last_day_of_the_calendar_is_survived(typed: str) -> None:
    with pytest.raises(Misread):
        read_date(typed, date.max, GB)


@pytest.mark.parametrize("typed", ["yesterday", "last Friday", "2 weeks ago", "end of last year"])
def test_the_first_day_of_the_calendar_is_survived(typed: str) -> None:
    with pytest.raises(Misread):
        read_date(typed, date.min, GB)


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)), st.sampled_from(["en_GB", "en_US", "de_DE", "sv_SE"]))
def test_what_prep_writes_it_reads(day: date, locale: str) -> None:
    manners = Manners(locale=locale)
    assert read_date(writing.weekday_day(day, manners), TODAY, manners) == day
    assert read_date(day.isoformat(), TODAY, manners) == day
    assert read_date(f"{day:%d.%m.%Y}", TODAY, manners) == day


@given(
    st.dates(date(1970, 1, 1), date(2150, 1, 1)),
    st.sampled_from(["Mon", "Fri", "Sunday", "29 Feb", "1 Jan", "31.12."]),
)
def test_a_day_without_a_year_is_ahead(today: date, typed: str) -> None:
    assert today <= read_date(typed, today, GB) <= today + timedelta(days=366 * 8)


@given(st.dates(date(1970, 1, 1), date(2150, 1, 1)), st.integers(0, 6))
def test_next_weekday_is_in_the_next_calendar_week(today: date, weekday: int) -> None:
    name = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[weekday]
    found = read_date(f"next {name}", today, GB)
    assert found.weekday() == weekday
    assert found.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]


def test_months_are_added_from_the_anchor() -> None:
    month = Duration(1, "month")
    anchor = date(2026, 1, 31)
    days = [add(anchor, month, times=times).isoformat() for times in (1, 2, 3, -2)]
    assert days == ["2026-02-28", "2026-03-31", "2026-04-30", "2025-11-30"]
    assert add(date(2024, 2, 29), Duration(1, "year")) == date(2025, 2, 28)
    assert add(date(2024, 2, 29), Duration(1, "year"), times=4) == date(2028, 2, 29)
    assert add(anchor, Duration(2, "quarter")) == date(2026, 7, 31)


def test_business_days_pass_over_what_is_no_working_day() -> None:
    thursday = date(2026, 4, 2)
    easter = {date(2026, 4, 3), date(2026, 4, 6)}
    assert add(thursday, Duration(1, "business day")) == date(2026, 4, 3)
    open_days = lambda day: day.weekday() < 5 and day not in easter  # noqa: E731
    assert add(thursday, Duration(1, "business day"), is_working=open_days) == date(2026, 4, 7)
    assert add(date(2026, 4, 7), Duration(1, "business day"), times=-1, is_working=open_days) == thursday
    assert add(date(2026, 4, 4), Duration(0, "business day")) == date(2026, 4, 4)


def test_adding_past_the_calendar_is_refused() -> None:
    for unit in ("day", "business day", "month", "year"):
        with pytest.raises(Misread):
            add(date(9999, 12, 1), Duration(90, unit))
