"""`help`: what Prep understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.turn import Audience, Reply, Text

if TYPE_CHECKING:
    from handlers.command import Turn


def help_(turn: Turn) -> Reply:
    """What can be said."""
    return Reply((Text(("new Acme: housings", "show Acme", "batna Acme")),), audience=Audience.PLACE)


COMMANDS = (Command("help", help_, also=("?",), reads=True),)
