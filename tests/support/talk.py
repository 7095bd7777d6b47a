"""Saying lines to a real Prep, without any platform between."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.app import App, build
from bot.config import Settings
from bot.edge import open_for, open_in_place, open_or_tell
from handlers.gate import Shown, Why
from handlers.turn import (
    AskChannel,
    AskPerson,
    Channel,
    Chart,
    Choices,
    Facts,
    Form,
    Heading,
    Incoming,
    Note,
    Person,
    Place,
    Press,
    Submission,
    Table,
    Text,
    Via,
    Warn,
    Words,
    WorkspaceKey,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.gate import Outcome
    from handlers.turn import Address, Fetch, Found, Part

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def person(name: str, *, guest: bool = False, home: bool | None = True, email: str | None = None) -> Person:
    """A person of the test's workspace."""
    return Person(name, name.title(), home, guest, email or f"{name}@buyer.example")


@dataclass
class World:
    """What the platform would tell: channels and people, by id."""

    channels: dict[str, Channel] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """The answer to a Fetch."""
        if isinstance(ask, AskChannel):
            return self.channels.get(ask.id)
        assert isinstance(ask, AskPerson)
        return self.people.get(ask.id)


@dataclass
class Said:
    """What came back: the text as a person reads it, the buttons, the form, and messages to others.

    `sent` are those messages as an edge posts them: what a channel may not see is told to the speaker instead.
    """

    shown: Shown
    outcome: Outcome
    others: list[tuple[str, str]]
    sent: list[tuple[Address, Shown]]

    @property
    def text(self) -> str:
        """The answer as plain lines."""
        return "\n".join(line for part in self.shown.parts for line in lines_of(part))

    @property
    def buttons(self) -> dict[str, str]:
        """Label -> words."""
        return {c.label: c.words for p in self.shown.parts if isinstance(p, Choices) for c in p.options}

    @property
    def form(self) -> Form | None:
        """The form that opened."""
        return self.shown.form


def lines_of(part: Part) -> list[str]:
    """The lines of a part, plainly."""
    match part:
        case Heading(text):
            return [text]
        case Text(lines) | Note(lines):
            return list(lines)
        case Warn(lines):
            return [f"! {line}" for line in lines]
        case Facts(pairs):
            return [f"{label}: {value}" for label, value in pairs]
        case Table(columns, rows):
            return ["  ".join(columns), *("  ".join(row) for row in rows)]
        case Chart():
            return [line for each in part.written() for line in lines_of(each)]
        case _:
            return []


class Talk:
    """One Prep, any number of people talking to it. `now` moves only when a test moves it."""

    def __init__(
        self,
        database_url: str,
        *,
        workspace: str = "one",
        now: datetime = START,
        playbook: str | None = None,
    ) -> None:
        settings = Settings(database_url=database_url, prep_playbook=playbook, _env_file=None)  # type: ignore[call-arg]
        self.app: App = build(settings)
        self.world = World()
        self.key = WorkspaceKey("test", workspace)
        self.withheld: list[tuple[str, Why]] = []
        self.now = now

    def close(self) -> None:
        """Give everything back."""
        self.app.close()

    def incoming(
        self,
        act: Words | Press | Submission,
        who: str | Person = "ann",
        *,
        channel: str | None = None,
        via: Via | None = None,
        thread: str | None = None,
        message: str | None = None,
    ) -> Incoming:
        """One thing done by one person; in the direct message unless a channel is named."""
        speaker = who if isinstance(who, Person) else person(who)
        self.world.people.setdefault(speaker.id, speaker)
        place = (
            Place(channel, direct=False, name=channel) if channel else Place(f"dm:{speaker.id}", direct=True)
        )
        via = via or (Via.SLASH if channel else Via.DIRECT)
        return Incoming(self.key, speaker, place, via, act, self.now, thread=thread, message=message)

    def do(self, incoming: Incoming) -> Said:
        """Run one turn as an edge would."""
        return asyncio.run(self._do(incoming))

    async def _do(self, incoming: Incoming) -> Said:
        outcome = await self.app.edge.run(incoming, self.world)
        shown = await open_in_place(outcome.answer, incoming, self.world)
        others, sent = [], []
        for send in outcome.sends:
            if send.to.direct:
                self.world.people.setdefault(send.to.id, person(send.to.id))
            opened = await open_for(send, self.key, self.world)
            if isinstance(opened, Shown):
                others.append((send.to.id, "\n".join(x for p in opened.parts for x in lines_of(p))))
            else:
                self.withheld.append((send.to.id, opened.why))
            sent.append(await open_or_tell(send, incoming, self.world))
        await self.app.edge.settle(incoming, outcome)
        return Said(shown, outcome, others, [one for one in sent if one is not None])

    def say(self, line: str, who: str | Person = "ann", **where: object) -> Said:
        """Type a line."""
        return self.do(self.incoming(Words(line), who, **where))  # type: ignore[arg-type]

    def press(self, words: str, who: str | Person = "ann", **where: object) -> Said:
        """Press the button that carries these words."""
        return self.do(self.incoming(Press(words), who, **{"via": Via.BUTTON, **where}))  # type: ignore[arg-type]

    def submit(
        self, words: str, values: Mapping[str, str], who: str | Person = "ann", **where: object
    ) -> Said:
        """Send a form."""
        return self.do(self.incoming(Submission(words, values), who, **{"via": Via.FORM, **where}))  # type: ignore[arg-type]
