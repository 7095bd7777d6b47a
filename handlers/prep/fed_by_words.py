"""Answers in words that fill more than a list: the supplier's name, their plan B, what happens by itself, reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.prep.answers.alternatives import ROLLS_OVER, AlternativeAnswer
from handlers.prep.answers.figures import price
from handlers.prep.answers.read import ListAnswer
from handlers.prep.answers.rows import labelled
from handlers.prep.feeding import find_term, keep_alternative
from handlers.reading.names import match, normal
from handlers.terms.rules import role_of
from storage.tables import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from handlers.manners import Manners
    from handlers.prep.answers.read import Value
    from storage.book import PlanBook


def call_supplier(book: PlanBook, name: str) -> None:
    """Another name for the supplier. A fuller form of the one that is known becomes an alias; else it is the name."""
    known = book.plan.supplier
    if not (normal(name).startswith(normal(known)) or match(name, {0: [known]}).one is not None):
        book.plan.supplier = name
    book.call(name, normal(name))


def _supplier(book: PlanBook, value: ListAnswer, _: Manners) -> None:
    call_supplier(book, value.items[0][:120])


_STOPS_AT = re.compile(
    r"\b(?:stop|stops|limit|floor|walk away|go down)\b\D{0,20}?(\d[\d.,]*\d|\d)(?!\s?%)", re.I
)
_ROLLS = re.compile(r"\broll(?:s|ing)?\b|\brenews?\b|\bruns? on\b", re.I)
_ROLLS_AT = re.compile(
    r"\b(?:at|for)\s+(?:[€$£]\s?)?(\d[\d.,]*\d|\d)(?![\d.,:]*\d)(?!\s*(?:%|days?\b|weeks?\b|months?\b|years?\b|[ap]m\b))",
    re.I,
)


def check_figures(book: PlanBook, key: str, value: Value, manners: Manners) -> None:
    """Raises Misread, or TwoReadings for a price of `1.200`, where a figure in a sentence cannot be kept."""
    if isinstance(value, ListAnswer) and key == "theirs" and find_term(book.rows(Term), "price") is not None:
        _their_stop(value.items[0], manners)
    elif isinstance(value, ListAnswer) and key == "default":
        _rolls_at(value.items[0], manners)


def _their_stop(sentence: str, manners: Manners) -> Decimal | None:
    found = _STOPS_AT.search(sentence)
    return price(found[1], manners).value if found else None


def _rolls_at(sentence: str, manners: Manners) -> Decimal | None:
    found = _ROLLS_AT.search(sentence) if _ROLLS.search(sentence) else None
    return price(found[1], manners).value if found else None


def _theirs(book: PlanBook, value: ListAnswer, manners: Manners) -> None:
    """`guess they stop at 3.55`: the guess about the price. A sentence without a figure stays a sentence."""
    row, stop = find_term(book.rows(Term), "price"), _their_stop(value.items[0], manners)
    if row is not None and stop is not None:
        row.their_stop = format(stop, "f")
        book.keep(row)


def _default(book: PlanBook, value: ListAnswer, manners: Manners) -> None:
    """Doing nothing is an alternative too. `it rolls over at 3.95` says what it costs."""
    sentence = value.items[0]
    name = ROLLS_OVER if _ROLLS.search(sentence) else "nothing happens"
    costs = _rolls_at(sentence, manners)
    keep_alternative(book, AlternativeAnswer(name, costs, status="own", note=sentence[:500]))


def _reasons(book: PlanBook, value: ListAnswer, _: Manners) -> None:
    """`3.45: Borg asks 3.52 ...` is the reason of the term that opens with 3.45; others belong to the price."""
    rows = book.rows(Term)
    reasons: dict[int, list[str]] = {}
    for item in value.items:
        said, reason = labelled(item)
        row = _reasoned(rows, said)
        if row is not None:
            reasons.setdefault(rows.index(row), []).append(reason)
    for at, said_reasons in reasons.items():
        rows[at].reason = "; ".join(said_reasons)
        book.keep(rows[at])


def _reasoned(rows: Sequence[Term], label: str) -> Term | None:
    """The term that opens with the label or is called so, else the price; None where the plan has neither."""
    opens = next((row for row in rows if label and label in (row.opening, row.name)), None)
    named = opens or (find_term(rows, label) if label else None)
    return named or next((row for row in rows if role_of(row.name) == "price"), None)


SPECIAL: dict[str, Callable[[PlanBook, ListAnswer, Manners], None]] = {
    "supplier": _supplier,
    "theirs": _theirs,
    "default": _default,
    "reasons": _reasons,
}
"""By the key of the question."""
