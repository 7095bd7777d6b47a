"""What the local workspace tells about its channels and people. All users are members; a guest is remembered as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.turn import AskChannel, Channel, Person
from storage.local import PLATFORM, LocalChat

if TYPE_CHECKING:
    from handlers.turn import Fetch, Found, WorkspaceKey
    from storage.database import Database


def person(user: str, name: str = "", *, guest: bool = False) -> Person:
    """A local user. A name that is a mail address is also the address."""
    email = user if "@" in user else f"{user}@localhost"
    return Person(user, name or user, home=True, guest=guest, email=email)


class LocalDirectory:
    """Answers from the database, as things are at the moment of asking."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """The answer to a Fetch; None for other workspaces."""
        if workspace.platform != PLATFORM:
            return None
        with self._database.reading() as handle:
            chat = LocalChat.found(handle)
            if isinstance(ask, AskChannel):
                return _channel(chat, ask.id)
            return _person(chat, ask.id)


def _person(chat: LocalChat | None, user: str) -> Person:
    """Anybody may be named before they speak for the first time."""
    if chat is None:
        return person(user)
    return person(user, chat.members().get(user, ""), guest=user in chat.guests())


def _channel(chat: LocalChat | None, channel: str) -> Channel:
    """A channel is there as soon as it is named. All members but guests are in it, and the guests who spoke there."""
    if chat is None:
        return Channel(channel, channel, present=True, shared=False)
    facts, guests = chat.facts(channel, direct=False), chat.guests()
    here = set(facts.get("guests", ()))
    people = tuple(
        person(user, name, guest=user in guests or user in here)
        for user, name in chat.members().items()
        if user not in guests or user in here
    )
    return Channel(
        channel, channel, present=True, shared=bool(facts.get("external")), people=people, joinable=False
    )
