"""Positions and paths from offers and log alike."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from handlers.concessions.rules import Entry, Offered, Step, path, positions
from tests.handlers.worked import (
    FINAL_LOG,
    LOG,
    OFFERS,
    OUR_R2,
    OUR_R3,
    R3,
    D,
    moment,
    step,
)


def values(side, term, offers=OFFERS, log=LOG, **more):
    return [point.value for point in path(side, term, offers, log, **more)]


def test_offers_and_log_make_one_path():
    assert values("theirs", "price", log=FINAL_LOG) == [D("4.12"), D("3.95"), D("3.80"), D("3.74")]
    assert values("ours", "price", log=FINAL_LOG) == [D("3.45"), D("3.58"), D("3.68"), D("3.74")]
    assert values("theirs", "lead") == [45, 40, 32]


def test_positions_are_the_latest_values():
    latest = positions(OFFERS, FINAL_LOG)
    assert latest["theirs", "price"] == latest["ours", "price"] == D("3.74")
    assert [latest["ours", term] for term in ("net", "lead", "warranty", "uplift cap")] == [45, 30, 24, 3]
    assert [latest["theirs", term] for term in ("net", "lead", "warranty", "uplift cap")] == [30, 30, 24, 3]


def test_an_offer_after_the_log_takes_over():
    offers = [*OFFERS, Offered("theirs", moment(9, 4), {"price": D("3.70")})]
    assert positions(offers, FINAL_LOG)["theirs", "price"] == D("3.70")


def test_what_was_never_said_has_no_position():
    assert ("ours", "packaging") not in positions(OFFERS, LOG)
    assert positions([], []) == {}


def test_a_log_that_repeats_what_offers_told_adds_nothing():
    told = [
        *OFFERS,
        Offered("ours", moment(25, 3, 8), OUR_R2),
        Offered("theirs", moment(1, 4, 8), R3),
        Offered("ours", moment(1, 4, 8), OUR_R3),
    ]
    for side in ("ours", "theirs"):
        assert values(side, "price", told) == values(side, "price")
        assert values(side, "lead", told) == values(side, "lead")


def test_a_log_alone_tells_where_it_began():
    assert values("ours", "price", offers=[]) == [D("3.45"), D("3.58"), D("3.68")]


def test_the_opening_stands_in_only_where_nothing_else_tells_the_start():
    bare = [Entry(1, "ours", (Step("ours", "price", None, D("3.58")),), (), moment(1, 4))]
    assert values("ours", "price", [], bare, opening=D("3.45")) == [D("3.45"), D("3.58")]
    assert values("ours", "price", [], bare) == [D("3.58")]
    assert values("ours", "price", OFFERS, bare, opening=D("3.30"))[0] == D("3.45")
    assert positions([], bare, {"price": D("3.45")}) == {("ours", "price"): D("3.58")}


def test_a_value_on_the_way_that_nobody_recorded_is_believed():
    log = [Entry(1, "theirs", (), (step("theirs", "price", "3.90", "3.80"),), moment(1, 4))]
    assert values("theirs", "price", OFFERS[:1], log) == [D("4.12"), D("3.90"), D("3.80")]


def test_a_start_that_contradicts_the_record_is_not():
    log = [Entry(1, "theirs", (), (step("theirs", "price", "4.00", "3.80"),), moment(1, 4))]
    assert values("theirs", "price", OFFERS, log) == [D("4.12"), D("3.95"), D("3.80")]


def test_a_side_may_go_back_and_come_again():
    log = [
        Entry(1, "ours", (step("ours", "price", "3.45", "3.58"),), (), moment(1, 4, 8)),
        Entry(2, "ours", (step("ours", "price", "3.58", "3.45"),), (), moment(1, 4, 9)),
        Entry(3, "ours", (step("ours", "price", "3.45", "3.58"),), (), moment(1, 4, 10)),
    ]
    assert values("ours", "price", log=log) == [D("3.45"), D("3.58"), D("3.45"), D("3.58")]


def test_within_one_moment_the_order_of_recording_counts():
    at = moment(1, 4)
    offers = [
        Offered("theirs", at, {"price": D("4.12")}, seq=1),
        Offered("theirs", at, {"price": D("3.80")}, seq=3),
    ]
    log = [Entry(1, "theirs", (), (step("theirs", "price", "4.12", "3.95"),), at, seq=2)]
    assert values("theirs", "price", offers, log) == [D("4.12"), D("3.95"), D("3.80")]


def test_before_an_entry_is_what_stood_then():
    assert values("ours", "price", until=LOG[2]) == [D("3.45"), D("3.58")]
    same_moment = [replace(entry, at=moment(1, 4)) for entry in LOG]
    assert values("ours", "price", log=same_moment, until=same_moment[2]) == [D("3.45"), D("3.58")]


def test_points_know_when_and_from_which_entry():
    points = path("theirs", "price", OFFERS, LOG)
    assert [(point.at, point.entry) for point in points] == [
        (moment(18, 3), None),
        (moment(25, 3), None),
        (moment(1, 4, 10), 4),
    ]


@given(st.lists(st.integers(0, 4), max_size=8))
def test_a_path_never_repeats_a_value_and_ends_where_the_position_is(picks):
    offers = [Offered("theirs", moment(1, 4, hour), {"price": D(pick)}) for hour, pick in enumerate(picks)]
    line = values("theirs", "price", offers, [])
    assert all(a != b for a, b in itertools.pairwise(line))
    assert line[-1:] == [D(pick) for pick in picks][-1:]
    assert list(positions(offers, []).values()) == line[-1:]
