from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates.moments import local_moment
from handlers.errors import Misread
from handlers.reminders.rules import LADDER, Posting, Rung, countdown, phase, rungs, single
from tests.handlers.reminders.rules.posting import BERLIN, NOWS, POSTINGS, at

SEND_BY, CLAUSE = date(2028, 3, 29), date(2028, 4, 1)


def owed(now: str, posting: Posting = BERLIN) -> list[Rung]:
    return rungs(SEND_BY, posting, at(now), clause_date=CLAUSE)


def short(found: list[Rung]) -> list[tuple[str | int, int, int]]:
    return [(rung.days_before or rung.kind, rung.day.month, rung.day.day) for rung in found]


def test_the_whole_ladder() -> None:
    found = owed("2027-06-01T00:00")
    assert short(found) == [
        (90, 12, 30), (60, 1, 28), (30, 2, 28), (14, 3, 15), (7, 3, 22), (1, 3, 28), ("late", 3, 30), ("missed", 4, 3),
    ]  # fmt: skip
    assert found[0].moment == at("2027-12-30T08:00")
    assert found[5].moment == at("2028-03-28T07:00")  # after the clocks changed
    assert found[0].occurrence == "2028-03-29/90"
    assert not any(rung.overdue for rung in found)


def test_a_late_import_gives_the_latest_passed_rung_once() -> None:
    found = owed("2028-03-20T12:00")
    assert short(found) == [(14, 3, 15), (7, 3, 22), (1, 3, 28), ("late", 3, 30), ("missed", 4, 3)]
    assert [rung.overdue for rung in found] == [True, False, False, False, False]


def test_the_posting_hour_itself_is_over() -> None:
    assert owed("2028-03-28T07:00")[0].overdue
    assert not owed("2028-03-28T06:59")[1].overdue


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2028-03-29T21:30", [(1, 3, 28), ("late", 3, 30), ("missed", 4, 3)]),
        ("2028-03-30T05:00", [("late", 3, 30), ("missed", 4, 3)]),  # send-by is over: no rung any more
        ("2028-03-31T12:00", [("late", 3, 30), ("missed", 4, 3)]),
        ("2028-04-02T12:00", [("missed", 4, 3)]),
        ("2028-05-02T12:00", [("missed", 4, 3)]),
    ],
)
def test_what_is_said_once_its_time_is_over(now: str, left: list[tuple[str | int, int, int]]) -> None:
    assert short(owed(now)) == left


def test_late_is_not_said_where_no_working_day_is_left_for_it() -> None:
    friday, sunday = date(2028, 3, 31), date(2028, 4, 2)
    found = rungs(friday, BERLIN, at("2028-03-31T12:00"), clause_date=sunday)
    assert [rung.kind for rung in found] == ["rung", "missed"]


def test_two_rungs_on_one_day_are_one() -> None:
    easter_tuesday = date(2028, 4, 18)
    found = rungs(easter_tuesday, BERLIN, at("2028-04-01T00:00"), (7, 4, 3, 2, 1))
    assert short(found) == [(7, 4, 11), (1, 4, 13)]  # Friday to Monday are holidays


def test_a_day_without_a_clause_date_has_rungs_only() -> None:
    assert [rung.kind for rung in rungs(SEND_BY, BERLIN, at("2028-03-01T00:00"))] == ["rung"] * 4
    assert rungs(SEND_BY, BERLIN, at("2028-03-30T00:00")) == []


@pytest.mark.parametrize("ladder", [(), (-1,), (1001, 3)])
def test_a_ladder_has_bounds(ladder: tuple[int, ...]) -> None:
    with pytest.raises(Misread):
        rungs(SEND_BY, BERLIN, at("2028-03-01T00:00"), ladder)


def test_phases() -> None:
    assert phase(SEND_BY, SEND_BY, CLAUSE) == "before"
    assert phase(SEND_BY + timedelta(days=1), SEND_BY, CLAUSE) == "late"
    assert phase(CLAUSE, SEND_BY, CLAUSE) == "late"
    assert phase(CLAUSE + timedelta(days=1), SEND_BY, CLAUSE) == "missed"


def test_the_countdown_to_talks_has_none_in_the_past() -> None:
    talks = date(2026, 4, 1)
    assert [rung.days_before for rung in countdown(talks, BERLIN, at("2026-03-01T00:00"))] == [14, 7, 3, 1, 0]
    late = countdown(talks, BERLIN, at("2026-03-26T12:00"))
    assert [(rung.days_before, rung.day) for rung in late] == [
        (3, date(2026, 3, 27)),  # 29 Mar is a Sunday
        (1, date(2026, 3, 31)),
        (0, talks),
    ]
    assert countdown(talks, BERLIN, at("2026-04-01T07:00")) == []  # the posting hour itself is over
    with pytest.raises(Misread):
        countdown(talks, BERLIN, at("2026-03-01T00:00"), (-1,))


def test_a_single_day_is_moved_back() -> None:
    assert single(date(2028, 4, 16), BERLIN).moment == at("2028-04-13T07:00")  # Easter


DAYS = st.dates(date(2002, 1, 1), date(2048, 12, 31))
LADDERS = st.just(LADDER) | st.sets(st.integers(0, 400), min_size=1, max_size=8).map(tuple)


@given(DAYS, st.integers(0, 9), POSTINGS, NOWS, LADDERS)
def test_a_ladder_rises_on_working_days_at_the_posting_hour(
    wanted: date, transit: int, posting: Posting, now: datetime, ladder: tuple[int, ...]
) -> None:
    send_by = posting.calendar.on_or_before(wanted)
    clause = send_by + timedelta(days=transit)
    found = rungs(send_by, posting, now, ladder, clause)
    assert all(one.moment < other.moment and one.day < other.day for one, other in pairwise(found))
    for rung in found:
        assert posting.calendar.is_working(rung.day)
        assert rung.moment == local_moment(rung.day, posting.at, posting.zone)
        assert rung.overdue == (rung.moment <= now)
        assert phase(rung.day, send_by, clause) == ("before" if rung.kind == "rung" else rung.kind)
        if rung.days_before is not None:
            assert rung.day <= send_by - timedelta(days=rung.days_before)
    assert sum(rung.overdue for rung in found) <= 1
    assert len({rung.occurrence for rung in found}) == len(found)


@given(DAYS, POSTINGS, NOWS, st.integers(1, 200_000))
def test_later_nothing_is_owed_that_was_not_owed_before(
    wanted: date, posting: Posting, now: datetime, minutes: int
) -> None:
    send_by = posting.calendar.on_or_before(wanted)
    clause = send_by + timedelta(days=3)
    before = {rung.occurrence for rung in rungs(send_by, posting, now, clause_date=clause)}
    later = rungs(send_by, posting, now + timedelta(minutes=minutes), clause_date=clause)
    assert {rung.occurrence for rung in later} <= before


@given(DAYS, POSTINGS, NOWS)
def test_a_countdown_lies_ahead_and_ends_by_the_talks(talks: date, posting: Posting, now: datetime) -> None:
    found = countdown(talks, posting, now)
    assert all(one.moment < other.moment for one, other in pairwise(found))
    assert all(rung.moment > now and rung.day <= talks for rung in found)
    assert all(posting.calendar.is_working(rung.day) for rung in found)


def test_another_hour_is_kept_through_the_year() -> None:
    late = replace(BERLIN, at=datetime.min.time().replace(hour=16))
    hours = {rung.moment.astimezone(BERLIN.zone).hour for rung in owed("2027-06-01T00:00", late)}
    assert hours == {16}
