"""Where the local chat writes: one message after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.local.text import WIDTH, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.local.text import Button
    from handlers.turn import Part

ONLY_YOU, EDITED = "(only you)", "(edited)"


@dataclass(frozen=True, slots=True)
class Message:
    """Something to show. `place` is where it was posted (`#acme`, `@bob`), empty for here; `marks` stand before it."""

    parts: Sequence[Part]
    buttons: Sequence[Button] = ()
    place: str = ""
    marks: tuple[str, ...] = ()


class Screen(Protocol):
    """What shows messages."""

    def show(self, message: Message) -> None:
        """Show a message."""
        ...


def plain_lines(message: Message) -> list[str]:
    """A message as plain lines. What stands before it stands on its first line; elsewhere the rest is indented."""
    rows = lines(message.parts, message.buttons, width=WIDTH - 2 if message.place else WIDTH)
    before = [*([f"{message.place}:"] if message.place else []), *message.marks]
    first, *rest = rows or [""]
    indent = "  " if message.place else ""
    return [" ".join([*before, first]).rstrip(), *(f"{indent}{row}".rstrip() for row in rest)]


class PlainScreen:
    """Plain text, a blank line between messages where they are `apart`."""

    def __init__(self, write: Callable[[str], object], *, apart: bool = True) -> None:
        self._write = write
        self._apart = "\n" if apart else ""
        self._is_first = True

    def show(self, message: Message) -> None:
        """Write a message, whole."""
        self._write(("" if self._is_first else self._apart) + "\n".join(plain_lines(message)) + "\n")
        self._is_first = False
