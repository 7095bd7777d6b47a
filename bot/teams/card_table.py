"""A table on a card, as wide as its words need, so that it can be read on a phone as well. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.teams.card_text import Element, block, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.turn import Table

_LONG = 30  # characters after which a cell may break over several lines
_PHONE = 50  # characters side by side on a phone
_GAP = 2
_MOST_ROWS = 25
_MOST_CELL = 500


def table(part: Table) -> Iterator[Element]:
    """The table; where a client cannot draw one, its rows as lines. A long one is parted, each part with the header."""
    for at in range(0, len(part.rows) or 1, _MOST_ROWS):
        yield _table(replace(part, rows=part.rows[at : at + _MOST_ROWS]), _weights(part))


def _table(part: Table, weights: list[int]) -> Element:
    header = [part.columns] if any(part.columns) else []
    rows = [_row(row, part.right, head=at < len(header)) for at, row in enumerate((*header, *part.rows))]
    return {
        "type": "Table",
        "columns": [{"width": weight} for weight in weights],
        "rows": rows,
        "firstRowAsHeader": bool(header),
        "showGridLines": False,
        "spacing": "Small",
        "fallback": _as_lines(part),
    }


def _row(cells: tuple[str, ...], right: frozenset[int], *, head: bool) -> Element:
    style: dict[str, Any] = {"weight": "Bolder", "isSubtle": True} if head else {}
    return {"type": "TableRow", "cells": [_cell(c, style, at in right) for at, c in enumerate(cells)]}


def _cell(text: str, style: dict[str, Any], right: bool) -> Element:
    side: dict[str, Any] = {"horizontalAlignment": "Right"} if right else {}
    text = text if len(text) <= _MOST_CELL else f"{text[:_MOST_CELL]}…"
    each = text.split("\n")
    return {"type": "TableCell", "items": [block(run(line, **style), **side) for line in each]}


def _weights(part: Table) -> list[int]:
    """How wide each column is, relative to the others.

    Longest cells whole where a phone has the room; else the widest columns of words break their lines, and at last
    only the longest words stay whole.
    """
    rows = (part.columns, *part.rows)
    count = max(len(row) for row in rows)
    cells = [[row[at] for row in rows if at < len(row)] for at in range(count)]
    least = [max((len(word) for cell in column for word in cell.split()), default=0) for column in cells]
    wide = [min(max(map(len, column)), _LONG) for column in cells]
    while sum(wide) + _GAP * count > _PHONE:
        slack = [0 if at in part.right else wide[at] - least[at] for at in range(count)]
        if max(slack) <= 0:
            break
        wide[slack.index(max(slack))] -= 1
    return [max(width, 1) + _GAP for width in wide]


def _as_lines(part: Table) -> Element:
    rows = [row for row in (part.columns, *part.rows) if any(row)]
    told = ("  ·  ".join(cell[:_MOST_CELL] for cell in row) for row in rows)
    return {"type": "Container", "items": [block(run(line)) for line in told]}
