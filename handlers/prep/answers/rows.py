"""Rows of an answer: parted by semicolons or line breaks, fields by commas; brackets and quotes stay whole."""

from __future__ import annotations

import re

from handlers.reading.pairs import unquoted

_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


def rows_of(text: str) -> list[str]:
    """The rows of a list, without bullets and without empty ones."""
    rows = (_BULLET.sub("", row).strip() for row in _parted(text, ";\n"))
    return [row for row in rows if row]


def fields_of(row: str) -> list[str]:
    """The fields of a row: a comma followed by a blank parts them, a comma between digits does not."""
    return [field for field in (field.strip() for field in _parted(row, ",;\n")) if field]


def _parted(text: str, marks: str) -> list[str]:
    """The text cut at the marks that stand outside brackets and quotes. A comma cuts only before a blank."""
    pieces, depth, quoted = [""], 0, False
    for at, char in enumerate(text):
        if char == '"':
            quoted = not quoted and '"' in text[at + 1 :]
        depth = max(0, depth + {"(": 1, ")": -1}.get(char, 0)) if not quoted else depth
        closed = ")" in text[at:] if depth else True
        cuts = char in marks and not quoted and not (depth and closed)
        if cuts and not (char == "," and text[at + 1 : at + 2].strip()):
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces


def items_of(text: str) -> list[str]:
    """The items of a plain list, unquoted."""
    return [unquoted(row) for row in rows_of(text)]


def labelled(row: str) -> tuple[str, str]:
    """A row `label: the rest` (or `label = the rest`); the label is empty where there is none."""
    found = re.match(r"^([^:=]{1,60}?)\s*(?::(?=\s|$)|=)\s*(.+)$", row, re.DOTALL)
    return (unquoted(found[1]), found[2].strip()) if found else ("", row.strip())


def is_table(text: str) -> bool:
    """Whether a text was pasted from a spreadsheet."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "\t" in text or (len(lines) > 1 and all(line.count("|") > 1 for line in lines))
