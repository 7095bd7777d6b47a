"""Content as plain text: lines of at most 64 columns where their words allow it. Pure.

What people typed is data: control characters are dropped, references are shown as they were typed (`@bob`, `#acme`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from bot.references import readable
from handlers.turn import Chart, Choice, Choices, Facts, Heading, Note, Table, Text, Warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.turn import Part

WIDTH = 64
_GAP = "  "
_LEAST = 12  # columns that a cell keeps when a table has to shrink
_WIDE = re.compile("[^\x00-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff]")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_TOGETHER = re.compile(
    rf"(?:\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\b\d{{1,2}} {_MONTH}\b(?: \d{{4}}\b)?(?: \d\d:\d\d\b)?"
    r"|\d (?:%|[A-Z]{3}\b)"
)
_MOVES = frozenset({"skip", "back", "later", "stop", "resume", "example", "help", "undo"})
_SHORT = 24
_HELD = "\x00"  # stands for a blank at which a line is not broken


@dataclass(frozen=True, slots=True)
class Button:
    """A button as it is shown here: `token` is what presses it, a number or words."""

    token: str
    choice: Choice

    @property
    def text(self) -> str:
        """`[1] Label`, or `[skip]` where buttons have words."""
        return f"[{self.token}] {readable(self.choice.label)}" if self.token.isdigit() else f"[{self.token}]"


def buttons_of(parts: Iterable[Part], *, in_words: bool = False) -> tuple[Button, ...]:
    """All buttons in order, numbered from 1; in words while a number would be an answer."""
    options = [option for part in parts if isinstance(part, Choices) for option in part.options]
    if in_words:
        return tuple(Button(_word(option), option) for option in options)
    return tuple(Button(str(place), option) for place, option in enumerate(options, 1))


def _word(option: Choice) -> str:
    """The label as words to type: `[skip]`, `[add alternative]`; names and long texts stay as they are."""
    label = readable(option.label)
    is_words = " " in label and len(label) <= _SHORT and label[1:].islower()
    return label.casefold() if is_words or label.casefold() in _MOVES else label


def lines(parts: Sequence[Part], buttons: Sequence[Button] = (), *, width: int = WIDTH) -> list[str]:
    """The parts as lines, from top to bottom. `buttons` are those of `buttons_of(parts)`."""
    left = list(buttons)
    out: list[str] = []
    for part in parts:
        if isinstance(part, Choices):
            out += button_lines(left[: len(part.options)], width)
            del left[: len(part.options)]
        else:
            out += _part(part, width)
    return out


def _part(part: Part, width: int) -> list[str]:
    match part:
        case Heading(text):
            return wrap(text, width)
        case Text(rows) | Note(rows):
            return [line for row in rows for line in wrap(row, width)]
        case Warn(rows):
            return [line for row in rows for line in wrap(f"! {row}", width)]
        case Facts(pairs):
            return [line for label, value in pairs for line in wrap(f"{label}: {value}", width)]
        case Table():
            return table_lines(part, width)
        case Chart():
            return [line for each in part.written() for line in _part(each, width)]
        case Choices():
            return []  # shown as buttons
        case _:
            assert_never(part)


def button_lines(buttons: Sequence[Button], width: int = WIDTH) -> list[str]:
    """Buttons side by side, as many as fit a line."""
    out: list[str] = []
    for button in buttons:
        if out and columns(out[-1]) + len(_GAP) + columns(button.text) <= width:
            out[-1] += _GAP + button.text
        else:
            out.append(button.text)
    return out


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if not _WIDE.search(text):
        return len(text)
    from rich.cells import cell_len  # only for scripts where a character is not one column

    return cell_len(text)


def wrap(text: str, width: int = WIDTH) -> list[str]:
    """Lines of at most `width` columns. Words, dates and amounts stay whole, so a long word makes a long line."""
    out: list[str] = []
    for line in readable(text).split("\n"):
        out += [line] if columns(line) <= width else _broken(line, width)
    return out


def _broken(line: str, width: int) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    held = _TOGETHER.sub(lambda found: found[0].replace(" ", _HELD), line)
    out = [indent]
    for word in held.split():
        if out[-1].strip() and columns(out[-1]) + 1 + columns(word) > width:
            out.append(f"{indent}  ")
        out[-1] += word if not out[-1].strip() else f" {word}"
    return [row.replace(_HELD, " ") for row in out]


def table_lines(table: Table, width: int = WIDTH) -> list[str]:
    """A table in columns, figures to the right. Too wide, its widest columns of words are wrapped."""
    grid = [[readable(cell).replace("\n", " ") for cell in row] for row in (table.columns, *table.rows)]
    grid = grid if any(grid[0]) else grid[1:]
    widths = _widths(grid, table.right, width)
    return [line for row in grid for line in _row(row, widths, table.right)]


def _widths(grid: list[list[str]], right: frozenset[int], width: int) -> list[int]:
    count = max((len(row) for row in grid), default=0)
    widths = [max((columns(row[at]) for row in grid if at < len(row)), default=0) for at in range(count)]
    over = sum(widths) + len(_GAP) * (count - 1) - width
    while over > 0:
        at = max((at for at in range(count) if at not in right), key=lambda at: widths[at], default=None)
        if at is None or widths[at] <= _LEAST:
            break
        widths[at] -= 1
        over -= 1
    return widths


def _row(row: list[str], widths: list[int], right: frozenset[int]) -> list[str]:
    cells = [
        [cell] if at in right else [part.strip() for part in wrap(cell, widths[at])]
        for at, cell in enumerate(row)
    ]
    out = []
    for line in range(max((len(cell) for cell in cells), default=0)):
        texts = [cell[line] if line < len(cell) else "" for cell in cells]
        padded = [_padded(text, widths[at], right=at in right) for at, text in enumerate(texts)]
        out.append(_GAP.join(padded).rstrip())
    return out


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * max(0, width - columns(text))
    return blanks + text if right else text + blanks
