"""The rules of `ready`, as data: contradictions and gaps of a plan, worst first."""

from __future__ import annotations

from handlers.ready.rules import blocking, table, warning
from handlers.ready.rules.kinds import (
    BenchmarkFact,
    Fill,
    Finding,
    Level,
    MandateFact,
    PlanFacts,
    Rule,
    TradeFact,
)
from handlers.ready.rules.price import even_price
from handlers.ready.rules.table import is_open

RULES: tuple[Rule, ...] = (*blocking.RULES, *warning.RULES, *table.WARNINGS, *table.HINTS)
"""Every rule, the gravest first."""

__all__ = [
    "RULES",
    "BenchmarkFact",
    "Fill",
    "Finding",
    "Level",
    "MandateFact",
    "PlanFacts",
    "Rule",
    "TradeFact",
    "check",
    "even_price",
    "is_open",
]


def check(facts: PlanFacts) -> tuple[Finding, ...]:
    """What contradicts itself or is missing in a plan, worst first: B blocks, W warns, I informs."""
    return tuple(finding for rule in RULES for finding in rule.findings(facts))
