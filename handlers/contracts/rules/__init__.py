"""The rules of contracts: which term runs, which dates matter, and how they follow. Pure."""

from __future__ import annotations

from handlers.contracts.rules.explain import explain
from handlers.contracts.rules.key_dates import (
    Deadline,
    KeyDates,
    decision_due,
    key_dates,
    next_key_dates,
    reassessment_start,
    safe_receipt,
    send_by,
    tender_start,
)
from handlers.contracts.rules.money import Uplift, exposure, next_price, price_at_cap, to_cents
from handlers.contracts.rules.terms import Notice, Renewal, Terms, Unit
from handlers.contracts.rules.terms_in_time import (
    TermEnd,
    clause_date,
    end_after,
    ends_by_notice,
    term_end,
)

__all__ = [
    "Deadline",
    "KeyDates",
    "Notice",
    "Renewal",
    "TermEnd",
    "Terms",
    "Unit",
    "Uplift",
    "clause_date",
    "decision_due",
    "end_after",
    "ends_by_notice",
    "explain",
    "exposure",
    "key_dates",
    "next_key_dates",
    "next_price",
    "price_at_cap",
    "reassessment_start",
    "safe_receipt",
    "send_by",
    "tender_start",
    "term_end",
    "to_cents",
]
