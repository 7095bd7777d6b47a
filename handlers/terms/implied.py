"""Every purchase has a price: the first one that is named at the table makes its term, though nobody planned it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.prep.answers.terms import TermAnswer
from handlers.prep.feeding import keep_term
from handlers.reading import currencies
from handlers.terms.rules import role_of
from storage.tables import Alternative, Term

if TYPE_CHECKING:
    from handlers.manners import Manners
    from storage.book import PlanBook

_PRICE = re.compile(r"(?:^|[,;\n]|\bfor\b)\s*(?:unit )?price\b", re.IGNORECASE)


def with_price(book: PlanBook, said: str, manners: Manners, *, bare: bool = False) -> list[Term]:
    """The plan's terms, with one for the price where `said` names it. `bare`: a price is meant though it is not named.

    A plan that holds no money yet takes on the currency in which the price is said.
    """
    terms = book.rows(Term)
    if any(role_of(term.name) == "price" for term in terms) or not (bare or _PRICE.search(said)):
        return terms
    money = re.search(currencies.PATTERN, said)
    if money is not None and _has_no_money(book):
        book.plan.currency = currencies.code(money.group(), manners.currency)
    return [*terms, keep_term(book, TermAnswer("price"))]


def _has_no_money(book: PlanBook) -> bool:
    plan = book.plan
    priced = any(row.price is not None for row in book.rows(Alternative))
    return plan.baseline is None and plan.budget is None and not priced
