from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates.moments import checked, local_day, local_moment

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "America/Sao_Paulo",
            "America/St_Johns",
            "Africa/Casablanca",
            "Asia/Kathmandu",
            "Pacific/Chatham",
            "UTC",
        )
    ]
)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("zone", "day", "at", "shown"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), time(3, 30)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), time(2, 40)),  # half an hour is left out
        ("America/Sao_Paulo", date(2018, 11, 4), time(0, 30), time(1, 30)),  # the day begins at one
        ("America/New_York", date(2026, 3, 8), time(2), time(3)),
    ],
)
def test_a_left_out_time_moves_forward_by_the_gap(zone: str, day: date, at: time, shown: time) -> None:
    local = local_moment(day, at, ZoneInfo(zone)).astimezone(ZoneInfo(zone))
    assert (local.date(), local.time()) == (day, shown)


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
        ("America/Sao_Paulo", date(2018, 2, 17), time(23, 30), datetime(2018, 2, 18, 1, 30, tzinfo=UTC)),
    ],
)
def test_of_a_time_that_comes_twice_the_first(zone: str, day: date, at: time, moment: datetime) -> None:
    assert local_moment(day, at, ZoneInfo(zone)) == moment
    assert local_moment(day, at.replace(fold=1), ZoneInfo(zone)) == moment


@given(ZONES, DAYS, TIMES)
def test_clocks_show_the_time_asked_for_or_a_later_one(zone: ZoneInfo, day: date, at: time) -> None:
    moment = local_moment(day, at, zone)
    assert moment.tzinfo is UTC
    shown = moment.astimezone(zone).replace(tzinfo=None)
    asked = datetime.combine(day, at)
    assert asked <= shown <= asked + timedelta(hours=1)
    assert local_day(moment, zone) == shown.date()


@given(ZONES, DAYS, TIMES, st.integers(1, 400))
def test_a_later_day_is_a_later_moment(zone: ZoneInfo, day: date, at: time, ahead: int) -> None:
    assert local_moment(day, at, zone) < local_moment(day + timedelta(days=ahead), at, zone)


def test_naive_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        checked(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2026, 1, 1), BERLIN)  # noqa: DTZ001
