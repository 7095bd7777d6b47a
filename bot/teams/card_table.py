"""A table on a card, as wide as its words need, so that it can be read on a phone as well. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.teams.card_text import Element, block, run

if TYPE_CHECKING:
    from handlers.turn import Table

_LONG = 26  # characters after which a cell may break over several lines
_SHORT = 3


def table(part: Table) -> Element:
    """The table; where a client cannot draw one, its rows as lines."""
    header = [part.columns] if any(part.columns) else []
    rows = [_row(row, part.right, head=at < len(header)) for at, row in enumerate((*header, *part.rows))]
    return {
        "type": "Table",
        "columns": [{"width": weight} for weight in _weights(part)],
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
    each = text.split("\n")
    return {"type": "TableCell", "items": [block(run(line, **style), **side) for line in each]}


def _weights(part: Table) -> list[int]:
    """How wide each column is, relative to the others: its longest word whole, its longest cell if it is short."""
    weights = []
    for at in range(max(len(row) for row in (part.columns, *part.rows))):
        cells = [row[at] for row in (part.columns, *part.rows) if at < len(row)]
        longest = max(len(cell) for cell in cells)
        word = max((len(word) for cell in cells for word in cell.split()), default=0)
        weights.append(max(_SHORT, min(word, _LONG), min(longest, _LONG)))
    return weights


def _as_lines(part: Table) -> Element:
    rows = [row for row in (part.columns, *part.rows) if any(row)]
    return {"type": "Container", "items": [block(run("  ·  ".join(row))) for row in rows]}
