"""The face without a platform: turns as the edge runs them, answers as their parts stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.turn import Channel, Choices, Form, Press, Submission, Via, Words
from tests.journeys.runner import DM, elsewhere, form_lines, marked, part_lines
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.turn import Act, Choice, Incoming
    from tests.support.talk import Said

_MENTION, _COMMAND = "@Prep", "/prep"


class PlainRunner:
    """Runs a transcript through the edge alone. `channels` are (name -> members); all are people of one workspace."""

    def __init__(self, database_url: str, channels: Mapping[str, list[str]] | None = None) -> None:
        self.talk = Talk(database_url)
        self._buttons: dict[tuple[str, str], list[tuple[Choice, ...]]] = {}
        self._forms: dict[tuple[str, str], Form] = {}
        for name, members in (channels or {}).items():
            people = tuple(person(one) for one in members)
            self.talk.world.channels[name] = Channel(name, name, present=True, shared=False, people=people)

    def close(self) -> None:
        """Give everything back."""
        self.talk.close()

    async def set_now(self, now: datetime) -> None:
        """Moves the clock."""
        self.talk.now = now

    async def say(self, user: str, place: str, line: str) -> list[str]:
        """Somebody types a line."""
        if place == DM:
            return await self._do(user, place, Words(line.removeprefix(_COMMAND)), Via.DIRECT)
        for start, via in ((_COMMAND, Via.SLASH), (_MENTION, Via.MENTION)):
            if line.startswith(start):
                return await self._do(user, place, Words(line.removeprefix(start).strip()), via)
        return []

    async def press(self, user: str, place: str, label: str) -> list[str]:
        """Somebody presses a button."""
        for options in reversed(self._buttons.get((user, place), [])):
            if label.isdigit() and int(label) <= len(options):
                return await self._do(user, place, Press(options[int(label) - 1].words), Via.BUTTON)
            for option in options:
                if option.label == label:
                    return await self._do(user, place, Press(option.words), Via.BUTTON)
        raise LookupError(f"{user} sees no button {label!r} in {place}")

    async def submit(self, user: str, place: str, values: Mapping[str, str]) -> list[str]:
        """Somebody sends the open form."""
        form = self._forms[user, place]
        unknown = set(values) - {field.label for field in form.fields}
        if unknown:
            raise LookupError(f"no fields {sorted(unknown)}")
        given = {field.key: values.get(field.label, field.value) for field in form.fields}
        return await self._do(user, place, Submission(form.words, given), Via.FORM)

    async def _do(self, user: str, place: str, act: Act, via: Via) -> list[str]:
        incoming = self._incoming(user, place, act, via)
        said = await self.talk._do(incoming)
        self._remember(user, place, said)
        lines = part_lines(said.shown.parts)
        if said.form is not None:
            lines += form_lines(said.form)
        if place != DM and said.shown.private:
            lines = marked(lines, "(only you) ")
        others = [line for name, text in said.others for line in elsewhere(f"@{name}", text.split("\n"))]
        return lines + others

    def _incoming(self, user: str, place: str, act: Act, via: Via) -> Incoming:
        where = None if place == DM else place.removeprefix("#")
        return self.talk.incoming(act, user, channel=where, via=via)

    def _remember(self, user: str, place: str, said: Said) -> None:
        options = tuple(c for part in said.shown.parts if isinstance(part, Choices) for c in part.options)
        if options:
            self._buttons.setdefault((user, place), []).append(options)
        if said.form is not None:
            self._forms[user, place] = said.form
