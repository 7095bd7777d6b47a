"""The worked purchase's scores, and what must hold for any term."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.terms.rules import (
    Disorder,
    TermSpec,
    amount,
    better_by,
    direction,
    direction_of,
    disorders,
    keeps_stop,
    main_term,
    place,
    role_of,
    score,
    term_for,
    value,
)
from tests.handlers.worked import AGREED, R1, R2, R3, TARGETS, TERMS, D

GRADES = TermSpec("service", target="A", stop="C", levels={"A": D(100), "B": D(60), "C": D(20)})
numbers = st.decimals(min_value=-1000, max_value=1000, places=3)


@pytest.mark.parametrize(
    ("offer", "shown"),
    [(R1, "-0.1000"), (R2, "0.2870"), (R3, "0.7718"), (AGREED, "0.8752"), (TARGETS, "1.0000")],
)
def test_the_worked_offers_score_as_worked_out(offer, shown):
    # R3 is 0.771848739...; rounding it twice (0.77185, then 0.7719) would overstate it.
    total = score(TERMS, offer).total
    assert total is not None
    assert total.quantize(D("0.0001")) == D(shown)


def test_a_broken_stop_shows_below_zero_and_beating_the_target_above_one():
    price = TERMS[0]
    assert value(price, D("4.12")) == D("-0.2")
    assert value(price, D("3.35")) == 2


def test_the_opening_changes_no_score():
    bold = [replace(term, opening=D(0)) for term in TERMS]
    assert score(bold, R3).total == score(TERMS, R3).total


def test_terms_that_an_offer_leaves_out_are_named_and_weigh_nothing():
    result = score(TERMS, {"price": D("3.70")})
    assert result.total == 1
    assert result.unmet == ("net", "lead", "warranty", "uplift cap")


def test_nothing_to_weigh_gives_no_total():
    assert score(TERMS, {}).total is None
    assert score([TermSpec("price", target=D(1), stop=D(2))], {"price": D(1)}).total is None


def test_must_haves_carry_no_weight_and_are_reported_when_broken():
    must = replace(TERMS[3], kind="must", weight=D(90))
    terms = [TERMS[0], must]
    kept = score(terms, {"price": D("3.70"), "warranty": D(12)})
    broken = score(terms, {"price": D("3.70"), "warranty": D(11)})
    assert kept.total == broken.total == 1
    assert (kept.broken, broken.broken) == ((), ("warranty",))


def test_a_must_have_without_a_stop_is_held_to_its_target():
    must = TermSpec("audit right", kind="must", target="yes", levels={"yes": D(1), "no": D(0)})
    assert keeps_stop(must, "no") is False
    assert score([must], {"audit right": "no"}).broken == ("audit right",)
    assert score([must], {"audit right": "yes"}).broken == ()


def test_a_must_have_that_cannot_be_judged_is_unmet_and_not_broken():
    must = TermSpec("audit right", kind="must")
    result = score([must], {"audit right": D(1)})
    assert (result.broken, result.unmet) == ((), ("audit right",))


def test_levels_run_from_the_stops_score_to_the_best():
    assert [value(GRADES, x) for x in ("A", "B", "C")] == [1, D("0.5"), 0]
    open_ended = replace(GRADES, stop=None)
    assert value(open_ended, "b") == D("0.6")


def test_a_level_nobody_defined_has_no_value():
    assert value(GRADES, "D") is None
    assert value(GRADES, D(60)) is None
    assert amount(TERMS[0], "cheap") is None


def test_target_and_stop_alike_is_met_or_not():
    firm = TermSpec("net", direction="higher", target=D(30), stop=D(30))
    assert (value(firm, D(30)), value(firm, D(29))) == (1, -1)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("3.45", "3.70", "4.05"), "lower"),
        (("60", "45", "30"), "higher"),
        ((None, "45", "30"), "higher"),
        (("3", "4", None), "lower"),
        ((None, None, "30"), None),
        (("30", "30", "30"), None),
    ],
)
def test_the_order_of_the_values_says_which_way_is_better(typed, expected):
    assert direction_of(*(None if x is None else D(x) for x in typed)) == expected


def test_a_set_direction_wins_and_levels_are_always_higher():
    assert direction(TermSpec("x", direction="higher", opening=D(1), stop=D(2))) == "higher"
    assert direction(replace(GRADES, direction="lower")) == "higher"


def test_values_out_of_order_are_findings():
    swapped = replace(TERMS[0], opening=D("3.70"), target=D("3.45"), direction=None)
    assert disorders(swapped) == (Disorder("price", "opening", "target"),)
    upside_down = replace(TERMS[0], opening=D("4.05"), target=D("3.70"), stop=D("3.45"))
    assert [(f.better, f.worse) for f in disorders(upside_down)] == [
        ("opening", "target"),
        ("target", "stop"),
        ("opening", "stop"),
    ]
    assert disorders(replace(GRADES, opening="B")) == (Disorder("service", "opening", "target"),)
    assert all(disorders(term) == () for term in TERMS)


def test_places_between_stop_and_target():
    price = TERMS[0]
    assert [place(price, D(x)) for x in ("4.12", "4.05", "3.80", "3.70")] == [
        "past stop",
        "between",
        "between",
        "target reached",
    ]
    assert place(price, None) == "unknown"
    assert place(TermSpec("price", direction="lower", stop=D(4)), D(3)) == "unknown"


def test_better_by_needs_a_direction_only_where_values_differ():
    loose = TermSpec("x")
    assert better_by(loose, D(1), D(1)) == 0
    assert better_by(loose, D(1), D(2)) is None


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("price", "price"),
        ("Unit Price", "price"),
        ("uplift cap", "uplift"),
        ("price cap", "uplift"),
        ("net", "payment"),
        ("payment days", "payment"),
        ("Net days", "payment"),
        ("day rate", "price"),
        ("annual price increase", "uplift"),
        ("cap", "uplift"),
        ("liability cap", None),
        ("early payment discount", None),
        ("defect rate", None),
        ("warranty", None),
    ],
)
def test_the_name_says_which_part_of_the_money_a_term_is(name, role):
    assert role_of(name) == role


@given(factor=st.integers(1, 500), net=numbers, price=numbers)
def test_weights_need_not_add_up(factor, net, price):
    offer = {"price": price, "net": net}
    scaled = [replace(term, weight=term.weight * factor) for term in TERMS]
    one, other = score(TERMS, offer).total, score(scaled, offer).total
    assert one is not None
    assert other is not None
    assert abs(one - other) < D("1e-18")


@given(low=numbers, high=numbers, share=st.integers(0, 8))
def test_value_is_affine_between_any_two_points(low, high, share):
    price, t = TERMS[0], D(share) / 8
    mixed = value(price, low + t * (high - low))
    left, right = value(price, low), value(price, high)
    assert mixed is not None
    assert left is not None
    assert right is not None
    assert abs(mixed - (left + t * (right - left))) < D("1e-18")


@given(opening=numbers, target=numbers, stop=numbers)
def test_an_order_that_runs_one_way_is_never_a_disorder(opening, target, stop):
    best, middle, worst = sorted((opening, target, stop))
    assert disorders(TermSpec("x", opening=best, target=middle, stop=worst)) == ()
    assert disorders(TermSpec("x", opening=worst, target=middle, stop=best)) == ()


def test_the_terms_that_make_the_money_are_found_by_their_names():
    assert term_for("uplift", TERMS) == TERMS[4]
    assert term_for("payment", TERMS[:1]) is None


def test_the_term_that_carries_the_deal():
    heavy, light = TermSpec("lead", weight=D(5)), TermSpec("warranty", weight=D(1))
    assert main_term(TERMS) == TERMS[0]
    assert main_term((light, heavy)) == heavy
    assert main_term(()) is None
