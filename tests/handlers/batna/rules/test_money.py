"""Money over time: worked figures and invariants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.batna.rules import (
    early_payment_rate,
    effective_price,
    indifference,
    npv,
    payment_terms_value,
    price_factor,
    should_cost,
)
from tests.handlers.worked import D

prices = st.decimals(min_value=1, max_value=10000, places=4)
rates = st.decimals(min_value=0, max_value="0.5", places=3)
months = st.integers(1, 120)


@pytest.mark.parametrize(
    ("price", "cap", "expected"),
    [
        ("3.80", "0.03", "3.857"),
        ("4.12", "0.04", "4.2024"),
        ("3.95", "0.03", "4.00925"),
        ("3.74", "0.03", "3.7961"),
    ],
)
def test_effective_price_over_two_years_is_exact(price, cap, expected):
    assert effective_price(D(price), D(cap), 24) == D(expected)


def test_a_part_of_a_year_weighs_its_months():
    assert effective_price(D(10), D("0.1"), 18) == (D(10) * 12 + D(11) * 6) / 18
    assert effective_price(D(10), D("0.1"), 9) == 10
    assert effective_price(D(10), D("0.1"), 30) == (D(10) * 12 + D(11) * 12 + D("12.1") * 6) / 30


@pytest.mark.parametrize(
    ("batna", "cap", "shown"),
    [("4.18", "0.03", "4.1182"), ("4.18", "0.04", "4.0980"), ("4.214", "0.03", "4.1517")],
)
def test_indifference_prices(batna, cap, shown):
    assert indifference(D(batna), D(cap), 24).quantize(D("0.0001")) == D(shown)


def test_a_horizon_has_at_least_a_month():
    with pytest.raises(ValueError, match="month"):
        price_factor(D(0), 0)


def test_the_first_flow_is_at_once():
    assert npv([D(100), D(110), D(121)], D("0.1")) == 300


def test_two_ten_net_thirty():
    assert early_payment_rate(D("0.02"), 10, 30).quantize(D("0.001")) == D("0.372")
    with pytest.raises(ValueError, match="before"):
        early_payment_rate(D("0.02"), 30, 30)


def test_fifteen_more_days_to_pay():
    assert payment_terms_value(D(112200), D("0.08"), 15).quantize(D("0.01")) == D("368.88")


def test_should_cost_puts_the_margin_on_everything():
    assert should_cost(D("2.05"), D("1.10"), D("0.55"), D("0.1")) == D("4.07")


@given(price=prices, cap=rates, horizon=months)
def test_indifference_undoes_the_effective_price(price, cap, horizon):
    back = indifference(effective_price(price, cap, horizon), cap, horizon)
    assert abs(back - price) < D("1e-18")


@given(price=prices, cap=rates, horizon=months)
def test_an_uplift_never_makes_it_cheaper(price, cap, horizon):
    effective = effective_price(price, cap, horizon)
    last = price * (1 + cap) ** ((horizon - 1) // 12)
    assert price - D("1e-18") <= effective <= last + D("1e-18")


@given(flows=st.lists(prices, min_size=1, max_size=6))
def test_without_interest_the_present_value_is_the_sum(flows):
    assert npv(flows, D(0)) == sum(flows)
