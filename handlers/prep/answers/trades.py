"""Planned trades: what we give, and what they do for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.errors import Misread
from handlers.prep.answers.rows import rows_of
from handlers.reading.names import normal
from handlers.reading.plain import excerpt

EXAMPLE = "27k minimum if price <= 3.74"
_NEVER = re.compile(r"^\s*(?:we (?:will )?)?never(?: give)?\s*:?\s+(.+)$", re.IGNORECASE | re.DOTALL)
_NEVER_END = re.compile(r"^(.+?)\s*(?::|-)\s*never$", re.IGNORECASE | re.DOTALL)
_IF_FIRST = re.compile(
    r"^\s*(?:only )?if\s+(?P<they>.+?)(?:,|:|\s+then\b|\s*->)\s*(?:then\s+)?(?P<we>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_IF_LAST = re.compile(
    r"^(?P<we>.+?)[\s,]+(?:but |and )?(?:only )?(?:if|when|provided(?: that)?|in return for|in exchange for|against|for)\s+"
    r"(?P<they>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_IF = re.compile(r"^(?:only )?(?:if|when|provided(?: that)?)\b", re.IGNORECASE)
_FOR = re.compile(
    _IF.pattern + r"|^(?:but |and )?(?:for|against|in (?:return|exchange) for)\b", re.IGNORECASE
)
_KEEP = re.compile(
    r"^(?:nothing|none|no|no condition|without(?: a)? condition|for nothing|keep (?:it|as is)|as it is)\b[.! ]*$",
    re.I,
)
_SUBJECT = re.compile(r"^(?:then\s+)?(?:we|they)(?:\s+(?:give|do|would|will|can))?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TradeAnswer:
    """`we` is what we give, `if_they` what they do for it (empty: nothing was said), `never` what is not for trade."""

    we: str
    if_they: str = ""
    never: bool = False


def read_trade(text: str) -> TradeAnswer:
    """`27k minimum if price <= 3.74`, `if they pay on time, we give net 45`, `never: exclusivity`. Raises Misread."""
    typed = " ".join(text.split()).strip(" .")
    if not typed or len(typed) > 500:
        raise Misread("I need what you would give, and for what.", example=EXAMPLE)
    never = _NEVER.match(typed) or _NEVER_END.match(typed)
    if never:
        return TradeAnswer(never[1].strip(), never=True)
    found = _IF_FIRST.match(typed) or _IF_LAST.match(typed)
    if found is None and _IF.match(typed):
        raise Misread(
            "And what would you give for that?", understood=f"I read {excerpt(typed)}.", example=EXAMPLE
        )
    if found is None:
        return TradeAnswer(typed)
    we, they = _SUBJECT.sub("", found["we"]).strip(" ,"), found["they"].strip(" ,")
    if not we or not they:
        raise Misread("I need both halves.", understood=f"I read {excerpt(typed)}.", example=EXAMPLE)
    return TradeAnswer(we, they)


def read_trades(text: str) -> list[TradeAnswer]:
    """One trade a line, or parted by semicolons. Raises Misread where there is none."""
    rows = rows_of(text)
    if not rows:
        raise Misread("I need what you would give, and for what.", example=EXAMPLE)
    return [read_trade(row) for row in rows]


def completed(trades: str, said: str) -> str:
    """Trades as typed, with what was said next as the condition of those that lack one.

    A whole trade takes their place: `27k minimum if price <= 3.74`. `nothing` leaves them as they are.
    """
    said = said.strip()
    if normal(said) == normal(trades) or _KEEP.match(said):
        return trades
    if (
        not _IF.match(said)
        and re.search(r"\b(?:if|never)\b", said, re.I)
        and all(map(_stands, rows_of(said)))
    ):
        return said
    if not _FOR.match(said):
        said = f"if {said}"
    return "; ".join(row if _stands(row) else f"{row.rstrip(' .')} {said}" for row in rows_of(trades))


def _stands(row: str) -> bool:
    trade = read_trade(row)
    return trade.never or bool(trade.if_they)
