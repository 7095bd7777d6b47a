"""Lengths and quantities in a German buyer's own words."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.manners import Manners
from handlers.prep.answers.alternatives import read_alternative
from handlers.prep.answers.quantities import read_volume


@pytest.mark.parametrize("length", ["12 Wochen", "84 Tage", "3 Monate", "60 Arbeitstage"])
def test_a_length_in_german_is_a_length_and_no_cost(length):
    said = read_alternative(f"Borg 4,25, {length}, 80 %", Manners(locale="de_DE"), date(2026, 3, 16))
    assert said.items == ()
    assert said.lead_days is not None
    assert said.lead_days >= 84


def test_a_quantity_in_german_is_counted():
    found = read_volume("1.200 Stück im Jahr", Manners(locale="de_DE"))
    assert (found.units, found.unit) == (1200, "pc")
    assert read_volume("100 Stk pro Monat", Manners(locale="de_DE")).units == 1200
