"""Searching what one member may read. Bounded, and the same on both databases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, or_, select

from storage.tables import Alternative, Answer, ListItem, PlanName, Row, Stakeholder, Term, Trade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select

    from storage.unit import Unit

_MOST = 60  # of each kind
_A = Answer.__table__
# What is searched of each table: (the kind as it is shown, the table, its texts).
_TEXTS: tuple[tuple[str, type[Row], tuple[str, ...]], ...] = (
    ("name", PlanName, ("name",)),
    ("term", Term, ("name", "reason")),
    ("alternative", Alternative, ("name", "note")),
    ("trade", Trade, ("if_they", "we")),
    ("stakeholder", Stakeholder, ("role", "name", "requirement")),
    ("list", ListItem, ("text", "answer")),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A text of a plan that holds all the words. `kind` is what it is; for an answer the key of its question."""

    plan_id: int
    kind: str
    text: str


def search_plans(unit: Unit, words: Sequence[str]) -> list[Hit]:
    """Texts of the member's plans that hold all the words, whatever their case. Answers for somebody else alone are not among
    them; the member's own make the answer one for the owner alone."""
    hits = [hit for kind, table, texts in _TEXTS for hit in _rows(unit, kind, table, texts, words)]
    return hits + _answers(unit, words)


def _rows(unit: Unit, kind: str, table: type[Row], texts: Sequence[str], words: Sequence[str]) -> list[Hit]:
    columns = table.__table__.c
    shown: Any = columns.list if kind == "list" else literal(kind)
    whole = _joined([columns[name] for name in texts])
    statement: Select[Any] = select(columns.plan_id, shown, whole)
    found = _run(unit, _readable(unit, statement, columns.plan_id).where(*_holds(whole, words)))
    return [Hit(int(plan_id), str(name), str(text)) for plan_id, name, text in found]


def _answers(unit: Unit, words: Sequence[str]) -> list[Hit]:
    """Only the newest answer to a question counts: what was corrected is not found any more."""
    later = _A.alias()
    newest = ~(
        select(literal(1))
        .where(later.c.plan_id == _A.c.plan_id, later.c.key == _A.c.key, later.c.number > _A.c.number)
        .exists()
    )
    allowed = or_(_A.c.owner_only.is_(False), _A.c.member_id == unit.seat.member_id)
    statement = select(_A.c.plan_id, _A.c.key, _A.c.text, _A.c.owner_only).where(newest, allowed)
    found = _run(unit, _readable(unit, statement, _A.c.plan_id).where(*_holds(_A.c.text, words)))
    unit.owner_part_was_read |= any(row[3] for row in found)
    return [Hit(int(row[0]), str(row[1]), str(row[2])) for row in found]


def _readable(unit: Unit, statement: Select[Any], plan_id: ColumnElement[int]) -> Select[Any]:
    """Narrowed to the plans that the member may read."""
    return statement.where(plan_id.in_(unit.plans.readable_ids()))


def _run(unit: Unit, statement: Select[Any]) -> list[Any]:
    bound = {"workspace": unit.seat.workspace_id, "member": unit.seat.member_id}
    rows = list(unit.connection.execute(statement.limit(_MOST), bound).all())
    unit.plan_was_read |= bool(rows)
    unit.plans_read.update(int(row[0]) for row in rows)
    return rows


def _joined(columns: Sequence[ColumnElement[str]]) -> ColumnElement[str]:
    whole: ColumnElement[str] = func.coalesce(columns[0], "")
    for column in columns[1:]:
        whole = whole.concat(literal(" · ")).concat(func.coalesce(column, ""))
    return whole


def _holds(text: ColumnElement[str], words: Sequence[str]) -> list[ColumnElement[bool]]:
    """That a text holds every word as it stands: `%` and `_` are characters like others.

    SQLite knows upper and lower case of the Latin letters without accents alone, so other words are looked for in
    three ways of writing.
    """
    return [
        or_(
            *(
                text.icontains(form, autoescape=True)
                for form in {word, word.lower(), word.upper(), word.title()}
            )
        )
        if not word.isascii()
        else text.icontains(word, autoescape=True)
        for word in words
    ]
