"""Content for a terminal that can show colours. The same words as in plain text, only easier on the eye."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rich.console import Group
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from bot.references import readable
from handlers.turn import Chart, Choices, Facts, Heading, Note, Table, Text, Warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from bot.local.screen import Message
    from bot.local.text import Button
    from handlers.turn import Part

WIDEST = 88


class RichScreen:
    """Shows messages on a console."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, message: Message) -> None:
        """Show a message, with a blank line after it."""
        self._console.print(render(message), width=min(self._console.width, WIDEST))
        self._console.print()


def render(message: Message) -> RenderableType:
    """A message; one for another place stands indented under the place."""
    rows: list[RenderableType] = []
    if message.marks:
        rows.append(RichText(" ".join(message.marks), style="italic dim"))
    left = list(message.buttons)
    for part in message.parts:
        if isinstance(part, Choices):
            rows.append(_buttons(left[: len(part.options)]))
            del left[: len(part.options)]
        else:
            rows.append(_part(part))
    if not message.place:
        return Group(*rows)
    return Group(RichText(f"{message.place}:", style="bold magenta"), Padding(Group(*rows), (0, 0, 0, 2)))


def _part(part: Part) -> RenderableType:
    match part:
        case Heading(text):
            return RichText(readable(text), style="bold")
        case Text(lines):
            return _lines(lines)
        case Note(lines):
            return _lines(lines, "dim")
        case Warn(lines):
            return _lines([f"! {line}" for line in lines], "yellow")
        case Facts(pairs):
            return _facts(pairs)
        case Table():
            return _table(part)
        case Chart():
            return Group(*map(_part, part.written()))
        case Choices():
            return RichText()  # shown as buttons
        case _:
            assert_never(part)


def _lines(lines: Sequence[str], style: str = "") -> RichText:
    return RichText("\n".join(map(readable, lines)), style=style)


def _facts(pairs: Sequence[tuple[str, str]]) -> RichTable:
    grid = RichTable.grid(padding=(0, 2))
    for label, value in pairs:
        grid.add_row(RichText(readable(label), style="dim"), RichText(readable(value)))
    return grid


def _table(table: Table) -> RichTable:
    shown = RichTable(
        box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=any(table.columns), header_style="dim"
    )
    for at, name in enumerate(table.columns):
        shown.add_column(RichText(readable(name)), justify="right" if at in table.right else "left")
    for row in table.rows:
        shown.add_row(*(RichText(readable(cell)) for cell in row))
    return shown


def _buttons(buttons: Sequence[Button]) -> RichText:
    shown = RichText()
    for at, button in enumerate(buttons):
        key = f"[{button.token}]"
        shown.append("  " if at else "")
        shown.append(key, style="bold red" if button.choice.danger else "bold cyan")
        rest = button.text.removeprefix(key).strip().replace(" ", "\u00a0")
        shown.append(f"\u00a0{rest}" if rest else "", style="bold" if button.choice.primary else "")
    return shown
