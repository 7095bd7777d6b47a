"""Offers judged: the worked rounds, the trap, and the next move."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.batna.rules import Frame, Limit
from handlers.offers.rules import (
    Yardsticks,
    avoidance,
    judge,
    reduction,
    verdict,
    view_money,
)
from handlers.terms.rules import TermSpec
from tests.handlers.worked import AGREED, FRAME, R1, R2, R3, TARGETS, TERMS, D, offer

LINES = Yardsticks(batna_cost=D("4.18"), mandate=D("4.05"))
prices = st.decimals(min_value=1, max_value=10, places=3)


def judged(values, **more):
    return judge(TERMS, values, FRAME, replace(LINES, **more))


def money(values, lines=LINES, frame=FRAME, one_off=0):
    view = view_money(TERMS, values, frame, lines, D(one_off))
    assert view is not None
    return view


def test_the_trap_looks_better_on_price_alone_and_is_not():
    result = judged(R1)
    assert result.money is not None
    assert result.money.trap
    assert result.money.effective == D("4.2024")
    assert result.money.headline.over_horizon == 3600
    assert result.money.real.over_horizon == -1344
    assert result.money.indifferent_at.quantize(D("0.0001")) == D("4.0980")
    assert (result.verdict.move, result.verdict.grounds) == ("leave", ("trap", "past mandate", "past stop"))


@pytest.mark.parametrize(
    ("values", "effective", "better"),
    [(R2, "4.00925", "10245"), (R3, "3.857", "19380"), (AGREED, "3.7961", "23034")],
)
def test_later_rounds_beat_the_batna_inside_the_limit(values, effective, better):
    result = judged(values)
    assert result.money is not None
    assert not result.money.trap
    assert (result.money.effective, result.money.real.over_horizon) == (D(effective), D(better))
    assert result.money.limit == Limit(D("4.05"), ("mandate", "stop"))
    assert result.verdict.move == "push"
    assert result.verdict.grounds == ("inside limit",)


def test_worse_than_the_batna_on_its_face_is_no_trap():
    result = judged(offer("4.30", "30", "45", "12", "4"))
    assert result.money is not None
    assert not result.money.trap
    assert result.verdict.grounds[0] == "worse than batna"


def test_past_the_mandate_but_inside_indifference_is_to_ask():
    result = judged(offer("4.07", "45", "28", "24", "3"))
    assert (result.verdict.move, result.verdict.grounds) == ("ask", ("past mandate", "past stop"))


def test_every_target_reached_is_to_take():
    result = judged(TARGETS)
    assert (result.verdict.move, result.verdict.grounds) == ("take", ("targets reached",))
    assert result.score.total == 1


def test_targets_on_some_terms_only_are_not_all():
    assert judged({"price": D("3.70"), "uplift cap": D(2)}).verdict.move == "push"


def test_a_broken_stop_elsewhere_is_refused():
    result = judged(offer("3.80", "45", "50", "24", "3"))
    assert (result.verdict.move, result.verdict.grounds) == ("refuse", ("past stop",))


def test_a_broken_must_have_is_refused():
    terms = [*TERMS[:3], replace(TERMS[3], kind="must"), TERMS[4]]
    result = judge(terms, offer("3.80", "45", "32", "11", "3"), FRAME, LINES)
    assert (result.verdict.move, result.verdict.grounds) == ("refuse", ("must broken",))
    assert result.score.broken == ("warranty",)


def test_without_a_price_or_a_yardstick_it_cannot_be_measured():
    silent = judged({"net": D(40)})
    assert silent.money is None
    assert silent.verdict.grounds == ("no price",)
    bare = judge([TermSpec("price", direction="lower")], {"price": D(4)}, FRAME, Yardsticks())
    assert (bare.verdict.move, bare.verdict.grounds) == ("unmeasured", ("no yardstick",))
    assert bare.money is not None
    assert bare.money.real is None


def test_each_value_has_its_place():
    views = {view.term: (view.place, view.v) for view in judged(R2).terms}
    assert views["net"] == ("between", 0)
    assert views["warranty"] == ("between", D("0.5"))
    assert views["price"][0] == "between"
    assert {view.place for view in judged(TARGETS).terms} == {"target reached"}


def test_payment_days_stand_on_their_own_line():
    view = money(AGREED)
    assert view.payment is not None
    assert view.payment.quantize(D("0.01")) == D("368.88")
    assert view.effective == money({**AGREED, "net": D(30)}).effective
    assert money(AGREED, frame=Frame(D(30000), 24)).payment is None


def test_one_off_cost_is_spread_and_moves_the_indifference():
    view = money(R3, one_off=6000)
    assert view.effective == D("3.957")
    assert view.total == D("3.957") * 60000
    assert view.indifferent_at == (D("4.18") - D("0.1")) / D("1.015")


def test_what_could_not_be_counted_is_said():
    assert money(R3).left_out == ()
    no_cap = {"price": D("3.80")}
    assert money(no_cap).left_out == ("uplift",)
    assert money(no_cap, frame=replace(FRAME, horizon_months=12)).left_out == ()
    assert money(R3, frame=replace(FRAME, volume=None), one_off=5).left_out == ("one-off",)


def test_a_stricter_indifference_becomes_the_limit():
    view = money(R3, replace(LINES, batna_cost=D("4.00")))
    assert view.limit is not None
    assert view.limit.by == ("indifference",)


def test_targets_are_reached_only_where_each_was_spoken_of():
    terms = [replace(term, weight=D(0)) for term in TERMS]
    lead = judge(terms, {"lead days": D(28)}, FRAME, LINES)
    assert (lead.verdict.move, lead.verdict.grounds) == ("unmeasured", ("no price",))
    cheap = judge(terms, {"price": D("3.70")}, FRAME, LINES)
    assert cheap.verdict.move == "push"
    assert judge(terms, TARGETS, FRAME, LINES).verdict.move == "take"


def test_nothing_said_is_unmeasured():
    assert verdict(None, (), judged({}).score).move == "unmeasured"


def test_savings_are_against_what_was_paid_and_what_was_asked():
    volume = D(30000)
    assert reduction(D("3.95"), D("3.74"), volume) == 6300
    assert avoidance(D("4.12"), D("3.95"), D("3.74"), volume) == 5100
    assert avoidance(D("4.12"), D("3.95"), D("4.00"), volume) == 3600
    assert avoidance(D("3.90"), D("3.95"), D("3.74"), volume) == 0


@given(price=prices, cap=st.integers(0, 10))
def test_leave_exactly_where_the_price_is_past_indifference(price, cap):
    view = money({"price": price, "uplift cap": D(cap)})
    assert view.indifferent_at is not None
    assert view.real is not None
    if abs(price - view.indifferent_at) > D("1e-18"):
        assert (view.real.per_piece < 0) == (price > view.indifferent_at)


@given(asked=prices, paid=prices, agreed=prices)
def test_reduction_and_avoidance_never_exceed_the_way_from_the_asked_price(asked, paid, agreed):
    refused = avoidance(asked, paid, agreed, D(1))
    saved = max(reduction(paid, agreed, D(1)), D(0))
    assert refused >= 0
    if asked >= paid >= agreed:
        assert refused + saved == asked - agreed
