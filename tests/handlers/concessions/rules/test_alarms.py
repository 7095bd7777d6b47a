"""Warnings about the concession log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.concessions.rules import Alarm, Entry, alarms, is_gift
from tests.handlers.worked import FINAL_LOG, LOG, OFFERS, TERMS, D, moment, step


def after(*steps, theirs=(), log=LOG, **more):
    """The warnings about one more entry of ours."""
    entry = Entry(9, "ours", steps, theirs, moment(9, 4), **more)
    return [(alarm.code, alarm.term) for alarm in alarms(TERMS, OFFERS, [*log, entry]) if alarm.entry == 9]


RETURN = (step("theirs", "lead", "32", "30"),)


def test_the_worked_log_has_one_gift():
    assert alarms(TERMS, OFFERS, LOG) == (Alarm("given for nothing", 2),)


def test_the_last_round_goes_past_the_target_once():
    late = [alarm for alarm in alarms(TERMS, OFFERS, FINAL_LOG) if alarm.entry > 5]
    assert [(alarm.code, alarm.entry, alarm.term) for alarm in late] == [
        ("past target", 6, "price"),
        ("past target", 7, "lead"),
        ("past target", 7, "uplift cap"),
    ]


def test_past_the_target_is_said_when_it_is_crossed_and_not_again():
    assert after(step("ours", "price", "3.74", "3.78"), theirs=RETURN, log=FINAL_LOG) == []


def test_steps_that_grow():
    assert after(step("ours", "price", "3.68", "3.79"), theirs=RETURN) == [
        ("steps grow", "price"),
        ("past target", "price"),
    ]


@pytest.mark.parametrize(
    ("price", "code"),
    [("4.01", None), ("4.015", "near stop"), ("4.05", "near stop"), ("4.06", "past stop")],
)
def test_near_and_past_the_stop(price, code):
    begun = [*FINAL_LOG, Entry(8, "ours", (step("ours", "price", "3.74", "3.99"),), RETURN, moment(8, 4, 12))]
    codes = [code for code, _ in after(step("ours", "price", "3.99", price), theirs=RETURN, log=begun)]
    assert codes == ([code] if code else [])


def test_a_move_the_wrong_way_is_no_gift():
    back = step("ours", "price", "3.68", "3.60")
    assert after(back) == [("wrong way", "price")]
    rise = Entry(9, "theirs", (), (step("theirs", "price", "3.80", "3.90"),), moment(9, 4))
    found = [a for a in alarms(TERMS, OFFERS, [*LOG, rise]) if a.entry == 9]
    assert found == [Alarm("wrong way", 9, "theirs", "price")]


def test_a_before_that_is_not_the_recorded_position():
    entry = Entry(9, "ours", (step("ours", "price", "3.60", "3.69"),), RETURN, moment(9, 4))
    found = [a for a in alarms(TERMS, OFFERS, [*LOG, entry]) if a.code == "before differs"]
    assert found == [Alarm("before differs", 9, "ours", "price", D("3.68"))]


def test_a_favour_is_a_gift_and_a_return():
    gift = Entry(9, "ours", (), (), moment(9, 4), our_favour="reference visit")
    assert is_gift(gift, TERMS)
    assert not is_gift(replace(gift, their_favour="free samples"), TERMS)
    assert not is_gift(Entry(9, "theirs", (), (), moment(9, 4), their_favour="free samples"), TERMS)


def test_an_unknown_term_given_away_is_still_a_gift():
    assert after(step("ours", "packaging", "1", "2")) == [("given for nothing", "")]


def test_a_corrected_gift_is_not_warned_about():
    fixed = replace(LOG[1], number=6, theirs=(step("theirs", "net", "30", "45"),), corrects=2)
    assert alarms(TERMS, OFFERS, [*LOG, fixed]) == ()
