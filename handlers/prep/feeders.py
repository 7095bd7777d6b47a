"""What each answer fills in a plan. Rows that an earlier answer to the same question put there, and this one no longer
names, go; rows that came in another way stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.errors import Misread
from handlers.prep.answers.alternatives import AlternativeAnswer
from handlers.prep.answers.deals import DealAnswer
from handlers.prep.answers.lists import ObjectionAnswer, RoleAnswer
from handlers.prep.answers.mandates import MandateAndSigner, MandateAnswer
from handlers.prep.answers.occasions import DaysAnswer, TalksAnswer
from handlers.prep.answers.quantities import ScopeAnswer, read_volume, unit_of
from handlers.prep.answers.read import DayAnswer, ListAnswer, NumberAnswer, RowsAnswer, Worth
from handlers.prep.answers.sums import MoneyAnswer
from handlers.prep.answers.terms import TermAnswer
from handlers.prep.answers.trades import TradeAnswer
from handlers.prep.fed_by_words import SPECIAL, call_supplier
from handlers.prep.feeding import (
    check_named,
    find_alternative,
    find_term,
    keep_alternative,
    keep_mandate,
    keep_once,
    keep_term,
    keep_trade,
)
from handlers.prep.kinds import SAYING, set_kinds
from handlers.reading.names import normal
from handlers.terms.names import TermNames
from storage.tables import Alternative, ListItem, Stakeholder, Term, Trade

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handlers.manners import Manners
    from handlers.prep.answers.read import Value
    from handlers.prep.question import Question
    from storage.book import PlanBook

Kept = dict[str, Any]


def feed(
    book: PlanBook,
    question: Question,
    value: Value,
    before: Mapping[str, Any],
    manners: Manners,
    whole: Value | None = None,
) -> Kept:
    """Put an answer's value into the plan's rows, and give what is kept with the answer.

    `before` is what was kept with the answer that this one takes the place of. `whole` is the answer, where `value` is only
    what changed in it.
    """
    if isinstance(value, RowsAnswer):
        kept = _feed_rows(book, question, value, before, whole if isinstance(whole, RowsAnswer) else value)
    elif isinstance(value, ListAnswer):
        kept = _feed_words(book, question, value, before, manners)
    else:
        kept = _feed_facts(book, question, value, manners)
    return kept | (set_kinds(book, question.key, whole or value, before) if question.key in SAYING else {})


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
    _scope(book, ScopeAnswer("", value.volume, value.unit, value.horizon_months, value.one_off))
    _fill(book, "baseline", value.baseline)
    _fill(book, "currency", value.currency)
    return {}


def _scope(book: PlanBook, value: ScopeAnswer) -> None:
    if value.what and not book.plan.title:
        _fill(book, "title", value.what[:120])
    _fill(book, "volume", value.volume)
    _fill(book, "unit", value.unit)
    _fill(book, "horizon_months", value.horizon_months)
    if value.one_off is not None:
        keep_once(book, once=value.one_off)


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
        if book.plan.volume is None and (volume := read_volume(value.note, manners)) and not volume.one_off:
            _fill(book, "volume", volume.units)
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
    special = SPECIAL.get(question.key)
    if special:
        special(book, value, manners)
    listed = _LISTS.get(question.key)
    if listed:
        _sync_list(book, listed, [(item, "") for item in value.items], before)
    return kept


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
    for text, answer in dict(items).items():
        row = rows.get(text)
        if row is None:
            book.keep(ListItem(workspace_id=0, plan_id=0, list=name, text=text, answer=answer))
        elif answer and row.answer != answer:
            row.answer = answer
            book.keep(row)


# ---- rows ----


def _feed_rows(
    book: PlanBook, question: Question, value: RowsAnswer, before: Mapping[str, Any], whole: RowsAnswer
) -> Kept:
    objections = [(row.they, row.we) for row in value.rows if isinstance(row, ObjectionAnswer)]
    roles = [row for row in value.rows if isinstance(row, RoleAnswer)]
    for row in value.rows:
        if isinstance(row, AlternativeAnswer) and question.key in {"cost", "status"}:
            check_named(book, row)
    kept = [_feed_row(book, row) for row in value.rows]
    names = list(dict.fromkeys([*filter(None, kept), *_named(book, whole)]))
    if question.kind == "objections":
        _sync_list(book, "objection", objections, before)
        return {"items": [they for they, _ in objections]}
    if question.kind == "stakeholders":
        return _sync_roles(book, roles, before)
    if question.kind != "alternatives" or question.key == "alts":  # costs and quotes name some, not all
        _forget(book, question.kind, set(before.get("names", ())) - set(names))
    return {"names": names}


def _named(book: PlanBook, whole: RowsAnswer) -> Iterator[str]:
    """The terms and alternatives that an answer names, changed in it or not."""
    terms, alternatives = book.rows(Term), book.rows(Alternative)
    for row in whole.rows:
        if isinstance(row, TermAnswer) and (term := find_term(terms, row.name)) is not None:
            yield term.normal
        elif (
            isinstance(row, AlternativeAnswer)
            and (way := find_alternative(alternatives, row.name)) is not None
        ):
            yield way.normal


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
    row = TermNames(book.rows(Term), "").exact(said.term)
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
    now = dict.fromkeys(
        (role.role, role.requirement) for role in roles
    )  # in the order in which they were said
    for role, requirement in before.get("roles", ()):
        row = rows.get((role, requirement))
        if row is not None and (role, requirement) not in now:
            book.remove(row)
    for role, requirement in now:
        if (role, requirement) not in rows:
            book.keep(Stakeholder(workspace_id=0, plan_id=0, role=role, requirement=requirement))
    return {"roles": [[role.role, role.requirement] for role in roles]}
