"""The rules of `ready`, as data: contradictions and gaps of a plan, worst first, and its readiness."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

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
from handlers.ready.rules.price import even_price, main_term, term_for
from handlers.ready.rules.table import is_open

if TYPE_CHECKING:
    from collections.abc import Collection

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
    "main_term",
    "readiness",
    "term_for",
]


def check(facts: PlanFacts) -> tuple[Finding, ...]:
    """What contradicts itself or is missing in a plan, worst first: B blocks, W warns, I informs."""
    return tuple(finding for rule in RULES for finding in rule.findings(facts))


def readiness(answered: Collection[str], applies: Collection[str]) -> Decimal:
    """Answered keys / keys that apply, a fraction. "Don't know" is a gap and must not be among the answered."""
    keys = set(applies)
    return Decimal(len(keys & set(answered))) / len(keys) if keys else Decimal(0)
