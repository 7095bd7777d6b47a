"""Corrections: what counts, and what stands for what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.concessions.rules import Entry, corrected_by, effective, path
from tests.handlers.worked import LOG, OFFERS, D, moment, step


def fix(number, corrects, *ours, at=None):
    return Entry(number, "ours", ours, (), at or moment(2, 4), corrects=corrects)


def test_without_corrections_everything_counts():
    assert effective(LOG) == tuple(LOG)
    assert corrected_by(LOG) == {}


def test_a_correction_takes_the_place_of_what_it_names():
    log = [*LOG, fix(6, 1, step("ours", "price", "3.45", "3.55"))]
    counted = effective(log)
    assert [entry.number for entry in counted] == [6, 2, 3, 4, 5]
    assert counted[0].at == LOG[0].at
    assert corrected_by(log) == {1: 6}
    prices = [point.value for point in path("ours", "price", OFFERS, log)]
    assert prices == [D("3.45"), D("3.55"), D("3.58"), D("3.68")]


def test_corrections_of_corrections_and_the_latest_of_two():
    chain = [
        *LOG,
        fix(6, 2, step("ours", "warranty", "36", "30")),
        fix(7, 6, step("ours", "warranty", "36", "28")),
    ]
    twice = [
        *LOG,
        fix(6, 2, step("ours", "warranty", "36", "30")),
        fix(7, 2, step("ours", "warranty", "36", "28")),
    ]
    for log in (chain, twice):
        assert [entry.number for entry in effective(log)] == [1, 7, 3, 4, 5]
        assert path("ours", "warranty", OFFERS, log)[-1].value == 28


def test_a_correction_without_movement_takes_an_entry_back():
    log = [*LOG, fix(6, 2)]
    assert [entry.number for entry in effective(log)] == [1, 3, 4, 5]
    assert path("ours", "warranty", OFFERS, log)[-1].value == 36


def test_a_correction_of_nothing_is_an_entry_like_any_other():
    stray = fix(6, 99, step("ours", "price", "3.68", "3.70"))
    itself = fix(7, 7, step("ours", "price", "3.70", "3.71"))
    assert effective([*LOG, stray, itself])[-2:] == (stray, itself)


def test_counting_twice_changes_nothing():
    log = [
        *LOG,
        fix(6, 2, step("ours", "warranty", "36", "30")),
        fix(7, 6, step("ours", "warranty", "36", "28")),
    ]
    assert effective(effective(log)) == effective(log)


@given(st.lists(st.none() | st.integers(0, 9), max_size=9))
def test_whatever_corrects_whatever_each_original_counts_once(corrects):
    log = [
        fix(number, named, step("ours", "price", "3.45", str(number)), at=moment(1, 4, number))
        for number, named in enumerate(corrects, start=1)
    ]
    counted = effective(log)
    originals = [e for e in log if e.corrects is None or not 1 <= e.corrects < e.number]
    assert [entry.at for entry in counted] == [entry.at for entry in originals]
    assert effective(counted) == counted
