"""What several rules need to know about the price: a value of it, and where deal and BATNA are even."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.batna.rules import indifference, ranked
from handlers.terms.rules import term_for

if TYPE_CHECKING:
    from handlers.ready.rules.kinds import PlanFacts
    from handlers.terms.rules import TermSpec

PERCENT = Decimal(100)


def number(term: TermSpec | None, which: str) -> Decimal | None:
    """`opening`, `target` or `stop` of a term as a number; None where it is missing or a level."""
    found = None if term is None else getattr(term, which)
    return found if isinstance(found, Decimal) else None


def even_price(facts: PlanFacts) -> Decimal | None:
    """The indifference price against the best alternative, with the uplift at our stop for it.

    The stop, because that is the dearest deal that the plan allows; without one no uplift is counted.
    """
    order = ranked(facts.alternatives, facts.frame)
    if not order:
        return None
    cap = number(term_for("uplift", facts.terms), "stop") or Decimal(0)
    return indifference(order[0][1].unit_cost, cap / PERCENT, facts.frame.horizon_months)
