"""Like-for-like cost and the sequence of tries: worked figures and invariants."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.batna.rules import (
    AlternativeSpec,
    CostItem,
    expected_cost,
    flows,
    like_for_like,
    mismatches,
    npv,
    outlook,
    ranked,
    zone,
)
from tests.handlers.worked import BORG, FRAME, IN_HOUSE, D

costs = st.decimals(min_value=0, max_value=10000, places=3)
chances = st.decimals(min_value=0, max_value=1, places=3)


def test_borg_over_the_whole_horizon():
    costing = like_for_like(BORG, FRAME)
    assert costing is not None
    assert costing.unit_cost == D("4.18")
    assert costing.total == 250800
    assert costing.parts == (
        ("price", D("3.52")),
        ("freight", D("0.14")),
        ("inspection", D("0.06")),
        ("tooling", D("0.4")),
        ("dual running", D("0.06")),
    )


def test_one_off_cost_is_never_charged_to_year_one_alone():
    year_one_alone = replace(FRAME, horizon_months=12)
    costing = like_for_like(BORG, year_one_alone)
    assert costing is not None
    assert costing.unit_cost == D("4.64")  # what the wrong way would say of two years


def test_making_it_in_house_needs_no_price():
    costing = like_for_like(IN_HOUSE, FRAME)
    assert costing is not None
    assert costing.unit_cost == D("4.35")


def test_yearly_cost_is_spread_over_a_years_pieces():
    alt = AlternativeSpec("x", D(4), (CostItem("support", D(3000), "year"),))
    costing = like_for_like(alt, FRAME)
    assert costing is not None
    assert costing.unit_cost == D("4.1")


def test_an_alternatives_own_uplift_counts():
    costing = like_for_like(AlternativeSpec("rolls on", D("3.95"), uplift=D("0.04")), FRAME)
    assert costing is not None
    assert costing.unit_cost == D("4.029")


@pytest.mark.parametrize(
    "alt",
    [
        AlternativeSpec("nothing known"),
        AlternativeSpec("one-off only", None, (CostItem("tooling", D(1), "once"),)),
        replace(BORG, currency="USD"),
        replace(BORG, unit="kg"),
    ],
)
def test_what_cannot_be_costed_has_no_cost(alt):
    assert like_for_like(alt, FRAME) is None


def test_without_a_volume_only_costs_per_piece_can_be_said():
    unknown = replace(FRAME, volume=None)
    plain = like_for_like(AlternativeSpec("x", D("4.18")), unknown)
    assert like_for_like(BORG, unknown) is None
    assert plain is not None
    assert (plain.unit_cost, plain.total) == (D("4.18"), None)


def test_present_values_of_the_deal_and_of_borg():
    deal, borg = (flows(alt, FRAME) for alt in (AlternativeSpec("deal", D("3.74"), uplift=D("0.03")), BORG))
    assert deal == (0, 112200, 115566)
    assert borg == (27600, 111600, 111600)
    assert npv(deal, D("0.08")).quantize(D("0.01")) == D("202968.11")
    assert npv(borg, D("0.08")).quantize(D("0.01")) == D("226612.35")


def test_no_payments_can_be_said_without_a_volume_or_a_cost():
    assert flows(AlternativeSpec("x", D(4)), replace(FRAME, volume=None)) is None
    assert flows(AlternativeSpec("x"), FRAME) is None


def test_what_was_made_for_another_frame_is_named():
    alt = replace(BORG, currency="USD", volume=D(20000), horizon_months=12, unit="pc")
    assert mismatches(alt, FRAME) == ("currency", "volume", "horizon")
    assert mismatches(BORG, FRAME) == ()


def test_expected_cost_of_borg_and_then_in_house():
    result = outlook([IN_HOUSE, BORG], FRAME)
    assert result is not None
    assert (result.mean, result.lowest, result.highest) == (D("4.214"), D("4.18"), D("4.35"))


def test_the_machine_and_its_zone():
    buyer = expected_cost([(D(28), D("0.5")), (D(33), D(1))])
    seller = expected_cost([(D(30), D("0.2")), (D(15), D(1))])
    assert buyer is not None
    assert seller is not None
    assert (buyer.mean, seller.mean) == (D("30.5"), D(18))
    assert zone(seller.mean, buyer.mean).width == D("12.5")


def test_no_mean_without_a_certain_end():
    assert expected_cost([]) is None
    assert expected_cost([(D("4.18"), D("0.8"))]) is None
    assert outlook([BORG], FRAME) is None


def test_a_chance_nobody_has_said_counts_as_certain_in_the_mean():
    result = outlook([BORG, replace(IN_HOUSE, chance=None)], FRAME)
    assert result is not None
    assert result.mean == D("4.214")


def test_what_stands_behind_a_certain_try_is_not_reached():
    result = expected_cost([(D(4), D(1)), (D(9), D(1))])
    assert result is not None
    assert (result.mean, result.highest) == (4, 4)


@pytest.mark.parametrize("chance", ["-0.1", "80"])
def test_a_chance_lies_between_0_and_1(chance):
    with pytest.raises(ValueError, match="chance"):
        expected_cost([(D(4), D(chance))])


def test_the_hopeless_is_not_ranked():
    assert ranked([replace(BORG, chance=D(0))], FRAME) == []


@given(tries=st.lists(st.tuples(costs, chances), max_size=5), last=costs)
def test_the_mean_lies_between_best_and_worst(tries, last):
    result = expected_cost([*tries, (last, D(1))])
    assert result is not None
    assert result.lowest - D("1e-18") <= result.mean <= result.highest + D("1e-18")


@given(price=costs, one_off=costs)
def test_a_longer_horizon_never_raises_the_cost_per_piece(price, one_off):
    alt = AlternativeSpec("x", price, (CostItem("tooling", one_off, "once"),))
    short, long = (like_for_like(alt, replace(FRAME, horizon_months=m)) for m in (12, 36))
    assert short is not None
    assert long is not None
    assert long.unit_cost <= short.unit_cost


@given(price=costs, one_off=costs, support=costs, months=st.integers(1, 60), cap=st.integers(0, 10))
def test_all_payments_add_up_to_the_like_for_like_total(price, one_off, support, months, cap):
    items = (CostItem("tooling", one_off, "once"), CostItem("support", support, "year"))
    alt = AlternativeSpec("x", price, items, uplift=D(cap) / 100)
    frame = replace(FRAME, horizon_months=months)
    costing, paid = like_for_like(alt, frame), flows(alt, frame)
    assert costing is not None
    assert costing.total is not None
    assert paid is not None
    assert abs(sum(paid) - costing.total) < D("1e-12")
