"""The face without a platform: turns as the edge runs them, answers as their parts stand."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery import Delivery
from bot.local.heard import with_references
from handlers.turn import Channel, Choices, Form, Press, Submission, Via, Words
from tests.doubles.sender import MemorySender
from tests.journeys.runner import (
    DM,
    Somebody,
    at_once,
    by_place,
    elsewhere,
    everybody,
    form_lines,
    marked,
    part_lines,
    somebody,
)
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping
    from datetime import datetime

    from handlers.turn import Act, Choice, Incoming, Part, Person
    from tests.support.talk import Said

_MENTION, _COMMAND = "@Prep", "/prep"


@dataclass
class _Posted:
    """A message with buttons: `reader` is who sees it, None for everybody in the place; `id` what tells it from others."""

    place: str
    reader: str | None
    options: list[Choice]
    id: str


class PlainRunner:
    """Runs a transcript through the edge alone. `channels` are (name -> members)."""

    def __init__(
        self, database_url: str, channels: Mapping[str, list[str]] | None = None, playbook: str | None = None
    ) -> None:
        self.talk = Talk(database_url, playbook=playbook)
        self._sender = MemorySender(self.talk.world)
        senders = {self.talk.key.platform: self._sender}
        self.delivery = Delivery(self.talk.app.database, senders, sleep=at_once)
        self._posted: list[_Posted] = []
        self._forms: dict[tuple[str, str], tuple[Form, _Posted | None]] = {}
        self._people = everybody(channels or {})
        self.talk.world.people.update({name: self._person(name) for name in self._people})
        for name, members in (channels or {}).items():
            found = [somebody(one) for one in members]
            people = tuple(self._person(one.name) for one in found)
            shared = any(one.outside for one in found)
            self.talk.world.channels[name] = Channel(name, name, present=True, shared=shared, people=people)

    async def set_now(self, now: datetime) -> None:
        """Moves the clock."""
        self.talk.now = now

    async def say(self, user: str, place: str, line: str) -> list[str]:
        """Somebody types a line."""
        if place == DM:
            return await self._do(user, place, _words(line.removeprefix(_COMMAND)), Via.DIRECT)
        if place.removeprefix("#") not in self.talk.world.channels:
            self._sender.gone.add(place.removeprefix("#"))  # Prep is not in it
        for start, via in ((_COMMAND, Via.SLASH), (_MENTION, Via.MENTION)):
            if line.startswith(start):
                return await self._do(user, place, _words(line.removeprefix(start)), via)
        return []

    async def press(self, user: str, place: str, label: str) -> list[str]:
        """Somebody presses a button."""
        for posted in reversed(self._posted):
            if posted.place not in {place, DM} or posted.reader not in {None, user}:
                continue
            options = posted.options
            if label.isdigit() and int(label) <= len(options):
                label = options[int(label) - 1].label
            for option in options:
                if option.label == label:
                    return await self._do(user, place, Press(option.words), Via.BUTTON, posted)
        raise LookupError(f"{user} sees no button {label!r} in {place}")

    async def submit(self, user: str, place: str, values: Mapping[str, str]) -> list[str]:
        """Somebody sends the open form."""
        form, posted = self._forms[user, place]
        unknown = set(values) - {field.label for field in form.fields}
        if unknown:
            raise LookupError(f"no fields {sorted(unknown)}")
        given = {
            field.key: _sent(field.options, values.get(field.label), field.value) for field in form.fields
        }
        return await self._do(user, place, Submission(form.words, given), Via.FORM, posted)

    async def deliver(self) -> list[str]:
        """What is due is delivered."""
        before = len(self._sender.inbox)
        await self.delivery.deliver(self.talk.now)
        posts = []
        for mail in self._sender.inbox[before:]:
            place, reader = (DM, mail.to) if mail.direct else (f"#{mail.to}", None)
            self._remember(mail.shown.parts, place, reader, mail.message)
            posts.append((f"{'@' if mail.direct else '#'}{mail.to}", part_lines(mail.shown.parts)))
        return by_place(posts)

    async def _do(
        self, user: str, place: str, act: Act, via: Via, posted: _Posted | None = None
    ) -> list[str]:
        said = await self.talk._do(self._incoming(user, place, act, via, posted.id if posted else None))
        shown = said.shown
        reader = user if place == DM or shown.private else None
        edits = posted if shown.parts and said.outcome.answer.steps.replaces else None
        edits = edits if edits and edits.reader == reader else None
        lines = marked(part_lines(shown.parts), "(edited) " if edits else "")
        if edits is not None and not isinstance(act, Words):
            edits.options = _options(shown.parts)
        else:
            self._remember(shown.parts, place, reader)
        if shown.form is not None:
            self._forms[user, place] = (shown.form, posted)
            lines += form_lines(shown.form)
        if place != DM and shown.private:
            lines = marked(lines, "(only you) ")
        return lines + self._others(user, place, said)

    def _others(self, user: str, place: str, said: Said) -> list[str]:
        lines = []
        for to, shown in said.sent:
            self._remember(shown.parts, DM if to.direct else f"#{to.id}", to.id if to.direct else None)
            found = part_lines(shown.parts)
            if to.direct and to.id == user:
                lines += found if place == DM else marked(found, "(only you) ")
            else:
                lines += elsewhere(f"{'@' if to.direct else '#'}{to.id}", found)
        return lines

    def _incoming(self, user: str, place: str, act: Act, via: Via, message: str | None) -> Incoming:
        where = None if place == DM else place.removeprefix("#")
        return self.talk.incoming(act, self._person(user), channel=where, via=via, message=message)

    def _person(self, name: str) -> Person:
        known = self._people.get(name, Somebody(name))
        return person(name, guest=known.guest, home=not known.outside)

    def _remember(self, parts: Iterable[Part], place: str, reader: str | None, message: str = "") -> None:
        options = _options(parts)
        if options:
            self._posted.append(_Posted(place, reader, options, message or f"answer {len(self._posted)}"))


def _words(line: str) -> Words:
    """What was typed, with people and channels as references: here an id is a name."""
    return Words(with_references(line.strip()))


def _options(parts: Iterable[Part]) -> list[Choice]:
    return [option for part in parts if isinstance(part, Choices) for option in part.options]


def _sent(options: tuple[tuple[str, str], ...], typed: str | None, value: str) -> str:
    """What a form sends: what was typed, or the values of the labels that were chosen."""
    if typed is None or not options:
        return value if typed is None else typed
    by_label = {label: option for option, label in options}
    chosen = [typed] if typed in by_label else [one.strip() for one in typed.split(",")]
    return "\n".join(by_label[one] for one in chosen if one)


@asynccontextmanager
async def plain_runner(
    database_url: str, channels: Mapping[str, list[str]] | None = None, *, playbook: str | None = None
) -> AsyncIterator[PlainRunner]:
    """A runner for one journey. `channels` are (name -> members)."""
    runner = PlainRunner(database_url, channels, playbook)
    try:
        yield runner
    finally:
        runner.delivery.close()
        runner.talk.close()
