from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from handlers.errors import Misread
from handlers.manners import Manners
from handlers.reading.moments import read_moment

NOW = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)  # Wednesday 10:00 in Berlin
BERLIN = Manners()


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("today 15:00", "2026-04-01T13:00"),
        ("today at 15:00", "2026-04-01T13:00"),
        ("today, 15:00", "2026-04-01T13:00"),
        ("15:00 today", "2026-04-01T13:00"),
        ("tomorrow 9am", "2026-04-02T07:00"),
        ("tomorrow 9 a.m.", "2026-04-02T07:00"),
        ("tomorrow at 9", "2026-04-02T07:00"),
        ("3pm tomorrow", "2026-04-02T13:00"),
        ("12am tomorrow", "2026-04-01T22:00"),
        ("12pm tomorrow", "2026-04-02T10:00"),
        ("noon", "2026-04-01T10:00"),
        ("2026-04-01 14:30", "2026-04-01T12:30"),
        ("2026-04-01T14:30", "2026-04-01T12:30"),
        ("2026-04-01T14:30Z", "2026-04-01T14:30"),
        ("2026-04-01 14:30+05:30", "2026-04-01T09:00"),
        ("1 April at 3pm", "2026-04-01T13:00"),
        ("1 Apr 14.30 Uhr", "2026-04-01T12:30"),
        ("1.4.2026 14:30", "2026-04-01T12:30"),
        ("Friday 10:00", "2026-04-03T08:00"),
        ("Friday 9:00 AM", "2026-04-03T07:00"),
        ("at 15:00 on Friday", "2026-04-03T13:00"),
        ("15:00", "2026-04-01T13:00"),
        ("9:30", "2026-04-02T07:30"),
        ("in 2 hours", "2026-04-01T10:00"),
        ("in 30 minutes", "2026-04-01T08:30"),
        ("in half an hour", "2026-04-01T08:30"),
        ("in 6 weeks at 9:00", "2026-05-13T07:00"),
        ("1 Dec 9:00", "2026-12-01T08:00"),
    ],
)
def test_moments(typed: str, utc: str) -> None:
    assert read_moment(typed, NOW, BERLIN) == datetime.fromisoformat(utc + "+00:00")


def test_the_day_is_that_of_the_members_zone() -> None:
    late = datetime(
        2026, 4, 1, 23, 0, tzinfo=UTC
    )  # already the second in Berlin, 16:00 on the first in Los Angeles
    assert read_moment("today 15:00", late, BERLIN) == datetime(2026, 4, 2, 13, 0, tzinfo=UTC)
    there = Manners(zone="America/Los_Angeles")
    assert read_moment("today 15:00", late, there) == datetime(2026, 4, 1, 22, 0, tzinfo=UTC)


def test_a_time_that_the_clocks_leave_out_moves_on() -> None:
    moment = read_moment("2026-03-29 02:30", NOW, BERLIN)
    assert moment.astimezone(BERLIN.tz).isoformat() == "2026-03-29T03:30:00+02:00"


def test_of_a_time_that_comes_twice_the_first_is_taken() -> None:
    assert read_moment("2026-10-25 02:30", NOW, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_alone_takes_the_hour_of_the_caller() -> None:
    assert read_moment("tomorrow", NOW, BERLIN, at=time(9)) == datetime(2026, 4, 2, 7, 0, tzinfo=UTC)
    with pytest.raises(Misread) as caught:
        read_moment("tomorrow", NOW, BERLIN)
    assert caught.value.wrong == "At what time?"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "25:00",
        "12:60",
        "13pm",
        "0am",
        "9",
        "abc",
        "soon 15:00",
        "30 Feb 15:00",
        "9999-12-31 23:00",
        "15:00 16:00",
        "🙂",
    ],
)
def test_no_moment_is_invented(typed: str) -> None:
    with pytest.raises(Misread):
        read_moment(typed, NOW, BERLIN)


def test_a_naive_now_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="aware"):
        read_moment("today 15:00", datetime(2026, 4, 1), BERLIN)  # noqa: DTZ001
