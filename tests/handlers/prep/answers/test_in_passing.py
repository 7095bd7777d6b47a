"""What people type in passing: sums, one-off costs named at the end, commas where semicolons are expected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from handlers.errors import Misread
from handlers.manners import Manners
from handlers.prep.answers.alternatives import read_alternative
from handlers.prep.answers.term_rows import read_terms
from handlers.prep.answers.worths import read_worths

DAY = date(2026, 4, 1)
D = Decimal


@pytest.mark.parametrize(
    ("field", "name", "amount", "kind"),
    [
        ("tooling 24000 one-off", "tooling", "24000", "once"),
        ("24000 tooling once", "tooling", "24000", "once"),
        ("one-time 24000 tooling", "tooling", "24000", "once"),
        ("tooling 24,000 (once)", "tooling", "24000", "once"),
        ("24k tooling upfront", "tooling", "24000", "once"),
        ("support 1200 a year", "support", "1200", "year"),
        ("1200 support per year", "support", "1200", "year"),
        ("freight 0.14", "freight", "0.14", "unit"),
        ("tooling 24000/pc", "tooling", "24000", "unit"),
        ("one-off 24000", "one-off", "24000", "once"),
    ],
)
def test_a_cost_is_paid_as_often_as_it_says(field: str, name: str, amount: str, kind: str) -> None:
    (item,) = read_alternative(f"Borg = 3.52, {field}", Manners(), DAY).items
    assert (item.name, item.amount, item.kind) == (name, D(amount), kind)


def test_a_sum_far_above_the_price_is_asked_about() -> None:
    with pytest.raises(Misread) as error:
        read_alternative("Borg = 3.52, tooling 24000", Manners(), DAY)
    assert "once, or a year?" in error.value.wrong
    assert "one-off 24000 tooling" in (error.value.example or "")


@pytest.mark.parametrize(
    ("row", "price", "items"),
    [
        ("in-house = 2.05 + 1.10 + 0.55, one-off 39,000 press", "3.70", ["press"]),
        ("Borg 3.52+0.14+0.06", "3.72", []),
        ("Borg at 3.52 plus 0.14 freight", "3.52", ["freight"]),
        ("Borg 3.52 + freight 0.14 + tooling 24000 one-off", "3.52", ["freight", "tooling"]),
        ("Borg = 4.18 all-in", "4.18", []),
        ("Borg 4.18 EUR/pc all in, 80 %", "4.18", []),
        ("Borg 4.18 until 29 May", "4.18", []),
        ("Borg 4.18 12 weeks", "4.18", []),
    ],
)
def test_a_price_may_be_a_sum(row: str, price: str, items: list[str]) -> None:
    found = read_alternative(row, Manners(), DAY)
    assert (found.price, [item.name for item in found.items]) == (D(price), items)
    assert found.name in {"Borg", "in-house"}


def test_a_price_that_cannot_be_read_is_no_part_of_a_name() -> None:
    with pytest.raises(Misread):
        read_alternative("Borg 4.18 or so I hope", Manners(), DAY)


def test_terms_and_worths_may_be_parted_by_commas() -> None:
    terms = read_terms("payment net 60/45/30, lead time 21/28/45 days", Manners())
    assert [(term.name, term.stop) for term in terms] == [("payment net", "30"), ("lead time", "45")]
    terms = read_terms("price 3.45/3.70/4.05 weight 50, must, net 60/45/30 weight 15", Manners())
    assert [(term.weight, term.kind) for term in terms] == [(D(50), "must"), (D(15), None)]
    worths = read_worths("price 0.01 = 300 a year, net 1 day = 24.33 a year", Manners())
    assert worths == [("price", D(30000)), ("net", D("24.33"))]


def test_words_behind_a_worth_are_not_dropped() -> None:
    with pytest.raises(Misread):
        read_worths("net 1 day = 24 a year, roughly", Manners())
