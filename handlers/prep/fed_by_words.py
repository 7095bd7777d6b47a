"""Answers in words that fill more than a list: the supplier's name, their plan B, what happens by itself, reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.prep.answers.alternatives import ROLLS_OVER, AlternativeAnswer
from handlers.prep.answers.figures import price
from handlers.prep.answers.rows import labelled
from handlers.prep.feeding import find_term, keep_alternative
from handlers.reading.names import match, normal
from handlers.terms.rules import role_of
from storage.tables import Term

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.manners import Manners
    from handlers.prep.answers.read import ListAnswer
    from storage.book import PlanBook


def call_supplier(book: PlanBook, name: str) -> None:
    """Another name for the supplier. A fuller form of the one that is known becomes an alias; else it is the name."""
    known = book.plan.supplier
    if not (normal(name).startswith(normal(known)) or match(name, {0: [known]}).one is not None):
        book.plan.supplier = name
    book.call(name, normal(name))


def _supplier(book: PlanBook, value: ListAnswer, _: Manners) -> None:
    call_supplier(book, value.items[0][:120])


def _theirs(book: PlanBook, value: ListAnswer, manners: Manners) -> None:
    """`guess they stop at 3.55`: the guess about the price. A sentence without a figure stays a sentence."""
    found = re.search(
        r"\b(?:stop|stops|limit|floor|walk away|go down)\b\D{0,20}?(\d[\d.,]*\d|\d)(?!\s?%)",
        value.items[0],
        re.I,
    )
    row = find_term(book.rows(Term), "price")
    if found and row is not None:
        row.their_stop = format(price(found[1].rstrip(".,"), manners).value, "f")
        book.keep(row)


_ROLLS_AT = re.compile(
    r"\b(?:at|for)\s+(?:[€$£]\s?)?(\d[\d.,]*\d|\d)(?![\d.,:]*\d)(?!\s*(?:%|days?\b|weeks?\b|months?\b|years?\b|[ap]m\b))",
    re.I,
)


def _default(book: PlanBook, value: ListAnswer, manners: Manners) -> None:
    """Doing nothing is an alternative too. `it rolls over at 3.95` says what it costs."""
    rolls = re.search(r"\broll(?:s|ing)?\b|\brenews?\b|\bruns? on\b", value.items[0], re.I)
    name = ROLLS_OVER if rolls else "nothing happens"
    at = _ROLLS_AT.search(value.items[0]) if rolls else None
    costs = price(at[1], manners).value if at else None
    keep_alternative(book, AlternativeAnswer(name, costs, status="own", note=value.items[0][:500]))


def _reasons(book: PlanBook, value: ListAnswer, _: Manners) -> None:
    """`3.45: Borg asks 3.52 ...` is the reason of the term that opens with 3.45; others belong to the price."""
    rows = book.rows(Term)
    reasons: dict[int, list[str]] = {}
    for item in value.items:
        said, reason = labelled(item)
        at = next((at for at, row in enumerate(rows) if said and said in (row.opening, row.name)), None)
        named = find_term(rows, said) if said and at is None else None
        at = rows.index(named) if named is not None else at
        at = (
            at
            if at is not None
            else next((i for i, r in enumerate(rows) if role_of(r.name) == "price"), None)
        )
        if at is not None:
            reasons.setdefault(at, []).append(reason)
    for at, said_reasons in reasons.items():
        rows[at].reason = "; ".join(said_reasons)
        book.keep(rows[at])


SPECIAL: dict[str, Callable[[PlanBook, ListAnswer, Manners], None]] = {
    "supplier": _supplier,
    "theirs": _theirs,
    "default": _default,
    "reasons": _reasons,
}
"""By the key of the question."""
