"""Where a plan stands against what we could do without it, worked out once for every answer that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.batna.rules import choose, indifference, limit
from handlers.concessions.rules import path, positions
from handlers.offers.rules import Yardsticks, view_money
from handlers.terms.rules import term_for

if TYPE_CHECKING:
    from datetime import date

    from handlers.batna.rules import Choice, Limit
    from handlers.concessions.rules import Side
    from handlers.facts import Facts
    from handlers.offers.rules import MoneyView
    from handlers.terms.rules import TermSpec, Value

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
    return _against(choose(facts.alternatives, today, facts.frame), facts, today)


def _against(choice: Choice | None, facts: Facts, today: date) -> Yardsticks:
    return Yardsticks(choice.costing.unit_cost if choice else None, facts.ceiling(today))


def position(facts: Facts, side: Side) -> dict[str, Value]:
    """A side's latest value on each term that it said anything about, from offers and log alike."""
    found = positions(facts.offers, facts.log, facts.openings)
    return {term: value for (whose, term), value in found.items() if whose == side}


def stand(facts: Facts, today: date) -> Standing:
    """Where the plan stands today."""
    choice = choose(facts.alternatives, today, facts.frame)
    marks = _against(choice, facts, today)
    price, uplift = term_for("price", facts.terms), term_for("uplift", facts.terms)
    # only these two make the money, and are found quicker than every position
    said = {term.name: _last(facts, term) for term in (price, uplift) if term is not None}
    known = {term: value for term, value in said.items() if value is not None}
    money = view_money(facts.terms, known, facts.frame, marks) if known else None
    if money is not None:
        cap = known.get(uplift.name) if uplift is not None else None
        points = cap if isinstance(cap, Decimal) else None
        return Standing(facts, choice, money, money.limit, money.indifferent_at, points)
    stop, cap_stop = _stop(price), _stop(uplift)
    even = _even(facts, choice, cap_stop)
    return Standing(facts, choice, None, limit(stop, marks.mandate, even), even, cap_stop)


def _last(facts: Facts, term: TermSpec) -> Value | None:
    points = path("theirs", term.name, facts.offers, facts.log)
    return points[-1].value if points else None


def _stop(term: TermSpec | None) -> Decimal | None:
    return term.stop if term is not None and isinstance(term.stop, Decimal) else None


def _even(facts: Facts, choice: Choice | None, cap: Decimal | None) -> Decimal | None:
    if choice is None:
        return None
    return indifference(choice.costing.unit_cost, (cap or Decimal(0)) / PERCENT, facts.frame.horizon_months)
