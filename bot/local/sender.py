"""Posting to local channels and people: what others are told, and what a delivery pass brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.edge import open_for
from bot.local.box import to_data
from bot.local.directory import LocalDirectory
from bot.local.screen import EDITED, Message
from bot.local.text import buttons_of
from bot.outcomes import Posted
from handlers.gate import SealedSend, Withheld
from handlers.turn import WorkspaceKey
from storage.local import PLATFORM, WORKSPACE, LocalChat

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.local.screen import Screen
    from bot.outcomes import Post
    from handlers.gate import Sealed, Shown
    from handlers.turn import Address, Fetch, Found
    from storage.database import Database

KEY = WorkspaceKey(PLATFORM, WORKSPACE)


def place_of(address: Address) -> str:
    """`#acme` or `@bob`."""
    return f"{'@' if address.direct else '#'}{address.id}"


class LocalSender:
    """Posts are printed with their place, unless it is `here`, and their buttons kept for whoever comes there."""

    def __init__(
        self, database: Database, screen: Screen, now: Callable[[], datetime], here: str = ""
    ) -> None:
        self._database = database
        self._screen = screen
        self.now = now
        self._here = here
        self.directory = LocalDirectory(database)

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """Post a message if those who are there now may see it."""
        message = await self.send(SealedSend(to, content), token)
        return message if isinstance(message, Withheld) else Posted(str(message))

    async def send(self, send: SealedSend, token: str = "") -> int | Withheld:
        """Print a message if those who are there now may see it; its id."""
        shown = await open_for(send, KEY, self.directory)
        return shown if isinstance(shown, Withheld) else self.show(send.to, shown, token)

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """The id of the message that was posted with this token."""
        with self._database.reading() as handle:
            chat = LocalChat.found(handle)
            message = chat.posted(place_of(to), token) if chat else None
        return None if message is None else str(message)

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """Who is in a channel."""
        return await self.directory.find(workspace, ask)

    def show(self, to: Address, shown: Shown, token: str, edits: int | None = None) -> int:
        """Print a message, then keep its buttons: killed in between it is printed again, and never lost. With `edits` it
        takes the place of an earlier one."""
        place, buttons = place_of(to), buttons_of(shown.parts)
        marks = (EDITED,) if edits else ()
        self._screen.show(Message(shown.parts, buttons, "" if place == self._here else place, marks))
        with self._database.writing() as handle:
            chat = LocalChat.found(handle)
            if chat is None:
                raise LookupError("nobody ever spoke in the local workspace")
            reader = to.id if to.direct else ""
            if edits and chat.change(edits, to_data(buttons), {}):
                return edits
            return chat.post(place, reader, to_data(buttons), {"token": token} if token else {}, self.now())
