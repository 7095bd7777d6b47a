"""From what was typed to a value, by the kind and the rule of the question. Pure: nothing is kept here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from handlers.errors import Misread
from handlers.prep.answers.alternatives import AlternativeAnswer, read_alternatives
from handlers.prep.answers.deals import DealAnswer, read_deal
from handlers.prep.answers.lists import (
    ObjectionAnswer,
    RoleAnswer,
    read_choice,
    read_items,
    read_objections,
    read_questions,
    read_roles,
    read_several,
)
from handlers.prep.answers.mandates import (
    MandateAndSigner,
    MandateAnswer,
    read_mandate,
    read_mandate_and_signer,
)
from handlers.prep.answers.occasions import DaysAnswer, TalksAnswer, future_day, read_days, read_talks
from handlers.prep.answers.quantities import ScopeAnswer, read_scope
from handlers.prep.answers.sums import MoneyAnswer, read_dated_money, read_money
from handlers.prep.answers.term_rows import read_terms
from handlers.prep.answers.terms import TermAnswer, read_main
from handlers.prep.answers.trades import TradeAnswer, read_trades
from handlers.prep.answers.worths import read_worths
from handlers.reading.numbers import read_number
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from handlers.manners import Manners
    from handlers.prep.question import Question

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Worth:
    """Money for one unit of a term."""

    term: str
    worth: Decimal


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """One thing or several, as words."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowsAnswer:
    """Rows of one kind."""

    rows: tuple[TermAnswer | AlternativeAnswer | TradeAnswer | ObjectionAnswer | RoleAnswer | Worth, ...]


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """A day."""

    day: date


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A number."""

    value: Decimal


Value: TypeAlias = (
    DealAnswer
    | TalksAnswer
    | ScopeAnswer
    | DaysAnswer
    | DayAnswer
    | MoneyAnswer
    | NumberAnswer
    | MandateAnswer
    | MandateAndSigner
    | ListAnswer
    | RowsAnswer
)


@dataclass(frozen=True, slots=True)
class Context:
    """What reading an answer needs to know: how the member writes, what time it is, which supplier it is about."""

    manners: Manners
    now: datetime
    today: date
    supplier: str = ""


def read_answer(question: Question, text: str, context: Context) -> Value:
    """The value of an answer. Raises Misread (or TwoReadings) with what was understood, what is wrong, an example."""
    typed = text.strip()
    if not typed:
        raise Misread("I need an answer here, or “skip”.", example=question.example)
    if len(typed) > LONGEST:
        raise Misread(
            f"That is longer than {LONGEST:,} characters.",
            understood=f"I read {excerpt(typed)}.",
            example=question.example,
        )
    if question.rule == "volume":
        return read_scope(typed, context.manners)
    return _READERS.get(question.kind, _text)(question, typed, context)


def _text(question: Question, text: str, _: Context) -> Value:
    return ListAnswer((text,))


def _choice(question: Question, text: str, _: Context) -> Value:
    return ListAnswer((read_choice(text, question.choices),))


def _several(question: Question, text: str, _: Context) -> Value:
    return ListAnswer(read_several(text, question.choices, question.example))


def _list(question: Question, text: str, _: Context) -> Value:
    return ListAnswer(read_items(text, question.example))


def _questions(question: Question, text: str, _: Context) -> Value:
    if question.rule == "open_question":
        return ListAnswer(read_questions(text))
    return ListAnswer(read_items(text, question.example))


def _money(question: Question, text: str, context: Context) -> Value:
    if question.rule == "dated":
        return read_dated_money(text, context.manners, context.today, question.example)
    return read_money(text, context.manners, question.example)


def _number(question: Question, text: str, context: Context) -> Value:
    value = read_number(text, context.manners, example=question.example).value
    if question.rule == "positive" and value <= 0:
        raise Misread("That has to be above zero.", example=question.example)
    return NumberAnswer(value)


def _date(question: Question, text: str, context: Context) -> Value:
    if question.multi:
        return read_days(text, context.now, context.manners)
    return DayAnswer(future_day(text, context.now, context.manners))


def _mandate(question: Question, text: str, context: Context) -> Value:
    if "signer" in question.feeds:
        return read_mandate_and_signer(text, context.manners, context.today)
    return read_mandate(text, context.manners, context.today)


def _worths(text: str, manners: Manners) -> tuple[Worth, ...]:
    return tuple(Worth(*said) for said in read_worths(text, manners))


_NONE = re.compile(r"^(?:none|nothing|no)\.?$", re.IGNORECASE)


def _rows(read: Callable[[str, Context], Sequence[object]]) -> Callable[..., Value]:
    """Rows; `none` is an answer wherever rows are asked for."""

    def reader(question: Question, text: str, context: Context) -> Value:
        return RowsAnswer(() if _NONE.match(text) else tuple(read(text, context)))  # type: ignore[arg-type]

    return reader


def _alternatives(question: Question, text: str, context: Context) -> Value:
    """Alternatives. Where it is asked what they cost, something has to say what one of them costs."""
    rows = () if _NONE.match(text) else tuple(read_alternatives(text, context.manners, context.today))
    if question.rule == "positive" and rows and not any(row.price or row.items for row in rows):
        raise Misread(
            "I need what it costs after the name.",
            understood=f"I read {excerpt(text)}.",
            example=question.example,
        )
    return RowsAnswer(rows)


_READERS: dict[str, Callable[[Question, str, Context], Value]] = {
    "text": _text,
    "choice": _choice,
    "several": _several,
    "list": _list,
    "questions": _questions,
    "money": _money,
    "number": _number,
    "date": _date,
    "mandate": _mandate,
    "deal": lambda _, text, c: read_deal(text, c.manners, supplier=c.supplier),
    "talks": lambda _, text, c: read_talks(text, c.now, c.manners),
    "triple": lambda _, text, c: RowsAnswer((read_main(text, c.manners),)),
    "terms": _rows(lambda text, c: read_terms(text, c.manners)),
    "triples": _rows(lambda text, c: read_terms(text, c.manners)),
    "alternatives": _alternatives,
    "trades": _rows(lambda text, _: read_trades(text)),
    "objections": _rows(lambda text, _: read_objections(text)),
    "stakeholders": _rows(lambda text, _: read_roles(text)),
    "costs": _rows(lambda text, c: _worths(text, c.manners)),
}
