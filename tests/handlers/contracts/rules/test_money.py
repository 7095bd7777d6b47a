from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.contracts.rules import Uplift, exposure, next_price, price_at_cap, to_cents
from handlers.errors import Misread

D = Decimal
RATES = st.decimals(D("-0.2"), D("0.5"), places=4)


def test_an_uplift_stops_at_the_cap() -> None:
    assert next_price(D("3.74"), D("0.041"), Uplift(cap=D("0.03"))) == D("3.8522")
    assert to_cents(D("3.8522")) == D("3.85")
    assert next_price(D("100"), D("0.02"), Uplift(cap=D("0.03"))) == D("102")
    assert next_price(D("100"), D("-0.01"), Uplift(cap=D("0.03"))) == D("99")


def test_without_a_cap_nothing_stops_it() -> None:
    assert Uplift().unlimited
    assert next_price(D("100"), D("0.5"), Uplift()) == D("150")


def test_the_greater_of_is_flagged_and_rises_when_the_index_falls() -> None:
    clause = Uplift(greater_of=D("0.03"))
    assert clause.flagged
    assert not Uplift(cap=D("0.03")).flagged
    assert next_price(D("100"), D("-0.01"), clause) == D("103")
    assert next_price(D("100"), D("0.09"), clause) == D("109")
    assert next_price(D("100"), D("0.09"), Uplift(cap=D("0.05"), greater_of=D("0.03"))) == D("105")


def test_what_another_year_commits_us_to() -> None:
    price = price_at_cap(D("3.74"), D("0.03"), 2)
    assert to_cents(price) == D("3.97")
    assert exposure(D(27000), price) == D("107190.00")


@pytest.mark.parametrize("rate", [D("-1.1"), D(11)])
def test_rates_have_bounds(rate: Decimal) -> None:
    with pytest.raises(Misread):
        Uplift(cap=rate)


@given(RATES, RATES, RATES)
def test_the_cap_holds_whatever_the_index_does(change: Decimal, cap: Decimal, floor: Decimal) -> None:
    assert next_price(D(100), change, Uplift(cap=cap)) <= 100 * (1 + cap)
    assert next_price(D(100), change, Uplift(greater_of=floor)) >= 100 * (1 + floor)
