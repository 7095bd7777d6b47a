"""What each answer fills in a plan. Rows that an earlier answer to the same question put there, and this one no longer
names, go; rows that came in another way stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handlers.errors import Misread
from handlers.prep.answers.alternatives import ROLLS_OVER, AlternativeAnswer
from handlers.prep.answers.deals import DealAnswer
from handlers.prep.answers.figures import price
from handlers.prep.answers.lists import ObjectionAnswer, RoleAnswer
from handlers.prep.answers.mandates import MandateAndSigner, MandateAnswer
from handlers.prep.answers.occasions import DaysAnswer, TalksAnswer
from handlers.prep.answers.quantities import ScopeAnswer, read_volume, unit_of
from handlers.prep.answers.read import DayAnswer, ListAnswer, NumberAnswer, RowsAnswer, Worth
from handlers.prep.answers.rows import labelled
from handlers.prep.answers.sums import MoneyAnswer
from handlers.prep.answers.terms import TermAnswer
from handlers.prep.answers.trades import TradeAnswer
from handlers.prep.feeding import find_term, keep_alternative, keep_mandate, keep_term, keep_trade
from handlers.reading.names import match, normal
from handlers.terms.rules import role_of
from storage.tables import Alternative, ListItem, Stakeholder, Term, Trade

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handlers.manners import Manners
    from handlers.prep.answers.read import Value
    from handlers.prep.question import Question
    from storage.book import PlanBook

Kept = dict[str, Any]


def feed(
    book: PlanBook, question: Question, value: Value, before: Mapping[str, Any], manners: Manners
) -> Kept:
    """Put an answer's value into the plan's rows, and give what is kept with the answer.

    `before` is what was kept with the answer that this one takes the place of.
    """
    if isinstance(value, RowsAnswer):
        return _feed_rows(book, question, value, before)
    if isinstance(value, ListAnswer):
        return _feed_words(book, question, value, before, manners)
    return _feed_facts(book, question, value, manners)


# ---- facts of the plan ----


def _feed_facts(book: PlanBook, question: Question, value: Value, manners: Manners) -> Kept:
    match value:
        case DealAnswer():
            return _deal(book, value)
        case ScopeAnswer():
            _scope(book, value)
        case TalksAnswer():
            return _talks(book, value)
        case DaysAnswer():
            for name in ("talks_at", "decide_by", "need_by"):
                _fill(book, name, getattr(value, name))
        case MoneyAnswer():
            return _money(book, question, value, manners)
        case MandateAnswer():
            keep_mandate(book, value)
        case MandateAndSigner():
            return _mandate_and_signer(book, value)
        case DayAnswer():
            return {"day": value.day.isoformat()}
        case NumberAnswer():
            return {"number": format(value.value, "f")}
        case _:
            pass
    return {}


def _fill(book: PlanBook, name: str, value: object) -> None:
    """Change a field of the plan where something was said of it."""
    if value is not None and value != "":
        setattr(book.plan, name, value)
        book.touch()


def _deal(book: PlanBook, value: DealAnswer) -> Kept:
    if value.supplier:
        call_supplier(book, value.supplier)
    _fill(book, "title", value.what[:120])
    _scope(book, ScopeAnswer("", value.volume, value.unit, value.horizon_months))
    _fill(book, "baseline", value.baseline)
    _fill(book, "currency", value.currency)
    return {}


def call_supplier(book: PlanBook, name: str) -> None:
    """Another name for the supplier. A fuller form of the one that is known becomes an alias; else it is the name."""
    known = book.plan.supplier
    if not (normal(name).startswith(normal(known)) or match(name, {0: [known]}).one is not None):
        book.plan.supplier = name
    book.call(name, normal(name))


def _scope(book: PlanBook, value: ScopeAnswer) -> None:
    if value.what and not book.plan.title:
        _fill(book, "title", value.what[:120])
    _fill(book, "volume", value.volume)
    _fill(book, "unit", value.unit)
    _fill(book, "horizon_months", value.horizon_months)


def _talks(book: PlanBook, value: TalksAnswer) -> Kept:
    _fill(book, "talks_at", value.talks_at)
    return {"counterpart": value.counterpart, "authority": value.authority}


def _money(book: PlanBook, question: Question, value: MoneyAnswer, manners: Manners) -> Kept:
    kept: Kept = {"amount": format(value.amount, "f"), "note": value.note}
    if value.dated:
        kept["dated"] = value.dated.isoformat()
    if question.key == "baseline":
        _fill(book, "baseline", value.amount)
        _fill(book, "currency", value.currency)
        _fill(book, "unit", unit_of(value.unit))
        if book.plan.volume is None and (volume := read_volume(value.note, manners)):
            _fill(book, "volume", volume[0])
    return kept


def _mandate_and_signer(book: PlanBook, value: MandateAndSigner) -> Kept:
    recorded = keep_mandate(book, value.mandate) if value.mandate else None
    return {
        "by": value.mandate.by if value.mandate else "",
        "signer": value.signer,
        "recorded": bool(recorded),
    }


# ---- words ----


def _feed_words(
    book: PlanBook, question: Question, value: ListAnswer, before: Mapping[str, Any], manners: Manners
) -> Kept:
    kept: Kept = {"items": list(value.items)} if question.kind != "text" else {}
    special = _SPECIAL.get(question.key)
    if special:
        special(book, value, manners)
    listed = _LISTS.get(question.key)
    if listed:
        _sync_list(book, listed, [(item, "") for item in value.items], before)
    return kept


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


def _default(book: PlanBook, value: ListAnswer, _: Manners) -> None:
    """Doing nothing is an alternative too."""
    rolls = re.search(r"\broll(?:s|ing)?\b|\brenews?\b|\bruns? on\b", value.items[0], re.I)
    name = ROLLS_OVER if rolls else "nothing happens"
    keep_alternative(book, AlternativeAnswer(name, status="own", note=value.items[0][:500]))


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


_SPECIAL: dict[str, Callable[[PlanBook, ListAnswer, Manners], None]] = {
    "supplier": _supplier,
    "theirs": _theirs,
    "default": _default,
    "reasons": _reasons,
}
_LISTS = {"ask": "question", "open": "open"}


def _sync_list(
    book: PlanBook, name: str, items: Sequence[tuple[str, str]], before: Mapping[str, Any]
) -> None:
    """Make the plan's list hold these items, each a text and its answer, besides those that came in another way."""
    rows = {row.text: row for row in book.rows(ListItem, list=name)}
    now = {text for text, _ in items}
    for text in before.get("items", ()):
        row = rows.get(str(text))
        if row is not None and text not in now and not row.done:
            book.remove(row)
    for text, answer in items:
        row = rows.get(text) or ListItem(workspace_id=0, plan_id=0, list=name, text=text)
        if row.id not in {known.id for known in rows.values()} or (answer and row.answer != answer):
            row.answer = answer or row.answer
            book.keep(row)


