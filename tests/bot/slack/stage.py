"""A real Prep on the local Slack: people type, press and fill in, and the whole way there and back is run."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.app import App, build
from bot.config import Settings
from bot.slack.dispatch import SlackApp, alone
from bot.slack.face import SlackFace
from bot.slack.needs import SCOPES
from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.serving import serve_bolt

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.doubles.slack.world import Message

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN, BOB, CAT, GUS, OUT = "U1ANN", "U2BOB", "U3CAT", "U5GUS", "U9OUT"
ROOM, OPEN, SHARED, GUESTS = "C1ROOM", "C2OPEN", "C3SHARED", "C4GUESTS"


@dataclass
class Stage:
    """One workspace: ann, bob and cat are members, gus is a guest, olga comes from elsewhere."""

    slack: SlackDouble
    app: App
    face: SlackFace
    ours: SlackApp
    now: datetime = START

    async def settled(self) -> None:
        """Wait for what goes on after the acknowledgement."""
        await self.face.tasks.finish(5)

    async def command(self, text: str, user: str = ANN, channel: str = ROOM) -> Any:
        """`/prep text`."""
        delivery = await self.slack.command(user, channel, "/prep", text)
        await self.settled()
        return delivery

    async def mention(self, text: str, user: str = ANN, channel: str = ROOM, **more: Any) -> Any:
        """`@Prep text`."""
        delivery = await self.slack.mention(user, channel, text, **more)
        await self.settled()
        return delivery

    async def dm(self, text: str, user: str = ANN, **more: Any) -> Any:
        """A direct message."""
        delivery = await self.slack.dm(user, text, **more)
        await self.settled()
        return delivery

    async def press(self, label: str, user: str = ANN, channel: str | None = ROOM, **more: Any) -> Any:
        """A button."""
        delivery = await self.slack.press(user, channel, label, **more)
        await self.settled()
        return delivery

    async def submit(self, values: dict[str, Any], user: str = ANN) -> Any:
        """A form."""
        delivery = await self.slack.submit(user, values)
        await self.settled()
        return delivery

    def direct(self, user: str = ANN) -> str:
        """The id of the direct message with Prep."""
        return self.slack.world.direct("T0PREP", [user]).id

    def read(self, message: Message) -> str:
        """A message as a person reads it."""
        return self.slack.reading(message)

    def private(self, user: str = ANN, channel: str = ROOM) -> list[str]:
        """What one person alone saw in a channel."""
        return [self.read(m) for m in self.slack.ephemerals(channel, user) if m.seen]

    def public(self, channel: str = ROOM) -> list[str]:
        """What Prep said to everybody in a channel."""
        return [self.read(m) for m in self.slack.messages(channel, bot_only=True)]

    def told(self, user: str = ANN) -> list[str]:
        """What Prep said to somebody in the direct message."""
        return [self.read(m) for m in self.slack.direct_messages(user) if m.bot_id]


def populate(slack: SlackDouble) -> None:
    """People and channels."""
    world = slack.world
    world.add_workspace(scopes=SCOPES)
    for user, name in ((ANN, "ann"), (BOB, "bob"), (CAT, "cat")):
        world.add_user(user, name)
    world.add_user(GUS, "gus", is_restricted=True)
    world.add_user(OUT, "olga", "T9ACME", is_stranger=True)
    world.add_channel(ROOM, "room", [ANN, BOB])
    world.add_channel(OPEN, "open", [ANN, BOB], bot=False)
    world.add_channel(SHARED, "shared", [ANN, OUT], is_ext_shared=True, teams=["T9ACME"])
    world.add_channel(GUESTS, "guests", [ANN, GUS])


@asynccontextmanager
async def staged(database_url: str, *, patience: float = 2.0, **double: Any) -> AsyncIterator[Stage]:
    """A stage with everything running."""
    app = build(Settings(database_url=database_url, _env_file=None))  # type: ignore[call-arg]
    async with SlackDouble(clock=ManualClock(), burst=None, **double) as slack:
        populate(slack)
        stage: Stage

        def clock() -> datetime:
            return stage.now

        ours, face = alone(
            app.edge, "xoxb-T0PREP", slack.secret, clock, api_url=slack.api_url, patience=patience
        )
        stage = Stage(slack, app, face, ours)
        async with serve_bolt(ours.bolt) as url:
            slack.point_at(url)
            yield stage
            await ours.close()
    app.close()
