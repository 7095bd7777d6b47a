"""The arithmetic of alternatives. Pure, `Decimal` only, unrounded; rates and chances are fractions."""

from __future__ import annotations

from handlers.batna.rules.bounds import Gap, Limit, Zone, gap, limit, zone
from handlers.batna.rules.costing import (
    Costing,
    Outlook,
    expected_cost,
    flows,
    like_for_like,
    mismatches,
    outlook,
    ranked,
)
from handlers.batna.rules.kinds import AlternativeSpec, CostItem, Frame
from handlers.batna.rules.money import (
    early_payment_rate,
    effective_price,
    indifference,
    npv,
    payment_terms_value,
    price_factor,
    should_cost,
)
from handlers.batna.rules.strength import (
    Choice,
    Reason,
    Strength,
    choose,
    expired,
    latest_start,
    start_by,
    strength,
    too_late,
    weakest_figure,
)

__all__ = [
    "AlternativeSpec",
    "Choice",
    "CostItem",
    "Costing",
    "Frame",
    "Gap",
    "Limit",
    "Outlook",
    "Reason",
    "Strength",
    "Zone",
    "choose",
    "early_payment_rate",
    "effective_price",
    "expected_cost",
    "expired",
    "flows",
    "gap",
    "indifference",
    "latest_start",
    "like_for_like",
    "limit",
    "mismatches",
    "npv",
    "outlook",
    "payment_terms_value",
    "price_factor",
    "ranked",
    "should_cost",
    "start_by",
    "strength",
    "too_late",
    "weakest_figure",
    "zone",
]
