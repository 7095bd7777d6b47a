"""From what was answered to the rows of a plan. Only what was said is changed; what was not said stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.errors import Misread
from handlers.facts import basis_of
from handlers.prep.answers.known_terms import usual_direction, usual_unit
from handlers.prep.answers.mandates import EXAMPLE as MANDATE_EXAMPLE
from handlers.prep.kinds import kind_foretold
from handlers.reading.names import normal, same, wording
from handlers.reading.plain import excerpt
from handlers.terms.rules import direction_of, role_of
from storage.tables import Alternative, Mandate, Term, Trade

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from handlers.prep.answers.alternatives import AlternativeAnswer
    from handlers.prep.answers.costs import CostAnswer
    from handlers.prep.answers.mandates import MandateAnswer
    from handlers.prep.answers.terms import TermAnswer
    from handlers.prep.answers.trades import TradeAnswer
    from storage.book import PlanBook


def find_term(rows: Sequence[Term], name: str) -> Term | None:
    """The term that is called so, else the price where a price is meant. None for a name that is only near."""
    wanted = wording(name)
    found = same(name, {at: [row.name] for at, row in enumerate(rows)}, wording)
    if found is not None:
        return rows[found]
    prices = [row for row in rows if role_of(row.name) == "price"]
    return prices[0] if wanted in {"price", "unit price"} and len(prices) == 1 else None


def keep_term(book: PlanBook, said: TermAnswer) -> Term:
    """Add a term, or change what was said of one."""
    row = find_term(book.rows(Term), said.name)
    if row is None:
        row = Term(
            workspace_id=0, plan_id=0, name=said.name, normal=wording(said.name), unit=usual_unit(said.name)
        )
        row.kind = kind_foretold(book, row) or row.kind
    for name in ("unit", "opening", "target", "stop", "weight", "kind", "their_weight", "their_stop"):
        _set(row, name, getattr(said, name))
    for name in ("levels", "their_levels"):
        _set(row, name, _as_text(getattr(said, name)))
    if row.levels:
        row.direction = "higher"
    else:
        values = (_number(row.opening), _number(row.target), _number(row.stop))
        row.direction = direction_of(*values) or usual_direction(row.name)
    if said.currency and role_of(row.name) == "price":
        book.plan.currency = said.currency
    return book.keep(row)


def _set(row: Any, name: str, value: object) -> None:
    if value is not None and value not in ("", ()):
        setattr(row, name, value)


def _as_text(levels: Mapping[str, Decimal] | None) -> dict[str, str] | None:
    return None if levels is None else {name: format(score, "f") for name, score in levels.items()}


def _number(value: str | None) -> Decimal | None:
    from decimal import Decimal, InvalidOperation

    try:
        return None if value is None else Decimal(value)
    except InvalidOperation:
        return None


def find_alternative(rows: Sequence[Alternative], name: str) -> Alternative | None:
    """The alternative that is called so. None for a name that is only near."""
    found = same(name, {at: [row.name] for at, row in enumerate(rows)})
    return None if found is None else rows[found]


def check_named(book: PlanBook, said: AlternativeAnswer) -> None:
    """Where costs or quotes are asked for, a row without any that names no alternative is no answer. Raises Misread."""
    rows = book.rows(Alternative)
    facts = (said.price, said.chance, said.valid_until, said.latest_start, said.lead_days, said.uplift)
    if said.items or any(fact is not None for fact in facts) or find_alternative(rows, said.name) is not None:
        return
    there = ", ".join(row.name for row in rows) or "none yet"
    raise Misread(
        f"That is none of the alternatives, and says no figure. There: {there}.",
        understood=f"I read {excerpt(said.name)}.",
        example=f"{rows[0].name if rows else 'Borg'} = quoted, until 29 May, 12 weeks, chance 80 %",
    )


def keep_alternative(book: PlanBook, said: AlternativeAnswer) -> Alternative:
    """Add an alternative, or change what was said of one. Costs that are named again replace all costs."""
    row = find_alternative(book.rows(Alternative), said.name)
    if row is None:
        row = Alternative(workspace_id=0, plan_id=0, name=said.name, normal=normal(said.name))
    _set(row, "items", [cost_row(item) for item in said.items] or None)
    for name in (
        *("price", "currency", "chance", "status", "valid_until", "latest_start"),
        *("lead_days", "uplift", "horizon_months", "note"),
    ):
        _set(row, name, getattr(said, name))
    return book.keep(row)


def cost_row(item: CostAnswer) -> dict[str, Any]:
    """A cost as it is kept: amounts are text."""
    return {
        "name": item.name,
        "amount": format(item.amount, "f"),
        "kind": item.kind,
        "estimate": item.estimate,
        "note": item.note,
    }


def keep_mandate(book: PlanBook, said: MandateAnswer) -> Mandate | None:
    """Record a ceiling. Where the stop itself was allowed it is the ceiling; None while there is no stop to allow.

    Raises Misread for a ceiling in another currency than the plan's.
    """
    if said.currency is not None and said.currency != book.plan.currency:
        raise Misread(
            f"This plan is in {book.plan.currency}.",
            understood=f"I read {said.currency}.",
            example=MANDATE_EXAMPLE,
        )
    ceiling = said.ceiling if said.ceiling is not None else main_stop(book)
    if ceiling is None:
        return None
    row = Mandate(
        workspace_id=0, plan_id=0, ceiling=ceiling, by=said.by, valid_until=said.until,
        revision=book.plan.revision + 1, basis=basis_of(book.plan, own=is_self(said.by)),
        member_id=book.member_id, at=book.now,
    )  # fmt: skip
    return book.keep(row)


def is_self(by: str) -> bool:
    """Whether a role that a member typed is the member: `me` signs, or allowed it to themselves."""
    return by.strip().casefold() in {"me", "i", "myself", "me myself", "self"}


def main_stop(book: PlanBook) -> Decimal | None:
    """The stop of the price, else of the first term that has one."""
    rows = sorted(book.rows(Term), key=lambda row: role_of(row.name) != "price")
    return next((stop for row in rows if (stop := _number(row.stop)) is not None), None)


def keep_once(book: PlanBook, *, once: bool) -> None:
    """Say whether the volume is bought once, which leaves no horizon, or year by year."""
    book.plan.one_off = once
    if once:
        book.plan.horizon_months = None
    book.touch()


def keep_trade(book: PlanBook, said: TradeAnswer) -> Trade:
    """Add a planned trade, or the condition to one that has none."""
    for row in book.rows(Trade):
        if normal(row.we) == normal(said.we) and row.never == said.never:
            row.if_they = said.if_they or row.if_they
            return book.keep(row)
    row = Trade(workspace_id=0, plan_id=0, we=said.we, if_they=said.if_they, never=said.never)
    return book.keep(row)
