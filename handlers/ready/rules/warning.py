"""The rules that warn about money and alternatives."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.batna.rules import mismatches, outlook, ranked, start_by, too_late
from handlers.ready.rules.kinds import Fills, PlanFacts, Rule, when
from handlers.ready.rules.price import even_price, number
from handlers.terms.rules import term_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.batna.rules import AlternativeSpec

FAR_INSIDE = Decimal("0.1")
"""A stop is far inside the BATNA when it is more than this share below the indifference price."""
FAR_FROM_BENCHMARK = Decimal("0.25")
OLD_BENCHMARK_DAYS = 90
YEAR = 12


def _far_inside(facts: PlanFacts) -> list[Fills]:
    stop, even = number(term_for("price", facts.terms), "stop"), even_price(facts)
    if stop is None or not even or facts.stop_reason:
        return []
    return when((even - stop) / even > FAR_INSIDE, stop=stop, even=even)


def _quote_expires(facts: PlanFacts) -> Iterator[Fills]:
    for alt in facts.alternatives:
        if alt.valid_until and facts.decision and alt.valid_until < facts.decision:
            yield {"name": alt.name, "until": alt.valid_until, "decision": facts.decision}


def _started_late(facts: PlanFacts) -> Iterator[Fills]:
    for alt in facts.alternatives:
        begin = start_by(alt, facts.frame)
        if begin and facts.today and too_late(alt, facts.today, facts.frame):
            yield {"name": alt.name, "begin": begin}


def _other_horizon(facts: PlanFacts) -> Iterator[Fills]:
    for alt in facts.alternatives:
        if alt.horizon_months is not None and "horizon" in mismatches(alt, facts.frame):
            yield {"name": alt.name, "theirs": alt.horizon_months, "ours": facts.frame.horizon_months}


def _unsaid_horizon(facts: PlanFacts) -> Iterator[Fills]:
    for alt in facts.alternatives if not facts.horizon_was_said else ():
        if any(item.kind == "once" for item in alt.items):
            yield {"name": alt.name, "months": facts.frame.horizon_months}
            return  # the plan has one horizon, whoever is costed over it


def _not_costed(facts: PlanFacts) -> Iterator[Fills]:
    """That there are alternatives and no BATNA. Where they are in another currency or unit, that blocks already."""
    alike = [alt for alt in facts.alternatives if not {"currency", "unit"} & {*mismatches(alt, facts.frame)}]
    if alike and not ranked(facts.alternatives, facts.frame):
        alt = alike[0]
        priced = alt.unit_price is not None or any(item.kind == "unit" for item in alt.items)
        yield {"name": alt.name, "what": "the volume" if priced else "a price"}


def _best(facts: PlanFacts) -> AlternativeSpec | None:
    order = ranked(facts.alternatives, facts.frame)
    return order[0][0] if order else next(iter(facts.alternatives), None)


def _unquoted(facts: PlanFacts) -> list[Fills]:
    order = ranked(facts.alternatives, facts.frame)  # what has no cost is no BATNA, quoted or not
    return when(order[0][0].status == "unquoted", name=order[0][0].name) if order else []


def _no_fallback(facts: PlanFacts) -> list[Fills]:
    best = _best(facts)
    if best is None or best.chance is None or best.chance == 1:
        return []
    return when(outlook(facts.alternatives, facts.frame) is None, name=best.name)


def _only_one(facts: PlanFacts) -> list[Fills]:
    return [{"name": facts.alternatives[0].name}] if len(facts.alternatives) == 1 else []


def _sole_source(facts: PlanFacts) -> list[Fills]:
    return when(not facts.alternatives and not facts.improve)


def _no_uplift(facts: PlanFacts) -> list[Fills]:
    months = facts.frame.horizon_months
    return when(
        bool(facts.terms) and months > YEAR and term_for("uplift", facts.terms) is None, months=months
    )


def _uplift_open(facts: PlanFacts) -> list[Fills]:
    uplift = term_for("uplift", facts.terms)
    return [] if uplift is None else when(uplift.stop is None, term=uplift.name)


def _no_evidence(facts: PlanFacts) -> list[Fills]:
    opening = number(term_for("price", facts.terms), "opening")
    return [] if opening is None else when(not facts.evidence, opening=opening)


def _far_from_benchmark(facts: PlanFacts) -> list[Fills]:
    opening = number(term_for("price", facts.terms), "opening")
    if opening is None or facts.benchmark is None or not facts.benchmark.price:
        return []
    index = facts.benchmark.price
    return when(abs(opening - index) / index > FAR_FROM_BENCHMARK, opening=opening, benchmark=index)


def _old_benchmark(facts: PlanFacts) -> list[Fills]:
    if facts.benchmark is None or facts.today is None:
        return []
    dated = facts.benchmark.dated
    return when((facts.today - dated).days > OLD_BENCHMARK_DAYS, dated=dated)


RULES: tuple[Rule, ...] = (
    Rule(
        "not costed",
        "W",
        "No alternative is costed, so there is no BATNA yet: {name} lacks {what}.",
        "edit {plan} alternatives",
        _not_costed,
    ),
    Rule(
        "too late",
        "W",
        "{name} had to be started by {begin} to be there in time.",
        "edit {plan} alternatives",
        _started_late,
    ),
    Rule(
        "quote expires",
        "W",
        "{name} stands until {until}, and we decide on {decision}.",
        "edit {plan} alternatives",
        _quote_expires,
    ),
    Rule(
        "unquoted",
        "W",
        "{name} is our BATNA, and nobody has quoted it.",
        "edit {plan} alternatives",
        _unquoted,
    ),
    Rule(
        "no fallback",
        "W",
        "{name} may fall through, and nothing certain stands behind it.",
        "batna {plan} add ... = ...",
        _no_fallback,
    ),
    Rule(
        "sole source",
        "W",
        "There is no way around this supplier, and no step that would open one.",
        "set {plan}: improve ...",
        _sole_source,
    ),
    Rule(
        "one alternative",
        "W",
        "{name} is the only alternative.",
        "batna {plan} add ... = ...",
        _only_one,
    ),
    Rule(
        "other horizon",
        "W",
        "{name} was costed over {theirs} months, this plan runs over {ours}.",
        "edit {plan} alternatives",
        _other_horizon,
    ),
    Rule(
        "horizon unsaid",
        "W",
        "{name}'s one-off cost is spread over {months} months alone; nobody has said a horizon.",
        "set {plan}: horizon 24 months",
        _unsaid_horizon,
    ),
    Rule(
        "far inside",
        "W",
        "The stop {stop} walks away long before {even}, where doing without costs the same; no reason is noted.",
        "edit {plan} terms",
        _far_inside,
    ),
    Rule(
        "no uplift",
        "W",
        "The plan runs over {months} months and says nothing about price rises.",
        "term {plan} uplift cap: open ..., target ..., stop ...",
        _no_uplift,
    ),
    Rule(
        "uplift open",
        "W",
        "{term} has no stop, so the price may rise without end.",
        "term {plan} {term}: stop ...",
        _uplift_open,
    ),
    Rule(
        "no evidence",
        "W",
        "Nothing yet says why they should believe {opening}.",
        "set {plan}: reasons ...",
        _no_evidence,
    ),
    Rule(
        "far from benchmark",
        "W",
        "The opening {opening} lies more than a quarter away from the benchmark of {benchmark}.",
        "edit {plan} terms",
        _far_from_benchmark,
    ),
    Rule(
        "old benchmark",
        "W",
        "The benchmark is of {dated}, more than 90 days old.",
        "benchmark {plan} price",
        _old_benchmark,
    ),
)
