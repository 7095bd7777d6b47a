"""An offer as it is typed: whose it is, its values by term, and whether it was said or written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.reading.pairs import split_fields
from handlers.reading.plain import excerpt
from handlers.terms.rules import role_of
from handlers.terms.values import read_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.concessions.rules import Side
    from handlers.manners import Manners
    from handlers.terms.names import TermNames
    from storage.tables import Term

EXAMPLE = "theirs: price 4.12, delivery 45 days, payment net 60"
_SIDE = re.compile(
    r"(?:(?P<theirs>theirs?|them|they|supplier|received|got)|(?P<ours>ours?|us|we|mine|my|sent))\b\s*:?\s*",
    re.IGNORECASE,
)
_VERBAL = re.compile(
    r"(?:was |said |only )?(?:verbal(?:ly)?|oral(?:ly)?|by phone|on the phone|spoken)", re.IGNORECASE
)
_WRITTEN = re.compile(
    r"(?:in )?(?:writing|written)|(?:by|per|via) (?:e-?mail|mail|letter|post)|e-?mail(?:ed)?", re.IGNORECASE
)
_FIGURE = re.compile(
    r"(?:[€$£]|[A-Z]{3}\s)?\s?\d[\d.,' ]*(?:\s?[kKmM]\b)?(?:\s?(?:[A-Z]{3}|[€$£]))?(?:\s?(?:/|per |a )\s?\w+)?"
)


@dataclass(frozen=True, slots=True)
class OfferSaid:
    """Values by the terms' normal names, as they are kept; `mode` is `verbal`, `in writing` or empty."""

    side: Side
    values: dict[str, str]
    mode: str


def whose(text: str) -> tuple[Side, str]:
    """The side that an offer is from, and the rest of the words. Where nothing is said it is theirs."""
    found = _SIDE.match(text)
    if found is None:
        return "theirs", text.strip()
    return ("ours" if found["ours"] else "theirs"), text[found.end() :].strip()


def read_offer(
    text: str, side: Side, terms: Sequence[Term], names: TermNames, manners: Manners, currency: str
) -> OfferSaid:
    """Reads `price 4.12, delivery 45 days, payment net 60, verbal`. Raises Misread and TwoReadings."""
    values: dict[str, str] = {}
    mode = ""
    for field in split_fields(text):
        if _VERBAL.fullmatch(field) or _WRITTEN.fullmatch(field):
            mode = "verbal" if _VERBAL.fullmatch(field) else "in writing"
            continue
        term, said = _term_of(field, terms, names)
        if term.normal in values:
            raise Misread(
                f"{term.name} is there twice.",
                understood=f"I read {excerpt(text)}.",
                example=f"offer theirs: {field}",
            )
        values[term.normal] = read_value(term, said, manners, currency=currency)
    if not values:
        raise Misread("I need at least one value of the offer.", example=f"offer {EXAMPLE}")
    return OfferSaid(side, values, mode)


def is_bare_price(text: str) -> bool:
    """Whether an offer says a price without calling it one: a bare figure."""
    return any(_FIGURE.fullmatch(field) for field in split_fields(text))


def _term_of(field: str, terms: Sequence[Term], names: TermNames) -> tuple[Term, str]:
    """The term that a field is about, and its value. A bare figure is the price."""
    found = names.split(field)
    if found is None and _FIGURE.fullmatch(field):
        price = next((term for term in terms if role_of(term.name) == "price"), None)
        found = (price, field) if price is not None else None
    if found is None:
        raise names.unknown(field)
    return found
