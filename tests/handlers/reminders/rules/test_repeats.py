from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import Misread, Refused
from handlers.reminders.rules import Posting, Repeat, Window, next_repeat, snooze
from tests.handlers.reminders.rules.posting import BERLIN, NOWS, POSTINGS, at

WINDOW = Window(send_by=date(2028, 3, 29), clause_date=date(2028, 4, 1))


def chain(first: date, window: Window | None, count: int, every: int = 3) -> list[Repeat]:
    found: list[Repeat] = []
    day = first
    while len(found) < count and (repeat := next_repeat(day, len(found), BERLIN, window, every)):
        found.append(repeat)
        day = repeat.day
    return found


def test_every_third_working_day_and_more_people_after_two_and_four() -> None:
    found = chain(date(2026, 6, 1), None, 5)
    assert [repeat.day for repeat in found] == [
        date(2026, 6, 4),
        date(2026, 6, 9),
        date(2026, 6, 12),
        date(2026, 6, 17),
        date(2026, 6, 22),
    ]
    place, backup, lead = ("place",), ("place", "backup"), ("place", "backup", "lead")
    assert [repeat.to for repeat in found] == [place, place, backup, backup, lead]
    assert found[0].moment == at("2026-06-04T07:00")


def test_how_often_is_a_setting() -> None:
    assert chain(date(2026, 6, 1), None, 1, every=5)[0].day == date(2026, 6, 8)


def test_close_to_the_deadline_daily_and_to_more_people_at_once() -> None:
    found = chain(date(2028, 3, 14), WINDOW, 99)
    assert found[0].day == date(2028, 3, 15)  # ten working days before send-by, though three are not over
    assert [repeat.to for repeat in found[:3]] == [
        ("place", "backup"),
        ("place", "backup", "lead"),
        ("place", "backup", "lead"),
    ]
    assert [repeat.day.day for repeat in found] == [15, 16, 17, 20, 21, 22, 23, 24, 27, 28, 29, 30, 31]


def test_before_that_as_usual() -> None:
    first = chain(date(2028, 3, 1), WINDOW, 1)[0]
    assert (first.day, first.to) == (date(2028, 3, 6), ("place",))


def test_a_missed_deadline_goes_on_to_the_lead_alone() -> None:
    assert next_repeat(date(2028, 3, 31), 9, BERLIN, WINDOW) is None  # the ladder says that it was missed
    found = chain(date(2028, 4, 3), WINDOW, 3)
    assert [repeat.day for repeat in found] == [date(2028, 4, 6), date(2028, 4, 11), date(2028, 4, 18)]
    assert {repeat.to for repeat in found} == {("lead",)}


DAYS = st.dates(date(2002, 1, 1), date(2048, 12, 31))


@given(DAYS, st.integers(0, 9), POSTINGS, st.integers(0, 150), st.integers(0, 9), st.integers(1, 9))
def test_a_repeat_is_a_later_working_day(
    wanted: date, transit: int, posting: Posting, ago: int, repeats: int, every: int
) -> None:
    send_by = posting.calendar.on_or_before(wanted)
    window = Window(send_by, send_by + timedelta(days=transit))
    last = send_by - timedelta(days=ago) + timedelta(days=10)
    repeat = next_repeat(last, repeats, posting, window, every)
    if repeat is None:
        assert last <= window.clause_date < posting.calendar.plus(last, every)
        return
    assert posting.calendar.is_working(repeat.day)
    assert last < repeat.day <= posting.calendar.plus(last, every)
    assert repeat.moment == posting.moment(repeat.day)
    assert repeat.number == repeats + 1
    if last > window.clause_date:
        assert repeat.to == ("lead",)
    else:
        everybody = ("place", "backup", "lead")
        assert repeat.to == everybody[: len(repeat.to)]


@pytest.mark.parametrize(
    ("until", "now", "back"),
    [
        ("1 day", "2026-06-01T12:00", "2026-06-02T07:00"),
        ("3 days", "2026-06-01T12:00", "2026-06-04T07:00"),
        ("1 week", "2026-06-01T12:00", "2026-06-08T07:00"),
        ("1 day", "2026-06-05T12:00", "2026-06-08T07:00"),  # from a Friday: the working day before is today
        ("3 days", "2026-06-03T12:00", "2026-06-05T07:00"),  # Saturday is moved back
        (date(2026, 6, 20), "2026-06-01T12:00", "2026-06-19T07:00"),
    ],
)
def test_when_a_snoozed_reminder_comes_back(until: str | date, now: str, back: str) -> None:
    assert snooze(until, at(now), BERLIN) == at(back)


@pytest.mark.parametrize("until", ["forever", "", date(2026, 6, 1), date(2025, 1, 1)])
def test_a_snooze_that_leads_nowhere_is_refused(until: str | date) -> None:
    with pytest.raises(Misread) as caught:
        snooze(until, at("2026-06-01T12:00"), BERLIN)
    assert caught.value.example


def test_a_notice_deadline_is_not_snoozed_past_send_by() -> None:
    monday = at("2028-03-27T12:00")
    assert snooze("1 day", monday, BERLIN, WINDOW.send_by) == at("2028-03-28T07:00")
    assert snooze(WINDOW.send_by, monday, BERLIN, WINDOW.send_by) == at("2028-03-29T07:00")
    with pytest.raises(Refused) as caught:
        snooze("3 days", monday, BERLIN, WINDOW.send_by)
    assert caught.value.example == "2028-03-29"


def test_a_day_past_send_by_is_refused_even_where_the_working_day_before_is_not() -> None:
    friday, saturday, sunday = (date(2028, 3, day) for day in (24, 25, 26))
    with pytest.raises(Refused):
        snooze(saturday, at("2028-03-20T12:00"), BERLIN, friday)
    with pytest.raises(Refused):  # it would come back on Monday
        snooze("1 day", at("2028-03-24T12:00"), BERLIN, sunday)


@pytest.mark.parametrize("now", ["2028-03-29T12:00", "2028-03-31T12:00"])
def test_on_the_last_day_and_after_it_nothing_is_snoozed(now: str) -> None:
    with pytest.raises(Refused):
        snooze("1 day", at(now), BERLIN, WINDOW.send_by)


UNTILS = st.sampled_from(["1 day", "3 days", "1 week"]) | DAYS


@given(UNTILS, NOWS, POSTINGS, st.none() | st.integers(-5, 60))
def test_a_snooze_ends_later_on_a_working_day_never_past_send_by(
    until: str | date, now: datetime, posting: Posting, ahead: int | None
) -> None:
    today = posting.today(now)
    send_by = None if ahead is None else posting.calendar.on_or_before(today + timedelta(days=ahead))
    try:
        back = snooze(until, now, posting, send_by)
    except (Refused, Misread):
        return
    assert back > now
    day = posting.today(back)
    assert posting.calendar.is_working(day)
    assert send_by is None or day <= send_by
