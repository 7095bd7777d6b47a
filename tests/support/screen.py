"""An answer as lines on a screen, to see whether it fits: fourteen lines of sixty-four columns."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from handlers.figures import aligned
from handlers.turn import Chart, Choices, Facts, Heading, Note, Table, Text, Warn

if TYPE_CHECKING:
    from handlers.gate import Shown
    from handlers.turn import Part

LINES, COLUMNS = 14, 64


def screen(shown: Shown) -> list[str]:
    """Every line that a person sees, tables with their columns under each other, buttons in rows."""
    return [line for part in shown.parts for line in _lines(part)]


def _lines(part: Part) -> list[str]:
    match part:
        case Heading(text):
            return [text]
        case Text(lines) | Note(lines):
            return [row for line in lines for row in _wrapped(line)]
        case Warn(lines):
            return [row for line in lines for row in _wrapped(f"! {line}")]
        case Facts(pairs):
            return [f"{label}: {value}" for label, value in pairs]
        case Table(columns, rows, right):
            return list(aligned([columns, *rows], right))
        case Chart():
            return [line for each in part.written() for line in _lines(each)]
        case Choices(options):
            return _rows([f"[{choice.label}]" for choice in options])


def _rows(labels: list[str]) -> list[str]:
    """Buttons beside each other, as many as fit a line."""
    rows: list[str] = []
    for label in labels:
        if rows and len(rows[-1]) + 1 + len(label) <= COLUMNS:
            rows[-1] += f" {label}"
        else:
            rows.append(label)
    return rows


def _wrapped(line: str) -> list[str]:
    """A line as a screen of this width shows it; what it goes on with is indented."""
    return (
        wrap(line, COLUMNS, subsequent_indent="  ", drop_whitespace=True) if len(line) > COLUMNS else [line]
    )


def misfits(shown: Shown) -> list[str]:
    """What does not fit on the screen of a main answer."""
    lines = screen(shown)
    wide = [line for line in lines if len(line) > COLUMNS]
    return wide if len(lines) <= LINES else [*wide, f"{len(lines)} lines"]
