"""An answer that is edited: what its writer left as it was is not said again, so a newer change by a command stays."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from handlers.prep.answers.alternatives import AlternativeAnswer
from handlers.prep.answers.deals import DealAnswer
from handlers.prep.answers.occasions import DaysAnswer, TalksAnswer
from handlers.prep.answers.quantities import ScopeAnswer
from handlers.prep.answers.read import RowsAnswer
from handlers.prep.answers.terms import TermAnswer
from handlers.prep.feeding import cost_row, find_alternative, find_term
from handlers.reading.names import normal, wording
from storage.tables import Alternative, Term

if TYPE_CHECKING:
    from handlers.prep.answers.read import Value
    from storage.book import PlanBook

V = TypeVar("V")
_MERGED = TermAnswer | AlternativeAnswer
_NOTHING = (None, "", ())
_PARTS_OF_TERM: dict[str, Any] = dict.fromkeys(("opening", "target", "stop", "weight"))
_PARTS_OF_ALTERNATIVE: dict[str, Any] = {
    **dict.fromkeys(
        ("price", "chance", "valid_until", "latest_start", "lead_days", "uplift", "horizon_months")
    ),
    "items": (),
    "status": "unquoted",
    "note": "",
}
"""What can be taken out of an answer by editing it, and what stands in the row then."""


def only_changes(value: Value, before: Value) -> Value:
    """The value without what it shares with the answer before; a row that says nothing new is left out."""
    if isinstance(value, RowsAnswer) and isinstance(before, RowsAnswer):
        known = {_key(row): row for row in before.rows if isinstance(row, _MERGED)}
        return RowsAnswer(
            tuple(_row(row, known.get(_key(row))) for row in value.rows if row != known.get(_key(row)))
        )
    if isinstance(value, DealAnswer | ScopeAnswer | DaysAnswer | TalksAnswer) and type(value) is type(before):
        return _without_same(value, before, ("counterpart", "authority"))  # kept with the answer itself
    return value


def take_out(book: PlanBook, value: Value, before: Value) -> None:
    """Clear in the rows what the answer before said of a term or an alternative and the edited one says no more. What a
    command has changed since stays."""
    if not isinstance(value, RowsAnswer) or not isinstance(before, RowsAnswer):
        return
    was = {_key(row): row for row in before.rows if isinstance(row, _MERGED)}
    for said in value.rows:
        if isinstance(said, _MERGED) and (old := was.get(_key(said))) is not None:
            _clear(book, said, old)


def _clear(book: PlanBook, said: TermAnswer | AlternativeAnswer, old: Any) -> None:
    row: Any
    if isinstance(said, TermAnswer):
        row, parts = find_term(book.rows(Term), said.name), _PARTS_OF_TERM
    else:
        row, parts = find_alternative(book.rows(Alternative), said.name), _PARTS_OF_ALTERNATIVE
    if row is None:
        return
    for name, empty in parts.items():
        told, now = getattr(old, name), getattr(said, name)
        kept = [cost_row(item) for item in told] if name == "items" else told
        if told not in _NOTHING and now in _NOTHING and getattr(row, name) == kept:
            setattr(row, name, list(empty) if isinstance(empty, tuple) else empty)
            book.keep(row)


def stands_otherwise(book: PlanBook, value: Value) -> list[str]:
    """Terms and alternatives of an answer that stand at another figure than it says: changed since, and left so."""
    rows = value.rows if isinstance(value, RowsAnswer) else ()
    terms, alternatives = book.rows(Term), book.rows(Alternative)
    found = []
    for row in rows:
        if isinstance(row, TermAnswer):
            term = find_term(terms, row.name)
            said = (row.opening, row.target, row.stop)
            now = (term.opening, term.target, term.stop) if term is not None else ()
            if any(
                one is not None and one != other for one, other in zip(said, now or (None,) * 3, strict=True)
            ):
                found.append(
                    f"{row.name} {'/'.join(each or '-' for each in now)}" if now else f"no {row.name}"
                )
        elif isinstance(row, AlternativeAnswer) and row.price is not None:
            kept = find_alternative(alternatives, row.name)
            if kept is None or kept.price != row.price:
                found.append(f"no {row.name}" if kept is None else f"{kept.name} {kept.price}")
    return found


def _key(row: object) -> tuple[str, str]:
    form = wording if isinstance(row, TermAnswer) else normal
    return type(row).__name__, form(str(getattr(row, "name", row)))


def _row(row: Any, before: Any) -> Any:
    return row if before is None else _without_same(row, before, ("name",))


def _without_same(value: V, before: V, always: tuple[str, ...]) -> V:
    """A copy in which every field that is as it was before says nothing."""
    same: dict[str, Any] = {
        one.name: one.default
        for one in fields(value)  # type: ignore[arg-type]
        if one.name not in always and getattr(value, one.name) == getattr(before, one.name)
    }
    return replace(value, **same)  # type: ignore[type-var]
