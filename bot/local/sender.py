"""Posting to local channels and people: what others are told, and what a delivery pass brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.local.box import to_data
from bot.local.directory import LocalDirectory
from bot.local.screen import EDITED, Message
from bot.local.text import buttons_of
from handlers.gate import Alone, Everyone, Shown, Withheld, unseal
from handlers.turn import AskChannel, AskPerson, Channel, Person, WorkspaceKey
from storage.local import PLATFORM, WORKSPACE, LocalChat

if TYPE_CHECKING:
    from datetime import datetime

    from bot.local.screen import Screen
    from bot.local.text import Button
    from handlers.gate import Sealed
    from handlers.turn import Address
    from storage.database import Database

KEY = WorkspaceKey(PLATFORM, WORKSPACE)


def place_of(address: Address) -> str:
    """`#acme` or `@bob`."""
    return f"{'@' if address.direct else '#'}{address.id}"


class LocalSender:
    """Posts are printed with their place, unless it is `here`, and their buttons kept for whoever comes there."""

    def __init__(self, database: Database, screen: Screen, here: str = "") -> None:
        self._database = database
        self._screen = screen
        self._here = here
        self.directory = LocalDirectory(database)

    async def open(self, address: Address, sealed: Sealed) -> Shown | Withheld:
        """Open a reply for those who are there now."""
        ask = AskPerson(address.id) if address.direct else AskChannel(address.id)
        found = await self.directory.find(KEY, ask)
        if isinstance(found, Person):
            return unseal(sealed, Alone(found))
        return unseal(sealed, Everyone(found if isinstance(found, Channel) else None))

    async def send(self, address: Address, sealed: Sealed, now: datetime) -> str | None:
        """Post a reply if its readers may see it; the message's id, or None if nothing was posted."""
        shown = await self.open(address, sealed)
        return self.post(address, shown, now) if isinstance(shown, Shown) else None

    def post(self, address: Address, shown: Shown, now: datetime) -> str:
        """Print a message and keep its buttons; its id."""
        place, buttons = place_of(address), buttons_of(shown.parts)
        with self._database.writing() as handle:
            chat = LocalChat.found(handle)
            if chat is None:
                raise LookupError("nobody ever spoke in the local workspace")
            message = chat.post(place, address.id if address.direct else "", to_data(buttons), {}, now)
        self._show(shown, buttons, place)
        return str(message)

    def edit(self, address: Address, message: str, shown: Shown) -> bool:
        """Edit a message in place, which prints it again. False if it is not there any more."""
        buttons = buttons_of(shown.parts)
        with self._database.writing() as handle:
            chat = LocalChat.found(handle)
            if chat is None or not chat.change(int(message), to_data(buttons), {}):
                return False
        self._show(shown, buttons, place_of(address), EDITED)
        return True

    def _show(self, shown: Shown, buttons: tuple[Button, ...], place: str, *marks: str) -> None:
        self._screen.show(Message(shown.parts, buttons, "" if place == self._here else place, marks))