# ---- rows ----


def _feed_rows(book: PlanBook, question: Question, value: RowsAnswer, before: Mapping[str, Any]) -> Kept:
    objections = [(row.they, row.we) for row in value.rows if isinstance(row, ObjectionAnswer)]
    roles = [row for row in value.rows if isinstance(row, RoleAnswer)]
    kept = [_feed_row(book, row) for row in value.rows]
    names = [name for name in kept if name]
    if question.kind == "objections":
        _sync_list(book, "objection", objections, before)
        return {"items": [they for they, _ in objections]}
    if question.kind == "stakeholders":
        return _sync_roles(book, roles, before)
    if question.kind != "alternatives" or question.key == "alts":  # costs and quotes name some, not all
        _forget(book, question.kind, set(before.get("names", ())) - set(names))
    return {"names": names}


def _feed_row(book: PlanBook, row: object) -> str:
    """One row kept; the normal form by which it is found again."""
    match row:
        case TermAnswer():
            return keep_term(book, row).normal
        case AlternativeAnswer():
            return keep_alternative(book, row).normal
        case TradeAnswer():
            return normal(keep_trade(book, row).we)
        case Worth():
            return _worth(book, row).normal
        case _:
            return ""


def _worth(book: PlanBook, said: Worth) -> Term:
    row = find_term(book.rows(Term), said.term)
    if row is None:
        there = ", ".join(term.name for term in book.rows(Term)) or "none yet"
        raise Misread(
            f"This plan has no term called {said.term}. Its terms: {there}.",
            example="net 1 day = 24.33 a year",
        )
    row.worth = said.worth
    return book.keep(row)


def _forget(book: PlanBook, kind: str, names: set[str]) -> None:
    """Take out rows that the earlier answer named and this one does not."""
    if not names:
        return
    gone: list[Term | Alternative | Trade] = []
    if kind in {"terms", "triples", "triple"}:
        gone.extend(row for row in book.rows(Term) if row.normal in names)
    elif kind == "alternatives":
        gone.extend(row for row in book.rows(Alternative) if row.normal in names)
    elif kind == "trades":
        gone.extend(row for row in book.rows(Trade) if normal(row.we) in names and not row.used)
    for row in gone:
        book.remove(row)


def _sync_roles(book: PlanBook, roles: Sequence[RoleAnswer], before: Mapping[str, Any]) -> Kept:
    rows = {(row.role, row.requirement): row for row in book.rows(Stakeholder)}
    now = {(role.role, role.requirement) for role in roles}
    for role, requirement in before.get("roles", ()):
        row = rows.get((role, requirement))
        if row is not None and (role, requirement) not in now:
            book.remove(row)
    for role, requirement in now - set(rows):
        book.keep(Stakeholder(workspace_id=0, plan_id=0, role=role, requirement=requirement))
    return {"roles": [[role.role, role.requirement] for role in roles]}
