"""Terms that every purchase has: the first time that one is named at the table makes it, though nobody planned it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.prep.answers.terms import TermAnswer
from handlers.prep.feeding import keep_term
from handlers.reading import currencies
from handlers.reading.names import normal
from handlers.terms.names import usual_term
from storage.tables import Alternative, Term

if TYPE_CHECKING:
    from handlers.manners import Manners
    from storage.book import PlanBook

_PARTS = re.compile(r"[,;\n]\s*|\b(?:for|against|and|in return for|in exchange for)\s+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][^\d:=\"€$£<>]*?(?=\s*(?:[:=\d€$£<>+-]|[A-Z]{3}\s?\d))")


def with_implied(book: PlanBook, said: str, manners: Manners, *, bare_price: bool = False) -> list[Term]:
    """The plan's terms, with those that `said` names first: price, payment, delivery, warranty, a cap on increases.

    `bare_price`: a price is meant though it is not named. A plan that holds no money yet takes on the currency in which the
    price is said.
    """
    terms = book.rows(Term)
    named = ["price"] if bare_price else []
    named += [found[0].strip() for part in _PARTS.split(said) if (found := _NAME.match(part.strip()))]
    for name in named:
        group = usual_term(name)
        if not group or any(group & set(normal(term.name).split()) for term in terms):
            continue
        if "price" in group:
            _take_currency(book, said, manners)
        terms.append(keep_term(book, TermAnswer("price" if "price" in group else name)))
    return terms


def _take_currency(book: PlanBook, said: str, manners: Manners) -> None:
    plan = book.plan
    priced = any(row.price is not None for row in book.rows(Alternative))
    money = re.search(currencies.PATTERN, said)
    if money is not None and plan.baseline is None and plan.budget is None and not priced:
        plan.currency = currencies.code(money.group(), manners.currency)
