"""Where a plan stands against what we could do without it, worked out once for every answer that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.batna.rules import choose, indifference, limit
from handlers.concessions.rules import path, positions
from handlers.offers.rules import Yardsticks, term_for, view_money

if TYPE_CHECKING:
    from datetime import date

    from handlers.batna.rules import Choice, Limit
    from handlers.concessions.rules import Side
    from handlers.facts import Facts
    from handlers.offers.rules import MoneyView
    from handlers.terms.rules import Role, TermSpec, Value

PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Standing:
    """The BATNA of a plan (None: nothing can be costed), their live offer in money, and our limit on the price.

    `money` is None as long as they have named no price. `even_cap` is the uplift cap, in percent, that the
    indifference price counts with: the one on the table, else the one we would stop at.
    """

    facts: Facts
    choice: Choice | None
    money: MoneyView | None
    limit: Limit | None
    indifferent_at: Decimal | None
    even_cap: Decimal | None


def yardsticks(facts: Facts, today: date) -> Yardsticks:
    """What offers of a plan are held against today."""
    choice = choose(facts.alternatives, today, facts.frame)
    return Yardsticks(choice.costing.unit_cost if choice else None, facts.ceiling(today))


def position(facts: Facts, side: Side) -> dict[str, Value]:
    """A side's latest value on each term that it said anything about, from offers and log alike."""
    found = positions(facts.offers, facts.log, facts.openings)
    return {term: value for (whose, term), value in found.items() if whose == side}


def stand(facts: Facts, today: date) -> Standing:
    """Where the plan stands today."""
    choice = choose(facts.alternatives, today, facts.frame)
    marks = Yardsticks(choice.costing.unit_cost if choice else None, facts.ceiling(today))
    money = view_money(facts.terms, _money_terms(facts), facts.frame, marks)
    if money is not None:
        cap = _last(facts, term_for("uplift", facts.terms))
        said = cap if isinstance(cap, Decimal) else None
        return Standing(facts, choice, money, money.limit, money.indifferent_at, said)
    cap = _stop("uplift", facts)
    even = _even(facts, choice, cap)
    return Standing(facts, choice, None, limit(_stop("price", facts), marks.mandate, even), even, cap)


def _money_terms(facts: Facts) -> dict[str, Value]:
    """Their latest price and cap on increases: all that the money needs, and quicker found than every position."""
    terms = (term_for("price", facts.terms), term_for("uplift", facts.terms))
    return {
        term.name: value for term in terms if term is not None and (value := _last(facts, term)) is not None
    }


def _last(facts: Facts, term: TermSpec | None) -> Value | None:
    if term is None:
        return None
    points = path("theirs", term.name, facts.offers, facts.log)
    return points[-1].value if points else None


def _stop(role: Role, facts: Facts) -> Decimal | None:
    term = term_for(role, facts.terms)
    return term.stop if term is not None and isinstance(term.stop, Decimal) else None


def _even(facts: Facts, choice: Choice | None, cap: Decimal | None) -> Decimal | None:
    if choice is None:
        return None
    return indifference(choice.costing.unit_cost, (cap or Decimal(0)) / PERCENT, facts.frame.horizon_months)
