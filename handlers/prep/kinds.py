"""What the answers `flex` and `limits` say of terms becomes the terms' kind: must-have, flexible or nice to have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.prep.answers.lists import RoleAnswer
from handlers.prep.answers.movable import kinds_said, terms_needed
from handlers.prep.answers.read import ListAnswer, RowsAnswer
from handlers.prep.answers.terms import TermAnswer
from handlers.prep.echo import KINDS
from handlers.reading.names import wording
from handlers.terms.names import TermNames
from storage.tables import Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.prep.answers.read import Value
    from handlers.terms.rules import Kind
    from storage.book import PlanBook

SAYING = ("flex", "limits")
"""Questions whose answers say it. The later one counts where both name a term."""


def set_kinds(
    book: PlanBook, key: str, value: Value, before: Mapping[str, Any]
) -> dict[str, list[list[str]]]:
    """Give the terms that an answer names the kind that it says; those it no longer names are as they were before it.

    Gives what is to be kept with the answer: a term's normal name, its kind before, its kind now.
    """
    earlier = {name: (was, now) for name, was, now in before.get("kinds", ())} if before else {}
    rows = {row.normal: row for row in book.rows(Term)}
    said = _said(key, _text(value), list(rows.values()))
    for name, (was, now) in earlier.items():
        if name in rows and name not in said and rows[name].kind == now:
            _set(book, rows[name], was)
    kept: list[list[str]] = []
    for name, kind in said.items():
        was = earlier[name][0] if name in earlier and rows[name].kind == earlier[name][1] else rows[name].kind
        kept.append([name, was, kind])
        _set(book, rows[name], kind)
    return {"kinds": kept} if kept else {}


def kind_foretold(book: PlanBook, row: Term) -> Kind | None:
    """What was said of a term before it was there: which points move is asked before the terms are."""
    answers = book.answers()
    found: Kind | None = None
    for key in SAYING:
        if key in answers and not answers[key].gap:
            found = _said(key, answers[key].text, [row]).get(row.normal, found)
    return found


def told(book: PlanBook, value: Value, kept: Mapping[str, Any]) -> str:
    """`must-have: inspection; flexible: payment, lead`: what an answer made of the terms, or what another answer had
    said of the terms in this one. Empty for nothing."""
    rows = {row.normal: row for row in book.rows(Term)}
    of = {name: now for name, _, now in kept.get("kinds", ())}
    for said in value.rows if isinstance(value, RowsAnswer) else ():
        row = rows.get(wording(said.name)) if isinstance(said, TermAnswer) and said.kind is None else None
        if row is not None and row.kind != "flexible":
            of[row.normal] = row.kind
    return _listed({kind: [rows[name] for name, now in of.items() if now == kind] for kind in KINDS})


def _listed(groups: Mapping[str, list[Term]]) -> str:
    said = [f"{KINDS[kind]}: {', '.join(row.name for row in of)}" for kind, of in groups.items() if of]
    if any(row.weight for row in groups["must"]):
        said.append("a must-have is kept or broken, its weight does not count")
    return "; ".join(said)


def _said(key: str, text: str, terms: list[Term]) -> dict[str, Kind]:
    names = TermNames(terms, "")

    def known(words: str) -> str | None:
        term = names.exact(words)
        return None if term is None else term.normal

    return terms_needed(text, known) if key == "limits" else kinds_said(text, known)


def _text(value: Value) -> str:
    if isinstance(value, ListAnswer):
        return "\n".join(value.items)
    rows = value.rows if isinstance(value, RowsAnswer) else ()
    return "\n".join(row.requirement for row in rows if isinstance(row, RoleAnswer))


def _set(book: PlanBook, row: Term, kind: str) -> None:
    if row.kind != kind:
        row.kind = kind
        book.keep(row)
