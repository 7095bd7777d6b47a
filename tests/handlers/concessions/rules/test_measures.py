"""Sizes, ratios, share of range, money and reciprocity: worked figures and invariants."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as cases
from hypothesis import strategies as st

from handlers.concessions.rules import (
    Entry,
    Offered,
    given,
    pattern,
    range_used,
    ratios,
    reciprocity,
    sizes,
    track,
    tracks,
)
from handlers.terms.rules import TermSpec
from tests.handlers.worked import FINAL_LOG, GUESSED, LOG, OFFERS, TERMS, D, moment, step

PRICE = GUESSED[0]
steps = st.lists(st.decimals(min_value="0.01", max_value=10, places=2), min_size=2, max_size=6)


def priced(side, log):
    found = track(side, PRICE, OFFERS, log)
    assert found is not None
    return found


def shown(numbers, places="0.001"):
    return [str(number.quantize(D(places))) for number in numbers]


def test_their_price_after_the_third_round():
    theirs = priced("theirs", LOG)
    assert theirs.values == (D("4.12"), D("3.95"), D("3.80"))
    assert theirs.sizes == (D("0.17"), D("0.15"))
    assert (theirs.money, theirs.guess) == (9600, True)
    assert shown([theirs.range_used], "0.01") == ["0.56"]


def test_our_price_after_the_third_round():
    ours = priced("ours", LOG)
    assert ours.sizes == (D("0.13"), D("0.10"))
    assert (ours.money, ours.pattern, ours.guess) == (6900, "shrinking", False)
    assert shown([ours.range_used], "0.01") == ["0.38"]


def test_both_prices_at_the_end():
    theirs, ours = priced("theirs", FINAL_LOG), priced("ours", FINAL_LOG)
    assert theirs.sizes == (D("0.17"), D("0.15"), D("0.06"))
    assert ours.sizes == (D("0.13"), D("0.10"), D("0.06"))
    assert shown(theirs.ratios) == ["0.882", "0.400"]
    assert shown(ours.ratios) == ["0.769", "0.600"]
    assert shown([theirs.range_used, ours.range_used]) == ["0.667", "0.483"]
    assert (theirs.money, ours.money) == (11400, 8700)


def test_reciprocity_in_money_and_in_shares():
    result = reciprocity(tracks(GUESSED, OFFERS, FINAL_LOG))
    assert (result.theirs, result.ours) == (11400, 8700)
    assert result.ratio == D(11400) / D(8700)
    assert list(result.shares) == ["price"]
    assert result.shares["price"].quantize(D("0.01")) == D("1.38")


def test_without_a_guess_there_is_no_share_of_theirs():
    theirs = track("theirs", TERMS[0], OFFERS, LOG)
    assert theirs is not None
    assert theirs.range_used is None
    assert reciprocity(tracks(TERMS, OFFERS, LOG)).shares == {}


def test_nothing_given_by_us_leaves_no_ratio():
    assert reciprocity(tracks(TERMS, OFFERS[:1], [])).ratio is None


def test_a_term_without_worth_moves_no_money():
    lead = track("ours", TERMS[2], OFFERS, LOG)
    assert lead is not None
    assert (lead.given, lead.money) == (7, None)


def test_levels_move_by_their_scores():
    service = TermSpec("service", stop="C", levels={"A": D(100), "B": D(60), "C": D(0)})
    log = [
        Entry(1, "ours", (), (), moment(1, 4), our_favour="x"),
    ]
    offers = [
        Offered("ours", moment(1, 4), {"service": "A"}),
        Offered("ours", moment(2, 4), {"service": "B"}),
    ]
    found = track("ours", service, offers, log)
    assert found is not None
    assert (found.values, found.sizes, found.given, found.range_used) == (("A", "B"), (40,), 40, D("0.4"))


def test_a_term_nobody_spoke_of_has_no_track():
    assert track("ours", TermSpec("packaging"), OFFERS, LOG) is None


def test_which_way_is_given():
    assert given("ours", PRICE, D("3.45"), D("3.58")) == D("0.13")
    assert given("theirs", PRICE, D("3.95"), D("4.00")) == D("-0.05")
    assert given("theirs", PRICE, D(4), D(4)) == 0
    assert given("ours", PRICE, None, D(4)) is None


def test_a_move_away_counts_against_what_was_given():
    log = [*LOG, Entry(6, "theirs", (), (step("theirs", "price", "3.80", "3.85"),), moment(2, 4))]
    theirs = priced("theirs", log)
    assert (theirs.given, theirs.money) == (D("0.27"), 8100)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        (["0.13", "0.10", "0.06"], "shrinking"),
        (["0.10", "0.10"], "steady"),
        (["0.10", "0.20"], "growing"),
        (["0.10", "0.20", "0.15"], "mixed"),
        (["0.10"], None),
        ([], None),
    ],
)
def test_what_the_steps_do(lengths, expected):
    assert pattern([D(x) for x in lengths]) == expected


@cases(start=st.decimals(min_value=1, max_value=10, places=2), reservation=st.none() | st.just(D(99)))
def test_nothing_of_the_range_is_used_at_the_opening(start, reservation):
    assert range_used([start], reservation) == (None if reservation is None else 0)


def test_a_reservation_where_one_started_leaves_no_range():
    assert range_used([D(4), D(5)], D(4)) is None
    assert range_used([], D(4)) is None


@cases(lengths=steps)
def test_ratios_rebuild_the_last_step_and_shrink_below_one(lengths):
    shares = ratios(lengths)
    last = lengths[0]
    for share in shares:
        last *= share
    assert abs(last - lengths[-1]) < D("1e-15")
    if pattern(lengths) == "shrinking":
        assert all(share <= 1 for share in shares)


@cases(lengths=steps, shift=st.decimals(min_value=-100, max_value=100, places=2))
def test_sizes_do_not_depend_on_where_one_starts(lengths, shift):
    line = [shift]
    for length in lengths:
        line.append(line[-1] + length)
    assert sizes(line) == tuple(lengths)


@cases(worth=st.integers(1, 10**6))
def test_money_is_proportional_to_the_worth_of_a_unit(worth):
    found = track("ours", replace(PRICE, unit_worth=D(worth)), OFFERS, FINAL_LOG)
    assert found is not None
    assert found.money == D("0.29") * worth
