"""The planned trade that fits as the next move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.figures import cut
from handlers.reading.names import normal
from handlers.terms.rules import place, term_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.facts import Facts
    from handlers.terms.rules import TermSpec, Value
    from storage.tables import Trade


def next_trade(facts: Facts, theirs: Mapping[str, Value]) -> Trade | None:
    """The first planned trade that is not used up, has a condition, and asks for something not yet reached.

    `theirs` is their position (term name -> value). A condition that names no term is about the price.
    """
    planned = [trade for trade in facts.trades if trade.if_they and not trade.never and not trade.used]
    for trade in planned:
        term = _asked(trade, facts)
        if term is None or place(term, theirs.get(term.name)) != "target reached":
            return trade
    return None


def _asked(trade: Trade, facts: Facts) -> TermSpec | None:
    words = set(normal(trade.if_they).split())
    named = (term for term in facts.terms if words & set(normal(term.name).split()))
    return next(named, None) or term_for("price", facts.terms)


def next_line(trade: Trade | None) -> tuple[str, ...]:
    """`Next: 27k minimum only if <= 3.74`."""
    return () if trade is None else (cut(f"Next: {trade.we} only if {trade.if_they}"),)
