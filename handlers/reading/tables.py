"""Tables as they are pasted: from a spreadsheet, as CSV, or with pipes."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.reading.pairs import split_fields, unquoted
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping

_RULE = re.compile(r"\|?(?:\s*(?::-+:?|-+:|-{2,})\s*(?:\||$))+")
_CSV_COMMA = re.compile(r"[^\d\s],(?=\S)|,(?=[^\d\s])")


def read_table(text: str) -> list[list[str]]:
    """The rows and cells of a table: tabs, pipes, semicolons or commas part the cells, in this order.

    Cells are trimmed and unquoted; blank rows and the rule below a header are dropped. A comma between digits is
    a decimal comma unless the first line shows that commas part cells without blanks. Raises Misread if empty.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        raise Misread("There is no table to read.", example="price; 3.45; 3.70; 4.05")
    rows = [[cell.strip() for cell in row] for row in _rows(text, lines)]
    return [row for row in rows if any(row)]


def _rows(text: str, lines: list[str]) -> list[list[str]]:
    if "\t" in text:
        return _separated(text, lines, "\t")
    if all("|" in line for line in lines):
        return [_piped(line) for line in lines if not _RULE.fullmatch(line.strip())]
    if ";" in text:
        return _separated(text, lines, ";")
    if _CSV_COMMA.search(lines[0]) and ", " not in lines[0]:
        return _separated(text, lines, ",")
    return [[unquoted(field) for field in split_fields(line)] for line in lines]


def _separated(text: str, lines: list[str], mark: str) -> list[list[str]]:
    """Cells by the csv module; a stray quote (inches, say) turns quoting off."""
    if text.count('"') % 2 or not re.search(rf'(?:^|[\n{mark}]) ?"', text):
        return [line.split(mark) for line in lines]
    try:
        return list(csv.reader(StringIO(text), delimiter=mark, skipinitialspace=True))
    except csv.Error:
        return [line.split(mark) for line in lines]


def _piped(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))


def read_rows(text: str, columns: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of a table by column. `columns` maps every accepted heading to its key.

    With a header (at least two known headings, or all of them known) cells go by it, and a column with an unknown
    heading is kept under that heading. Without one they go by the order of the keys. Every row has every key of
    its table, `""` where a cell is missing. Raises Misread for more cells than columns and for a heading twice.
    """
    rows = read_table(text)
    keys = {_even(heading): key for heading, key in columns.items()}
    header = _header(rows[0], keys) if rows else None
    names = header or list(dict.fromkeys(columns.values()))
    return [_row(number, row, names) for number, row in enumerate(rows[1:] if header else rows, start=1)]


def _even(heading: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


def _header(row: list[str], keys: Mapping[str, str]) -> list[str] | None:
    named = [keys.get(_even(cell)) for cell in row]
    known = [name for name in named if name is not None]
    if not known or (len(known) < 2 and len(known) < sum(map(bool, row))):
        return None
    header = [name or cell for name, cell in zip(named, row, strict=True)]
    twice = next((name for at, name in enumerate(header) if name and name in header[:at]), None)
    if twice:
        raise Misread(f"There are two columns for {twice}.", understood=f"I read {excerpt(' | '.join(row))}.")
    return header


def _row(number: int, cells: list[str], names: list[str]) -> dict[str, str]:
    surplus = cells[len(names) :]
    if any(surplus):
        raise Misread(
            f"Row {number} has more cells than there are columns ({', '.join(names)}).",
            understood=f"I read {excerpt(' | '.join(cells))}.",
        )
    padded = cells + [""] * (len(names) - len(cells))
    return {name: cell for name, cell in zip(names, padded, strict=False) if name}
