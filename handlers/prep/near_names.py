"""Names of terms and alternatives in an answer that are nearly those of other rows: asked about before anything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.prep.answers.alternatives import AlternativeAnswer
from handlers.prep.answers.read import RowsAnswer, Worth
from handlers.prep.answers.terms import TermAnswer
from handlers.prep.feeding import find_alternative, find_term
from handlers.reading.names import near, normal, wording
from handlers.reading.near import NearName
from handlers.terms.names import TermNames
from storage.tables import Alternative, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from handlers.prep.answers.read import Value
    from storage.book import PlanBook


def check_names(book: PlanBook, value: Value, before: Mapping[str, Any]) -> None:
    """Raises NearName where an answer names what is nearly, and not quite, another row of the plan.

    Rows that the answer names itself are meant by those names; rows that the answer `before` put there, and this one names
    no more, are about to go. Neither can be meant by a name beside them.
    """
    if not isinstance(value, RowsAnswer):
        return
    gone = set(before.get("names", ()))
    said_terms = [row for row in value.rows if isinstance(row, TermAnswer)]
    terms = [row for row in book.rows(Term) if row.normal not in gone]
    _check([(row.name, row.quoted) for row in said_terms], terms, find_term, wording, "Add")
    said_ways = [(row.name, row.quoted) for row in value.rows if isinstance(row, AlternativeAnswer)]
    ways = [row for row in book.rows(Alternative) if row.normal not in gone]
    _check(said_ways, ways, find_alternative, normal, "Add")
    worths = [row.term for row in value.rows if isinstance(row, Worth)]
    names = TermNames(book.rows(Term), "")
    for name in worths:
        names.find(name)


def _check(
    said: Sequence[tuple[str, bool]],
    rows: Sequence[Any],
    find: Callable[[Sequence[Any], str], Any],
    form: Callable[[str], str],
    adds: str,
) -> None:
    named = [row for name, _ in said if (row := find(rows, name)) is not None]
    others = [row for row in rows if row not in named]
    for name, quoted in said:
        if not quoted and find(rows, name) is None and (known := names_near(name, others, form)):
            raise NearName(name, known, adds=adds)


def names_near(name: str, rows: Iterable[Any], form: Callable[[str], str]) -> tuple[str, ...]:
    """The names of the rows that a name is near."""
    return near(name, {row.name: (row.name,) for row in rows}, form)
