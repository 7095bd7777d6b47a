from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates.recurrence import LAST, WEEKDAYS, Rule, days, occurrences
from handlers.errors import Misread
from tests.support.rules import RULES, ZONES

BERLIN = ZoneInfo("Europe/Berlin")


def first_days(rule: Rule, first: date, count: int) -> list[date]:
    return list(islice(days(rule, first), count))


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_the_31st_is_the_last_day_of_a_short_month() -> None:
    found = first_days(Rule("monthly", month_day=31), date(2028, 1, 31), 5)
    assert [(day.month, day.day) for day in found] == [(1, 31), (2, 29), (3, 31), (4, 30), (5, 31)]


def test_a_leap_day_is_28_february_in_other_years() -> None:
    found = first_days(Rule("yearly", month=2, month_day=29), date(2026, 1, 1), 3)
    assert found == [date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


def test_the_last_weekday_of_the_month() -> None:
    rule = Rule("monthly", weekdays=WEEKDAYS, nth=LAST, at=time(10))
    found = occurrences(rule, BERLIN, at("2026-01-01T00:00"), 3)
    assert found == [at("2026-01-30T09:00"), at("2026-02-27T09:00"), at("2026-03-31T08:00")]


def test_a_month_without_a_fifth_monday_is_passed_over() -> None:
    found = first_days(Rule("monthly", weekdays=(0,), nth=5), date(2026, 1, 1), 3)
    assert found == [date(2026, 3, 30), date(2026, 6, 29), date(2026, 8, 31)]


def test_quarters_count_from_the_start() -> None:
    rule = Rule("quarterly", month_day=15, start=date(2026, 11, 1))
    assert first_days(rule, date(2026, 1, 1), 3) == [date(2026, 11, 15), date(2027, 2, 15), date(2027, 5, 15)]
    assert first_days(Rule("quarterly", month_day=15), date(2026, 11, 1), 1) == [date(2027, 1, 15)]
    assert first_days(Rule("quarterly", month=3, month_day=LAST), date(2026, 1, 1), 1) == [date(2026, 3, 31)]


def test_every_second_week_counts_from_the_week_of_the_start() -> None:
    rule = Rule("weekly", every=2, weekdays=(0, 3), start=date(2026, 9, 24))
    found = first_days(rule, date(2026, 1, 1), 3)
    assert found == [date(2026, 9, 24), date(2026, 10, 5), date(2026, 10, 8)]


def test_the_night_in_which_an_hour_is_left_out() -> None:
    found = occurrences(Rule("daily", at=time(2, 30)), BERLIN, at("2026-03-28T12:00"), 2)
    assert found == [at("2026-03-29T01:30"), at("2026-03-30T00:30")]


def test_the_night_in_which_an_hour_comes_twice_fires_once() -> None:
    found = occurrences(Rule("daily", at=time(2, 30)), BERLIN, at("2026-10-24T12:00"), 2)
    assert found == [at("2026-10-25T00:30"), at("2026-10-26T01:30")]


def test_a_day_that_a_zone_skipped_does_not_fire_twice() -> None:
    found = occurrences(Rule("daily"), ZoneInfo("Pacific/Apia"), at("2011-12-29T00:00"), 4)
    assert len(set(found)) == 4
    assert found == sorted(found)


def test_an_old_rule_is_as_quick_as_a_new_one() -> None:
    def seconds(start: date) -> float:
        rule = Rule("daily", start=start)
        begun = perf_counter()
        for _ in range(20):
            occurrences(rule, BERLIN, at("2026-01-01T00:00"), 1)
        return perf_counter() - begun

    seconds(date(2025, 12, 1))
    old = min(seconds(date(1926, 1, 1)) for _ in range(3))
    new = min(seconds(date(2025, 12, 1)) for _ in range(3))
    assert old < 10 * new  # walking 36,500 days would take hundreds of times as long


@pytest.mark.parametrize(
    "parts",
    [
        {"freq": "monthly"},
        {"freq": "monthly", "month_day": 32},
        {"freq": "monthly", "month_day": 1, "nth": 1, "weekdays": (0,)},
        {"freq": "monthly", "nth": 6, "weekdays": (0,)},
        {"freq": "monthly", "nth": 1, "weekdays": (0, 2)},
        {"freq": "monthly", "month_day": 1, "month": 2},
        {"freq": "yearly", "month_day": 1},
        {"freq": "quarterly", "month_day": 1, "month": 4},
        {"freq": "weekly"},
        {"freq": "weekly", "weekdays": (7,)},
        {"freq": "weekly", "weekdays": (3, 0)},
        {"freq": "daily", "weekdays": (0,)},
        {"freq": "daily", "every": 0},
        {"freq": "daily", "at": time(9, tzinfo=UTC)},
    ],
)
def test_parts_that_make_no_rule_are_refused(parts: dict[str, object]) -> None:
    with pytest.raises(Misread):
        Rule(**parts)  # type: ignore[arg-type]


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        occurrences(Rule("daily"), BERLIN, datetime(2026, 1, 1), 1)  # noqa: DTZ001


MOMENTS = st.integers(0, 40 * 365 * 24 * 60).map(
    lambda minutes: at("2000-01-01T00:00") + timedelta(minutes=minutes)
)


@given(RULES, ZONES, MOMENTS)
def test_moments_rise_lie_after_and_do_not_depend_on_where_one_looks_from(
    rule: Rule, zone: ZoneInfo, after: datetime
) -> None:
    found = occurrences(rule, zone, after, 6)
    assert all(earlier < later for earlier, later in pairwise([after, *found]))
    if len(found) > 2:
        assert occurrences(rule, zone, found[2], 2) == found[3:5]
        assert occurrences(rule, zone, found[2] - timedelta(seconds=1), 1) == [found[2]]


@given(RULES, ZONES, MOMENTS)
def test_every_moment_is_a_day_of_the_rule(rule: Rule, zone: ZoneInfo, after: datetime) -> None:
    for moment in occurrences(rule, zone, after, 6):
        local = moment.astimezone(zone)
        gap = datetime.combine(local.date(), local.time()) - datetime.combine(local.date(), rule.at)
        assert timedelta(0) <= gap <= timedelta(hours=1)
        assert rule.start is None or local.date() >= rule.start
        if rule.month_day is not None:
            last = monthrange(local.year, local.month)[1]
            assert local.day == (last if rule.month_day == LAST else min(rule.month_day, last))
        if rule.weekdays:
            assert local.weekday() in rule.weekdays
        if rule.freq == "yearly":
            assert local.month == rule.month


@given(st.integers(1, 31), st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 30))
def test_a_monthly_day_comes_once_in_every_month(month_day: int, first: date, count: int) -> None:
    found = first_days(Rule("monthly", month_day=month_day), first.replace(day=1), count)
    months = [day.year * 12 + day.month for day in found]
    assert months == list(range(months[0], months[0] + count))
    assert months[0] == first.year * 12 + first.month
