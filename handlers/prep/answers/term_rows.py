"""Several terms as they are typed: one a row, or in a pasted table."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.answers.known_terms import named
from handlers.prep.answers.rows import is_table, rows_of
from handlers.prep.answers.terms import EXAMPLE, TermAnswer, read_term_row, read_term_values
from handlers.reading.names import wording
from handlers.reading.numbers import read_number
from handlers.reading.pairs import split_fields
from handlers.reading.plain import excerpt, misread
from handlers.reading.tables import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.manners import Manners

_NAME_AHEAD = r"(?=(?!weight|open|target|stop|their\b)[^\W\d](?:[^\d,;:=/]*|[^,;:=/]*:)\s[-\d.,]+\s*/)"
_NEXT = re.compile(rf"(?:,\s+(?:and\s+)?|(?<=[\d%])\s+and\s+){_NAME_AHEAD}", re.I)  # , lead 21/28/45
_COLUMNS = {
    **dict.fromkeys(("term", "name", "what"), "name"), **{key: key for key in ("opening", "target", "stop", "weight")},
    **dict.fromkeys(("open", "anchor", "say first"), "opening"), "hope for": "target", "aim": "target",
    **dict.fromkeys(("stop at", "walk away", "limit"), "stop"), "weight %": "weight", "w": "weight", "unit": "unit",
}  # fmt: skip


def read_terms(text: str, manners: Manners) -> list[TermAnswer]:
    """Terms, one a row or in a pasted table with or without a heading. Raises Misread, also for a name twice."""
    pieces = [piece for row in rows_of(text) for piece in _NEXT.split(row)]
    terms = _table(text, manners) if _is_table(text) else [read_term_row(piece, manners) for piece in pieces]
    if not terms:
        raise misread(text, "I need one term or more.", EXAMPLE)
    names = [wording(term.name) for term in terms]
    twice = next((term.name for at, term in enumerate(terms) if names[at] in names[:at]), None)
    if twice:
        raise Misread(f"{excerpt(twice)} is there twice.", example=EXAMPLE)
    return terms


def _is_table(text: str) -> bool:
    """Pasted cells, or lines of a name and figures parted by commas, with or without a heading."""
    if is_table(text):
        return True
    lines = [split_fields(line) for line in text.split("\n") if line.strip()]
    heading = bool(lines) and sum(field.casefold() in _COLUMNS for field in lines[0]) > 1
    return heading or all(len(line) > 3 and _are_figures(line[1:]) for line in lines)


def _are_figures(fields: list[str]) -> bool:
    return all(re.fullmatch(r"[-+]?[\d.,]+\s?%?|-", field) for field in fields)


def _table(text: str, manners: Manners) -> list[TermAnswer]:
    rows = read_rows(text, _COLUMNS)
    return [_table_row(row, manners) for row in rows if row.get("name")]


def _table_row(row: Mapping[str, str], manners: Manners) -> TermAnswer:
    name, unit, quoted = named(row["name"])
    cells = [row.get(place) or "-" for place in ("opening", "target", "stop")]
    term = TermAnswer(name, row.get("unit") or unit, quoted=quoted)
    if row.get("weight"):
        term = replace(term, weight=read_number(row["weight"], manners, what="a weight", example="50").value)
    if all(cell == "-" for cell in cells):
        return term
    return read_term_values(term, " / ".join(cells), manners)
