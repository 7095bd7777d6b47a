"""`terms` shows what is negotiated, `term` adds or changes one thing of it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.asking import asking_which
from handlers.command import Command
from handlers.errors import Misread
from handlers.figures import cut
from handlers.not_a_plan import ask_about_name
from handlers.plan_choice import choose, open_book, ref
from handlers.prep.answers.known_terms import named
from handlers.prep.answers.terms import TermAnswer, read_term_row, read_term_values
from handlers.prep.feeding import keep_term
from handlers.reading.pairs import is_quoted, split_fields, unquoted
from handlers.terms.form import EXAMPLE, check_fields, edit_form, line_of, new_form
from handlers.terms.names import TermNames, usual_term
from handlers.terms.table import terms_parts
from handlers.turn import Choice, Choices, Field, FieldKind, Form, Reply, Text
from handlers.wrong_fields import WrongFields
from storage.tables import Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.command import Turn
    from storage.book import PlanBook

_BY_ID = re.compile(r"edit id:(\d{1,16})")
_REMOVE = re.compile(r"(?:remove|delete)\s+(.+)", re.IGNORECASE | re.DOTALL)
_ORDER = re.compile(r"(?:^|\s)(?:re)?order(?=\s|:|$)", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:open|target|stop|weight|walk-away)\s+[^\s\d]?\d|^(?:\S+\s+){1,3}(?:must|must-have|flexible|nice|nice to have)$"
    r"|^(?:\S+\s+)?(?:remove|delete)\s+\S+$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:open(?:ing)?|target|stop|walk-away|weight|levels)[\s:=]+[-\d\"]|\d\s*/\s*\d", re.IGNORECASE
)
"""What makes a line a term rather than a sentence in answer to an open question."""
_VALUES = re.compile(r"\d|=|:|\bmust\b|\bnice\b|\bflexible\b", re.IGNORECASE)


def terms(turn: Turn) -> Reply:
    """The table of terms, or their order."""
    if _ORDER.search(turn.rest):
        return _order(turn)
    if _one_told(turn.rest):
        return term(turn)
    every = re.fullmatch(r"(.*?)\s*\ball", turn.rest.strip(), re.DOTALL)
    head, _ = choose(turn, words=every[1] if every else None, bare=True)
    return Reply(terms_parts(turn, turn.unit.plans.sheet_of(head), every=every is not None))


def _one_told(rest: str) -> bool:
    """Whether the words after `terms` tell a term rather than ask for the list: `terms acme price: stop 4.05`."""
    return _ORDER.search(rest) is None and _TOLD.search(rest) is not None


def term(turn: Turn) -> Reply:
    """Add or change a term; without values a form asks for them."""
    book, rest = open_book(turn, to_edit=True)
    by_id = _BY_ID.fullmatch(rest)
    row = next((row for row in book.rows(Term) if by_id and row.id == int(by_id[1])), None)
    if turn.values is not None:
        return _from_form(turn, book, row, turn.values)
    with asking_which(turn, f"term {ref(book.plan.id)} {rest}"):
        remove = _REMOVE.fullmatch(rest)
        if remove is not None:
            return _remove(turn, book, remove[1])
        if not _VALUES.search(rest) or row is not None or rest.endswith(":") or _names(book).exact(rest):
            return _ask(book, rest.rstrip(" :"), row)
    return _kept(turn, book, _keep(turn, book, rest))


def _names(book: PlanBook) -> TermNames:
    return TermNames(book.rows(Term), cut(book.plan.supplier, 24))


def _keep(turn: Turn, book: PlanBook, rest: str) -> Term:
    """Reads `NAME: values` by what is known of the term, so that a change may say one thing alone."""
    head, mark, values = rest.partition(":")
    name, unit, quoted = named(head)
    known = _names(book).exact(f'"{name}"' if quoted else name) if mark else None
    with asking_which(turn, f"term {ref(book.plan.id)} {rest}"):
        if known is None:
            names = _names(book)
            said = read_term_row(rest, turn.manners, lambda said: names.exact(said) is not None)
            known = None if said.quoted else _names(book).find(said.name, adds="Add")
            if known is not None:
                return keep_term(book, replace(said, name=known.name))
            if len(said.name.split()) > 1 and not usual_term(said.name):
                line = f"term {ref(book.plan.id)} {rest}"
                ask_about_name(turn, book, said.name, line, f"a new term, {cut(said.name, 40)}")
            return keep_term(book, said)
        levels = {name: Decimal(str(score)) for name, score in known.levels.items()} or None
        change = TermAnswer(known.name, unit, levels=levels)
        return keep_term(book, read_term_values(change, values, turn.manners))


def _kept(turn: Turn, book: PlanBook, row: Term) -> Reply:
    return Reply(terms_parts(turn, book, first=f"Kept: {cut(row.name, 40)}."))


def _ask(book: PlanBook, rest: str, row: Term | None) -> Reply:
    """The form of the term that is meant; a choice of terms where none is."""
    plan = ref(book.plan.id)
    if re.fullmatch(r"(?:new|add)?", rest, re.IGNORECASE):
        return Reply(form=new_form(f"term {plan} new"))
    if row is None and rest.lower() != "edit":
        name = re.sub(r"^(?:edit|change)\s+", "", rest, flags=re.IGNORECASE)
        row = _names(book).find(name, adds="Add")
        if row is None and is_quoted(name):
            return Reply(form=new_form(f"term {plan} new", unquoted(name)))
        if row is None:
            raise _names(book).unknown(rest)
    if row is not None:
        return Reply(form=edit_form(row, f"term {plan} edit id:{row.id}"))
    options = tuple(
        Choice(cut(one.name, 30), f"term {plan} edit id:{one.id}") for one in book.rows(Term)[:20]
    )
    if not options:
        return Reply(form=new_form(f"term {plan} new"))
    return Reply((Text(("Which term?",)), Choices(options)))


def _from_form(turn: Turn, book: PlanBook, row: Term | None, values: Mapping[str, str]) -> Reply:
    """What stands in the form is all that holds from now on: what was emptied is gone."""
    called = values.get("name", "") if row is None else row.name
    check_fields(called, values, turn.manners)
    said = read_term_row(line_of(called, values), turn.manners)
    if row is not None:
        row.opening = row.target = row.stop = row.their_stop = None
        row.weight = row.their_weight = None
        row.levels = {}
    elif (found := _names(book).exact(said.name)) is not None:
        taken = Misread(f"There is a term called {cut(found.name, 40)} already.", example=f"term {EXAMPLE}")
        raise WrongFields([("name", "Name and unit", taken)])
    return _kept(turn, book, keep_term(book, said))


def _remove(turn: Turn, book: PlanBook, name: str) -> Reply:
    found = _names(book).find(name)
    if found is None:
        raise _names(book).unknown(name)
    book.remove(found)
    return Reply(terms_parts(turn, book, first=f"Removed: {cut(found.name, 40)}."))


def _order(turn: Turn) -> Reply:
    """Put the terms into another order: the named ones first, the rest as they stood."""
    plan, said = _ORDER.split(turn.rest, maxsplit=1)
    book, _ = open_book(turn, words=plan, bare=True, to_edit=True)
    rows = book.rows(Term)
    said = turn.values.get("order", "") if turn.values is not None else said.strip(" :")
    if not said.strip():
        field = Field("order", "Terms, one a line", FieldKind.LINES, "\n".join(row.name for row in rows))
        return Reply(form=Form(f"terms {ref(book.plan.id)} order", "Order of terms", (field,)))
    first: list[Term] = []
    with asking_which(turn, f"terms {ref(book.plan.id)} order {said}"):
        for words in split_fields(said):
            found = _names(book).find(words)
            if found is None:
                raise _names(book).unknown(words)
            first += [found] if found not in first else []
    for position, row in enumerate([*first, *(row for row in rows if row not in first)], 1):
        row.position = position
        book.keep(row)
    return Reply(terms_parts(turn, book, first="Put into that order."))


COMMANDS = (
    Command(
        "terms",
        terms,
        reads=lambda rest: _ORDER.search(rest) is None and not _one_told(rest),
        figures=_one_told,
    ),
    Command(
        "term",
        term,
        figures=lambda rest: _VALUES.search(re.sub(r"plan:\d+", "", rest)) is not None,
        whole=lambda rest: (_TOLD.search(rest) or _TELLS.search(rest)) is not None,
    ),
)
