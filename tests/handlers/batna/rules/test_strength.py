"""Which alternative is the BATNA and how much weight it bears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.batna.rules import (
    AlternativeSpec,
    CostItem,
    Reason,
    choose,
    latest_start,
    start_by,
    strength,
    weakest_figure,
)
from tests.handlers.worked import BORG, FRAME, IN_HOUSE, D

TODAY = date(2026, 4, 1)
CERTAIN = replace(BORG, chance=D(1))


def test_twelve_weeks_before_the_need():
    assert latest_start(date(2026, 7, 1), 12) == date(2026, 4, 8)
    assert start_by(BORG, FRAME) == date(2026, 4, 8)
    assert start_by(replace(BORG, latest_start=date(2026, 4, 2)), FRAME) == date(2026, 4, 2)
    assert start_by(replace(BORG, lead_weeks=None), FRAME) is None


def test_borg_is_medium_on_the_first_of_april_and_says_why():
    result = strength(BORG, TODAY, FRAME)
    assert result.grade == "MEDIUM"
    assert result.reasons == (
        Reason("firm", date(2026, 5, 29)),
        Reason("chance", D("0.8")),
        Reason("lead", 12),
        Reason("start by", date(2026, 4, 8)),
    )


@pytest.mark.parametrize(
    ("alt", "today", "grade", "first"),
    [
        (CERTAIN, TODAY, "STRONG", "firm"),
        (replace(CERTAIN, valid_until=None), TODAY, "STRONG", "no expiry"),
        (CERTAIN, date(2026, 4, 8), "STRONG", "firm"),
        (CERTAIN, date(2026, 4, 9), "WEAK", "too late"),
        (replace(CERTAIN, lead_weeks=None), date(2026, 5, 29), "STRONG", "firm"),
        (replace(CERTAIN, lead_weeks=None), date(2026, 5, 30), "WEAK", "expired"),
        (replace(CERTAIN, status="unquoted"), TODAY, "WEAK", "unquoted"),
        (replace(CERTAIN, chance=None), TODAY, "MEDIUM", "firm"),
        (IN_HOUSE, TODAY, "STRONG", "own"),
        (
            replace(IN_HOUSE, items=(CostItem("labour", D(4), estimate=True),)),
            TODAY,
            "MEDIUM",
            "own",
        ),
    ],
)
def test_grades(alt, today, grade, first):
    result = strength(alt, today, FRAME)
    assert (result.grade, result.reasons[0].code) == (grade, first)


def test_the_cheapest_like_for_like_is_the_batna():
    no_price = AlternativeSpec("Cy")
    choice = choose([IN_HOUSE, no_price, BORG], TODAY, FRAME)
    assert choice is not None
    assert choice.batna == choice.standing == BORG
    assert [alt.name for alt, _ in choice.others] == ["In-house"]
    assert choice.uncosted == (no_price,)


def test_a_lapsed_batna_stays_and_is_weak_while_what_still_stands_is_named():
    choice = choose([IN_HOUSE, BORG], date(2026, 6, 1), FRAME)
    assert choice is not None
    assert (choice.batna, choice.strength.grade, choice.standing) == (BORG, "WEAK", IN_HOUSE)
    alone = choose([BORG], date(2026, 6, 1), FRAME)
    assert alone is not None
    assert alone.standing is None


def test_no_batna_without_a_cost():
    assert choose([AlternativeSpec("Cy")], TODAY, FRAME) is None


def test_the_weakest_figure_moves_most_money():
    assert weakest_figure(BORG, FRAME) == ("tooling", 24000, 24000)
    freight = CostItem("freight", D("0.50"), estimate=True)
    assert weakest_figure(replace(BORG, items=(*BORG.items, freight)), FRAME) == ("freight", D("0.50"), 30000)
    support = CostItem("support", D(20000), "year", estimate=True)
    assert weakest_figure(replace(BORG, items=(support,)), FRAME) == ("support", 20000, 40000)
    assert weakest_figure(IN_HOUSE, FRAME) is None


def test_an_unquoted_price_is_the_weakest_itself():
    assert weakest_figure(replace(BORG, status="unquoted"), FRAME) == ("price", D("3.52"), D(211200))
