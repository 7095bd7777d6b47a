"""How Prep is spoken to where somebody is: plain words in a direct message, `/prep` where there is such a command, else a
mention. Every sentence that names a way to say something takes it from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.turn import Incoming

COMMAND, MENTION = "/prep", "@Prep"
_WITHOUT_COMMAND = frozenset({"teams"})


def calling(incoming: Incoming) -> str:
    """What goes before words in a channel."""
    return COMMAND if has_command(incoming) else MENTION


def said(incoming: Incoming, words: str) -> str:
    """A line as it is typed in this place: `/prep new Acme`, `@Prep new Acme`, or the words alone."""
    return words if incoming.place.direct else f"{calling(incoming)} {words}"


def privately(incoming: Incoming) -> str:
    """Where words belong that nobody else may read."""
    return f"{COMMAND} or a direct message" if has_command(incoming) else "a direct message"


def has_command(incoming: Incoming) -> bool:
    """Whether there is a command that nobody else in a channel sees."""
    return incoming.workspace.platform not in _WITHOUT_COMMAND
