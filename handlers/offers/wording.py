"""An offer judged, line by line: money first, then must-haves and stops, the score, a verdict, the next move."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from handlers.batna import wording as batna
from handlers.batna.standing import position, stand, yardsticks
from handlers.figures import cut, flow, short
from handlers.offers.next_move import next_line, next_trade
from handlers.offers.rules import judge
from handlers.terms.rules import term_for
from handlers.turn import Heading, Text, Warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.batna.standing import Standing
    from handlers.concessions.rules import Side
    from handlers.facts import Facts
    from handlers.figures import Figures
    from handlers.offers.rules import Judgement, MoneyView
    from handlers.terms.rules import TermSpec, Value
    from handlers.turn import Part

PERCENT = Decimal(100)
WIDE = Context(prec=60)


def judged(facts: Facts, side: Side, figures: Figures, *, mode: str = "") -> tuple[Part, ...]:
    """A side's whole position, judged. The position is what was said last on each term."""
    said = position(facts, side)
    judgement = judge(facts.terms, said, facts.frame, yardsticks(facts, figures.today))
    standing = stand(facts, figures.today)
    whose = "their offer" if side == "theirs" else "our offer"
    parts: list[Part] = [
        Heading(
            " · ".join(filter(None, (cut(facts.plan.supplier, 24), whose, mode, figures.day(figures.today))))
        )
    ]
    uplift = term_for("uplift", facts.terms)
    cap = said.get(uplift.name) if uplift else None
    above: tuple[str, ...] = ("No price yet.",)
    if judgement.money is not None:
        above = tuple(_money_lines(judgement.money, standing, cap, figures))
    warnings = tuple(_warnings(judgement, standing, side, figures))
    below = (
        *_place_lines(judgement, figures),
        *verdict_lines(judgement, standing, side, figures),
        *next_line(next_trade(facts, position(facts, "theirs"))),
    )
    parts += [Text(above), *((Warn(warnings),) if warnings else ()), Text(below)]
    return tuple(parts)


def _money_lines(money: MoneyView, standing: Standing, cap: Value | None, figures: Figures) -> Iterator[str]:
    facts = standing.facts
    months = facts.frame.horizon_months
    span = figures.span(months)
    points = cap if isinstance(cap, Decimal) else None
    full = f"Price {batna.in_full(money, points, months, figures)} {figures.each()}"
    total = "" if money.total is None else f"({figures.sum(money.total)} {span})"
    yield from flow(filter(None, (full, total)), " ")
    if money.real is not None and standing.choice is not None:
        name = cut(standing.choice.batna.name, 20)
        cost = figures.price(standing.choice.costing.unit_cost)
        over = money.real.over_horizon
        apart = [] if not over else [f"({figures.sum(abs(over))} {span})"]
        yield from flow([f"BATNA {name} {cost}: {batna.beats(money.real, figures)}", *apart], " ")
    here = replace(standing, money=money, limit=money.limit, indifferent_at=money.indifferent_at)
    yield from batna.limit_lines(here, figures)
    if money.payment:
        days = term_for("payment", facts.terms)
        word = "worth" if money.payment > 0 else "costs"
        name = days.name if days else "payment"
        yield cut(f"{name}: {word} {figures.yearly(abs(money.payment))} against our stop")
    if "uplift" in money.left_out:
        yield "Nothing said on price rises, so none is counted."


def _place_lines(judgement: Judgement, figures: Figures) -> tuple[str, ...]:
    """`0 at our stop, 100 at our target: price 71, net 100`, and the total."""
    views = [
        f"{short(view.term)} {figures.number(points(view.v))}"
        for view in judgement.terms
        if view.v is not None
    ]
    lines = flow([f"Stop 0, target 100: {views[0]}", *views[1:]], ", ") if views else ()
    total = judgement.score.total
    unmet = ", ".join(short(name) for name in judgement.score.unmet)
    said = [] if total is None else [f"Score {figures.number(points(total))}"]
    said += [f"not said or no place: {unmet}"] if unmet else []
    return (*lines, *flow(said))


def points(share: Decimal) -> Decimal:
    """A share as whole points: 0.7719 is 77."""
    return (share * PERCENT).quantize(Decimal(1), ROUND_HALF_UP, WIDE)


def _warnings(judgement: Judgement, standing: Standing, side: Side, figures: Figures) -> Iterator[str]:
    money, choice = judgement.money, standing.choice
    terms = {term.name: term for term in standing.facts.terms}
    if money is not None and money.trap and choice is not None:
        span = figures.span(standing.facts.frame.horizon_months)
        yield cut(f"{figures.price(money.price)} looks better than {choice.batna.name}; {span} it is not")
    for name in judgement.score.broken:
        yield f"Breaks a must-have: {_against(name, judgement, terms, figures)}"
    for view in judgement.terms:
        if view.place == "past stop" and view.term not in judgement.score.broken:
            word = "Past our stop" if side == "theirs" else "We are past our own stop"
            yield f"{word}: {_against(view.term, judgement, terms, figures)}"
    if money is not None and money.over_mandate and standing.facts.mandate is not None:
        yield f"Past the mandate of {figures.price(standing.facts.mandate.ceiling)}"
    yield from batna.mandate_warnings(standing.facts.mandate, figures)


def _against(name: str, judgement: Judgement, terms: dict[str, TermSpec], figures: Figures) -> str:
    term = terms[name]
    said = next(view.value for view in judgement.terms if view.term == name)
    line = term.target if term.stop is None else term.stop
    return cut(f"{short(name)} {figures.value(term, said)} ({figures.value(term, line)})", 40)


def verdict_lines(judgement: Judgement, standing: Standing, side: Side, figures: Figures) -> tuple[str, ...]:
    """The verdict in one line, from the weightiest ground."""
    verdict = judgement.verdict
    batna_name = cut(standing.choice.batna.name, 20) if standing.choice else "the BATNA"
    mandate = standing.facts.mandate
    by = cut(mandate.by, 20) if mandate else "whoever may allow it"
    texts = {
        "leave": f"{batna_name} is better: say what would change that, or leave",
        "refuse": "not as it stands: a limit is broken",
        "ask": f"past the mandate, inside indifference: ask {by} first",
        "push": "inside the limit: go on towards the targets",
        "take": "every target is reached: close",
        "unmeasured": "nothing to hold it against yet: add a BATNA or a stop",
    }
    said = texts[verdict.move]
    if verdict.move == "ask" and (judgement.money is None or judgement.money.real is None):
        said = f"past the mandate: ask {by} first"
    if verdict.move == "unmeasured" and "no price" in verdict.grounds:
        said = "no price yet, so the money cannot be judged"
    if "trap" in verdict.grounds:
        said = f"a trap: low at first, dearer in the end than {cut(batna_name, 18)}"
    if side == "ours" and verdict.move in ("push", "take"):
        said = "our offer keeps to our limits"
    return (cut(f"Verdict: {said}"),)
