"""The local chat as a face for journeys: lines typed to it, in this process; answers as its screen was given them.

A form is asked field by field here. It is given whole, as on other faces, and filled in by typing field after field.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.app import build
from bot.config import Settings
from bot.delivery import Delivery
from bot.local import forms
from bot.local.box import CONFIRM, FORM, Box
from bot.local.face import LocalFace, Speaker
from bot.local.screen import EDITED
from bot.local.sender import LocalSender
from handlers.turn import FieldKind, Text
from storage.local import PLATFORM
from tests.journeys.runner import (
    DM,
    at_once,
    by_place,
    elsewhere,
    everybody,
    form_lines,
    marked,
    part_lines,
    somebody,
)
from tests.support.talk import START

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime

    from bot.app import App
    from bot.local.screen import Message
    from storage.local import Kept

_AGAIN = "The form is still here, with what you typed."


class _Screen:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def show(self, message: Message) -> None:
        """As the protocol says."""
        self.messages.append(message)


class LocalRunner:
    """A `Runner`. Everybody who is named in a channel has been there once; `now` moves only when a journey moves it."""

    def __init__(self, app: App, channels: Mapping[str, list[str]]) -> None:
        self.app = app
        self.now = START
        self._screen = _Screen()
        self._people = everybody(channels)
        self._external = {
            name: any(somebody(one).outside for one in members) for name, members in channels.items()
        }
        sender = LocalSender(app.database, self._screen, lambda: self.now)
        self.delivery = Delivery(app.database, {PLATFORM: sender}, sleep=at_once)
        self._faces: dict[tuple[str, str], LocalFace] = {}
        for name, members in channels.items():
            for one in map(somebody, members):
                if not one.outside:  # nobody from outside can speak here
                    self._face(one.name, f"#{name}")

    async def set_now(self, now: datetime) -> None:
        """Moves the clock."""
        self.now = now

    async def say(self, user: str, place: str, line: str) -> list[str]:
        """Somebody types a line. A form that is open is left for it, as it is closed elsewhere to type."""
        if self._form(user, place) is not None:
            await self._type(user, place, "stop")
        return await self._type(user, place, line)

    async def press(self, user: str, place: str, label: str) -> list[str]:
        """Somebody presses a button, and says yes if they are asked whether they are sure."""
        pressable = self._box(user, place).view().pressable
        buttons = pressable.buttons if pressable else []
        for number, button in enumerate(buttons, 1):
            if label in {button["label"], str(number)}:
                lines = await self._type(user, place, f"[{button['token']}]")
                waiting = self._box(user, place).view().waiting
                asked = waiting is not None and waiting.form["kind"] == CONFIRM
                return await self._type(user, place, "yes") if asked else lines
        raise LookupError(f"{user} sees no button {label!r} in {place}")

    async def submit(self, user: str, place: str, values: Mapping[str, str]) -> list[str]:
        """Somebody answers the form that is open, field by field."""
        waiting = self._form(user, place)
        assert waiting is not None
        filling = forms.from_data(waiting.form["form"])
        fields = filling.form.fields
        unknown = set(values) - {field.label for field in fields}
        if unknown:
            raise LookupError(f"no fields {sorted(unknown)}")
        again = {field.label for field in fields if field.key in filling.only}
        if again and set(values) <= again:  # only what was wrong is asked again
            fields = tuple(field for field in fields if field.label in again)
        elif again:
            for _ in range(max(1, filling.at)):
                await self._type(user, place, "back")
        lines: list[str] = []
        for field in fields:
            asked = self._form(user, place)
            assert asked is not None
            assert forms.from_data(asked.form["form"]).field == field, "another field is asked"
            lines = await self._type(user, place, _typed(values.get(field.label), field.kind))
        return lines

    async def deliver(self) -> list[str]:
        """What is due is delivered."""
        self._screen.messages.clear()
        await self.delivery.deliver(self.now)
        return by_place((message.place, part_lines(message.parts)) for message in self._screen.messages)

    # ---- what is typed and seen ----

    async def _type(self, user: str, place: str, line: str) -> list[str]:
        """The lines that appear after a line. What a form asks field by field is left aside, or given whole."""
        before = self._form(user, place)
        self._screen.messages.clear()
        await self._face(user, place).hear(line)
        after = self._form(user, place)
        lines, intro = [], ""
        for message in self._screen.messages:
            if after is not None and _asks(message, after):
                intro = _intro(message)
                break
            lines += self._told(user, message)
        if after is not None and (before is None or before.id != after.id):
            form = form_lines(replace(forms.from_data(after.form["form"]).form, intro=intro))
            lines += form if lines or place == DM else marked(form, "(only you) ")
        return lines

    @staticmethod
    def _told(user: str, message: Message) -> list[str]:
        lines = part_lines(message.parts)
        if message.place == f"@{user}":
            return marked(lines, "(only you) ")
        if message.place:
            return elsewhere(message.place, lines)
        edited = [f"{mark} " for mark in message.marks if mark == EDITED]
        others = [f"{mark} " for mark in message.marks if mark != EDITED]
        return marked(lines, "".join((*others, *edited)))

    def _form(self, user: str, place: str) -> Kept | None:
        waiting = self._box(user, place).view().waiting
        return waiting if waiting is not None and waiting.form["kind"] == FORM else None

    def _box(self, user: str, place: str) -> Box:
        here = f"@{user}" if place == DM else place
        return Box(self.app.database, user, here, direct=place == DM)

    def _face(self, user: str, place: str) -> LocalFace:
        if (user, place) not in self._faces:
            channel = "" if place == DM else place.removeprefix("#")
            guest = user in self._people and self._people[user].guest
            speaker = Speaker(user.title(), guest, channel, external=self._external.get(channel, False))
            face = LocalFace(self.app, speaker, self._screen, lambda: self.now, f"{user} {place}")
            face.enter()
            self._faces[user, place] = face
        return self._faces[user, place]


def _asks(message: Message, waiting: Kept) -> bool:
    """Whether a message opens the form that waits, asks its field, or says that it is still there."""
    filling = forms.from_data(waiting.form["form"])
    first = message.parts[0]
    if message.place or not isinstance(first, Text):
        return False
    return first.lines[0] in {filling.form.title, _AGAIN} or list(first.lines) == forms.prompt(filling)


def _intro(message: Message) -> str:
    """What a form that opens says between its title and how it is filled in."""
    first = message.parts[0]
    assert isinstance(first, Text)
    return "\n".join(first.lines[1 : -len(forms.HOW)])


def _typed(value: str | None, kind: FieldKind) -> str:
    """What is typed for a field: nothing is changed, emptied, or entered."""
    if value is None:
        return "skip"
    return value.replace("\n", "\n" if kind is FieldKind.LINES else " ") or "-"


@asynccontextmanager
async def local_runner(
    database_url: str, channels: Mapping[str, list[str]] | None = None, *, playbook: str | None = None
) -> AsyncIterator[LocalRunner]:
    """A runner for one journey. `channels` are (name -> members)."""
    app = build(Settings(database_url=database_url, prep_playbook=playbook, _env_file=None))  # type: ignore[call-arg]
    runner = LocalRunner(app, channels or {})
    try:
        yield runner
    finally:
        runner.delivery.close()
        app.close()
