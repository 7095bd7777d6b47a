from __future__ import annotations

import json
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates.recurrence import LAST, WEEKDAYS, Rule
from handlers.dates.rule_text import rule_data, rule_from, say_rule
from handlers.dates.rule_words import read_rule, split_rule
from handlers.errors import Misread
from handlers.manners import Manners
from tests.support.rules import RULES


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "every last weekday of the month 10:00",
            Rule("monthly", weekdays=WEEKDAYS, nth=LAST, at=time(10)),
        ),
        ("last working day of the month at 5pm", Rule("monthly", weekdays=WEEKDAYS, nth=LAST, at=time(17))),
        ("quarterly on the 15th", Rule("quarterly", month_day=15)),
        ("quarterly on the 15th from Oct 2026", Rule("quarterly", month_day=15, start=date(2026, 10, 1))),
        ("every quarter on the last Friday", Rule("quarterly", weekdays=(4,), nth=LAST)),
        ("last day of the quarter", Rule("quarterly", month_day=LAST, month=3)),
        ("quarterly on the 2nd in May and Nov", Rule("quarterly", month_day=2, month=2)),
        ("every Monday 9:00", Rule("weekly", weekdays=(0,))),
        ("Mondays at 8.15", Rule("weekly", weekdays=(0,), at=time(8, 15))),
        ("each tue, thu and FRIDAY", Rule("weekly", weekdays=(1, 3, 4))),
        ("every other Friday", Rule("weekly", every=2, weekdays=(4,))),
        ("every 3 weeks on Sunday", Rule("weekly", every=3, weekdays=(6,))),
        ("weekdays 7:30", Rule("weekly", weekdays=WEEKDAYS, at=time(7, 30))),
        ("monthly on the 31st", Rule("monthly", month_day=31)),
        ("every 15th", Rule("monthly", month_day=15)),
        ("on the first of every month", Rule("monthly", month_day=1)),
        ("monthly on 15 12:00", Rule("monthly", month_day=15, at=time(12))),
        ("every 2nd Tuesday of the month", Rule("monthly", weekdays=(1,), nth=2)),
        ("every first Monday", Rule("monthly", weekdays=(0,), nth=1)),
        ("daily 12am", Rule("daily", at=time(0))),
        ("9:00 every 2 days", Rule("daily", every=2)),
        ("every day from 2026-10-05 at 6", Rule("daily", start=date(2026, 10, 5), at=time(6))),
        ("every 29 February", Rule("yearly", month_day=29, month=2)),
        ("yearly on March 1st", Rule("yearly", month_day=1, month=3)),
        ("every year on the last Friday of June", Rule("yearly", weekdays=(4,), nth=LAST, month=6)),
    ],
)
def test_regular_days_as_people_write_them(text: str, rule: Rule) -> None:
    assert read_rule(text) == rule
    assert read_rule(f"  {text.upper()} ") == rule


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("every last weekday of the month 10:00 invoice check", "invoice check"),
        ("every Monday 9:00: Call Acme, please", "Call Acme, please"),
        ("every Monday Sun Ltd invoice", "Sun Ltd invoice"),
        ("every Thursday from Acme get the list", "from Acme get the list"),
        ("daily", ""),
    ],
)
def test_what_follows_is_left_as_it_was_typed(text: str, rest: str) -> None:
    assert split_rule(text)[1] == rest


@pytest.mark.parametrize(
    "text",
    ["", "hello", "monthly", "weekly 9:00", "every 32nd", "every Monday 25:00", "every Monday at 13pm",
     "every 0 days", "every Monday or so", "daily from 30 Feb 2027", "quarterly on the 1st in May and June"],
)  # fmt: skip
def test_what_is_no_regular_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Misread) as caught:
        read_rule(text)
    assert caught.value.example


def test_a_time_is_not_taken_for_a_day_of_the_month() -> None:
    assert split_rule("monthly on day 9 call")[0].month_day == 9
    with pytest.raises(Misread):
        split_rule("monthly on day 9:00 call")


def test_the_second_monday_is_asked_about() -> None:
    with pytest.raises(Misread) as caught:
        read_rule("every second Monday")
    assert "every 2 weeks on Monday" in caught.value.wrong
    assert read_rule(caught.value.example) == Rule("monthly", weekdays=(0,), nth=2)


@given(RULES)
def test_what_prep_says_is_read_as_the_same_rule(rule: Rule) -> None:
    assert read_rule(say_rule(rule)) == rule
    assert split_rule(f"{say_rule(rule)} check the invoice") == (rule, "check the invoice")


@given(RULES)
def test_data_and_back(rule: Rule) -> None:
    assert rule_from(json.loads(json.dumps(rule_data(rule)))) == rule


PIECES = [
    "every",
    "last",
    "first",
    "2nd",
    "weekday",
    "Monday",
    "of",
    "the month",
    "quarter",
    "in",
    "May",
    "9:00",
]
TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        [*PIECES, "at", "99", "am", "from", "2026", ",", "on", "day", "monthly", "yearly", "31st"]
    )
).map(" ".join)


@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        rule, rest = split_rule(text)
    except Misread:
        return
    assert rest in text
    assert read_rule(say_rule(rule)) == rule


def test_a_rule_looks_as_its_reader_writes_hours_and_days() -> None:
    rule = Rule(freq="weekly", weekdays=(0,), at=time(9), start=date(2026, 10, 1))
    assert say_rule(rule, Manners(locale="en_US")) == "every Monday 9:00 AM from Oct 1, 2026"
    assert say_rule(rule, Manners(locale="en_GB")) == "every Monday 09:00 from 1 Oct 2026"
