"""Limits, gaps and zones: worked figures and invariants."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.batna.rules import Limit, effective_price, gap, indifference, limit, zone
from tests.handlers.worked import FRAME, D

lines = st.none() | st.decimals(min_value=0, max_value=100, places=3)


@pytest.mark.parametrize(
    ("price", "cap", "money"),
    [
        ("4.12", "0.04", "-1344"),
        ("3.95", "0.03", "10245"),
        ("3.80", "0.03", "19380"),
        ("3.74", "0.03", "23034"),
    ],
)
def test_gaps_to_borg_over_the_horizon(price, cap, money):
    assert gap(effective_price(D(price), D(cap), 24), D("4.18"), FRAME).over_horizon == D(money)


def test_a_gap_per_piece_needs_no_volume():
    result = gap(D("3.857"), D("4.18"), replace(FRAME, volume=None))
    assert (result.per_piece, result.over_horizon) == (D("0.323"), None)


def test_the_limit_is_the_strictest_and_says_which():
    assert limit(D("4.10"), D("4.05"), D("4.1182")) == Limit(D("4.05"), ("mandate",))
    assert limit(D("4.05"), D("4.05"), D("4.1182")) == Limit(D("4.05"), ("mandate", "stop"))
    assert limit(D("4.05"), None, D("4.00")) == Limit(D("4.00"), ("indifference",))
    assert limit(D(30), D(45), None, "higher") == Limit(D(45), ("mandate",))
    assert limit(None, None, None) is None


@pytest.mark.parametrize(
    ("ends", "width"),
    [
        (("3.55", D("4.05")), "0.50"),
        (("3.55", indifference(D("4.18"), D("0.03"), 24)), "0.568"),
        (("3.55", indifference(D("4.214"), D("0.03"), 24)), "0.602"),
        (("5.25", D("5.75")), "0.50"),
    ],
)
def test_zones(ends, width):
    assert zone(D(ends[0]), ends[1]).width.quantize(D(width)) == D(width)


def test_the_share_of_the_zone_that_was_captured():
    assert zone(D("3.55"), D("4.05")).captured(D("3.74")) == D("0.62")


def test_no_zone_no_deal():
    apart = zone(D("4.20"), D("4.05"))
    assert (apart.possible, apart.width, apart.captured(D(4))) == (False, D("-0.15"), None)


@given(stop=lines, mandate=lines, line=lines)
def test_the_limit_is_never_looser_than_any_of_them(stop, mandate, line):
    known = [x for x in (stop, mandate, line) if x is not None]
    lowest, highest = limit(stop, mandate, line), limit(stop, mandate, line, "higher")
    assert (lowest is None) == (highest is None) == (not known)
    if lowest and highest:
        assert all(lowest.value <= x <= highest.value for x in known)
        assert lowest.value in known
