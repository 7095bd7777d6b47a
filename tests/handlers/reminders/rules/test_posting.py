from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates.workdays import WorkCalendar
from handlers.reminders.rules import Posting, Quiet, keep_quiet
from tests.handlers.reminders.rules.posting import BERLIN, HOURS, NOWS, POSTINGS, at
from tests.support.rules import ZONES

NIGHT = (time(20), time(8))


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-06-01T12:00", "2026-06-01T12:00"),
        ("2026-06-01T18:00", "2026-06-02T06:00"),  # 20:00 in Berlin
        ("2026-06-01T17:59", "2026-06-01T17:59"),
        ("2026-06-01T02:00", "2026-06-01T06:00"),
        ("2026-06-01T06:00", "2026-06-01T06:00"),
    ],
)
def test_a_quiet_moment_waits_for_the_end_of_the_quiet_hours(moment: str, allowed: str) -> None:
    assert keep_quiet(at(moment), *NIGHT, BERLIN.zone) == at(allowed)


def test_the_second_time_an_hour_comes_is_not_sent_back_to_the_first() -> None:
    second_0210 = at("2026-10-25T01:10")
    assert keep_quiet(second_0210, time(22), time(2, 30), BERLIN.zone) == at("2026-10-25T01:30")


def test_equal_hours_mean_that_none_are_quiet() -> None:
    assert keep_quiet(at("2026-06-01T02:00"), time(8), time(8), BERLIN.zone) == at("2026-06-01T02:00")


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        keep_quiet(datetime(2026, 6, 1), *NIGHT, BERLIN.zone)  # noqa: DTZ001


@given(NOWS, HOURS, HOURS, ZONES)
def test_the_next_allowed_moment(moment: datetime, start: time, end: time, zone: ZoneInfo) -> None:
    allowed = keep_quiet(moment, start, end, zone)
    assert moment <= allowed <= moment + timedelta(hours=26)
    if allowed != moment:
        shown = allowed.astimezone(zone)
        asked = datetime.combine(shown.date(), end)
        assert timedelta(0) <= shown.replace(tzinfo=None) - asked <= timedelta(hours=1)  # or after a gap
    elif start != end:
        assert not Quiet(start, end).covers(moment.astimezone(zone).time())


@pytest.mark.parametrize(
    ("hour", "quiet", "posted"),
    [
        (time(9), Quiet(time(20), time(8)), time(9)),
        (time(7), Quiet(time(20), time(8)), time(8)),
        (time(21), Quiet(time(20), time(8)), time(19, 59)),
        (time(12, 30), Quiet(time(12), time(13)), time(13)),
    ],
)
def test_a_posting_hour_in_quiet_hours_stays_on_its_day(hour: time, quiet: Quiet, posted: time) -> None:
    moment = replace(BERLIN, at=hour, quiet=quiet).moment(date(2026, 6, 1))
    local = moment.astimezone(BERLIN.zone)
    assert (local.date(), local.time()) == (date(2026, 6, 1), posted)


@given(POSTINGS, HOURS, HOURS, st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_a_post_stays_on_its_day_whatever_is_quiet(
    posting: Posting, start: time, end: time, day: date
) -> None:
    loud = replace(posting, quiet=Quiet(start, end))
    assert loud.today(loud.moment(day)) == day


def test_soon_is_now_or_the_next_posting_hour_on_a_working_day() -> None:
    posting = Posting(WorkCalendar("DE"), ZoneInfo("Europe/Berlin"), time(9), Quiet(time(18), time(8)))
    noon, evening = datetime(2026, 3, 6, 11, tzinfo=UTC), datetime(2026, 3, 6, 19, tzinfo=UTC)
    monday = datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert posting.soon(noon) == noon
    assert posting.soon(evening) == monday
    assert posting.soon(noon + timedelta(days=1)) == monday
    assert posting.not_before(date(2026, 3, 6), evening) == monday
    assert posting.not_before(date(2026, 3, 7), noon) == monday.replace(day=7)
