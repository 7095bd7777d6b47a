"""Alternatives and mandates without commas, or with nothing but commas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from handlers.errors import Misread
from handlers.manners import Manners
from handlers.prep.answers.alternatives import read_alternative
from handlers.prep.answers.mandates import read_mandate
from handlers.prep.answers.unparted import parted

TODAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    "typed",
    [
        "Borg = 4.18 valid until 30 June lead time 6 weeks",
        "Borg = 4.18 until 30 June 6 weeks",
        "Borg = 4.18, valid until 30 June lead time 6 weeks",
        "Borg 4.18 6 weeks until 30 June",
        "Borg: 4.18 quoted until 30 June 2026 6 weeks",
        "Borg 4.18 EUR/pc lead time of 6 weeks valid until 2026-06-30",
        "Borg at 4.18 firm until 30 June lead 6 weeks",
    ],
)
def test_price_day_and_weeks_need_no_commas(typed):
    said = read_alternative(typed, Manners(), TODAY)
    assert (said.name, said.price, said.valid_until, said.lead_days) == (
        "Borg",
        Decimal("4.18"),
        date(2026, 6, 30),
        42,
    )
    assert said.items == ()
    assert said.note == ""
    assert said.status == "quoted"


def test_costs_and_chance_need_none_either():
    said = read_alternative(
        "Borg 4.18 freight 0.14 inspection 0.06 chance 80 % until 30 June 6 weeks", Manners(), TODAY
    )
    assert [(item.name, item.amount) for item in said.items] == [
        ("freight", Decimal("0.14")),
        ("inspection", Decimal("0.06")),
    ]
    assert said.chance == Decimal("0.8")
    assert (said.valid_until, said.lead_days) == (date(2026, 6, 30), 42)
    said = read_alternative("Dorg 4.18 12 weeks quoted", Manners(), TODAY)
    assert (said.price, said.lead_days, said.status, said.items) == (Decimal("4.18"), 84, "quoted", ())


@pytest.mark.parametrize(
    "typed",
    [
        "Borg = 3.52, freight 0.14, one-off 24000 tooling (estimate until Feb), chance 80 %, until 29 May, 12 weeks",
        "Borg 4.18, quote valid until 29 May",
        "Borg 4.18, 12 weeks lead time",
        "in-house = 3.70, one-off 39000 press, chance 100 %",
        '"Borg 12 weeks" 4.18',
        "Borg = 4.18, lead time about 6 weeks",
        "Borg 2.05 + 1.10",
    ],
)
def test_what_stands_parted_stays_as_it_is(typed):
    assert parted(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "4.05, CFO, until 2026-06-30",
        "4.05, CFO, 2026-06-30",
        "4.05, the CFO, 30 June",
        "4.05; by CFO; until 30 June",
        "4.05 by CFO; until 30 June",
        "4.05 CFO until 30 June 2026",
        "CFO, 4.05, until 30 June",
        "up to 4.05 EUR, CFO, until 30 June",
    ],
)
def test_a_mandate_in_fields(typed):
    said = read_mandate(typed, Manners(), TODAY)
    assert (said.ceiling, said.by, said.until) == (Decimal("4.05"), "CFO", date(2026, 6, 30))


@pytest.mark.parametrize(
    "typed",
    [
        "4.05",
        "4.05, until 30 June",
        "4.05, 30 June",
        "4.05, 4.10, CFO",
        "CFO, until 30 June",
        "4.05 EUR",
        "4.05 EUR/pc",
        "4.05 by",
        "4.05, EUR",
        "4.05 for Acme",
        "4.05, CEO signs",
        "EUR 4.05",
    ],
)
def test_a_mandate_that_lacks_somebody_or_a_figure_is_refused(typed):
    with pytest.raises(Misread):
        read_mandate(typed, Manners(), TODAY)
