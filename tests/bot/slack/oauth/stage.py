"""A whole `prepbot run` with OAuth, a local Slack with two workspaces, and browsers that install."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot.config import Settings
from bot.serve import Running, start
from bot.slack.incoming import SAY
from bot.slack.needs import SCOPES
from tests.doubles.slack import payloads
from tests.doubles.slack.browser import Browser, install, with_cookies
from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import timedelta

    import aiohttp

    from bot.slack.dispatch import SlackApp
    from bot.slack.oauth.faces import ManyFaces
    from tests.doubles.slack.sending import Delivery

NORTH, WEST, GROUP = "T0PREP", "T2WEST", "E0GROUP"
ANN, BOB, DAN = "U1ANN", "U2BOB", "U6DAN"
ROOM, YARD = "C1ROOM", "C6YARD"
KEY = "a long random text for tests"
CLIENT = ("11.22", "client-secret")


@dataclass
class House:
    """`slack` is what people use; `now` moves by hand, in Slack and in Prep."""

    slack: SlackDouble
    running: Running
    now: datetime
    browsers: list[aiohttp.ClientSession] = field(default_factory=list)

    @property
    def ours(self) -> SlackApp:
        """The app that serves."""
        return self.running.served.senders["slack"]  # type: ignore[return-value]

    @property
    def faces(self) -> ManyFaces:
        """Its faces."""
        return self.ours.faces  # type: ignore[return-value]

    def pass_time(self, time: timedelta) -> None:
        """Let time pass for everybody."""
        self.now += time
        clock = self.slack.clock
        assert isinstance(clock, ManualClock)
        clock.advance(time.total_seconds())

    def browser(self) -> Browser:
        """Another browser."""
        session = with_cookies()
        self.browsers.append(session)
        return Browser(self.running.address, session)

    async def install(self, team: str = NORTH, who: str = ANN) -> str:
        """Somebody installs Prep; the page that they see at the end."""
        page = await install(self.running.address, self.slack.core, team, who)
        await self.settled()
        return page

    async def settled(self) -> None:
        """Wait for what goes on after the acknowledgement."""
        await self.faces.tasks.finish(5)

    async def command(self, words: str, who: str = ANN, channel: str = ROOM) -> str:
        """`/prep words`; what is said back at once."""
        answer = await self.slack.command(who, channel, "/prep", words)
        await self.settled()
        return answer.text

    async def dm(self, words: str, who: str = ANN) -> str:
        """A direct message; the last thing that Prep said in it."""
        await self.slack.dm(who, words)
        await self.settled()
        return self.told(who)[-1]

    async def press(self, words: str, who: str, channel: str, **more: Any) -> Delivery:
        """A button with these words, whether there is one or not."""
        space, user = self.slack.world.space_of(who), self.slack.world.users[who]
        body = payloads.interaction("block_actions", space, user, "1.2.x") | {
            "channel": {"id": channel, "name": "x"},
            "container": {
                "type": "message",
                "channel_id": channel,
                "message_ts": "1.2",
                "is_ephemeral": True,
            },
            "response_url": "",
            "actions": [{"type": "button", "action_id": f"{SAY}:0", "block_id": "b", "value": words}],
            **more,
        }
        sent = await self.slack.sender.form({"payload": json.dumps(body)})
        await self.settled()
        return sent

    def told(self, who: str = ANN) -> list[str]:
        """What Prep said to somebody in the direct message."""
        return [self.slack.reading(m) for m in self.slack.direct_messages(who) if m.bot_id]

    def all_said(self, *teams: str) -> str:
        """All that Prep ever said in these workspaces."""
        bots = {self.slack.world.workspaces[team].bot_id for team in teams}
        return "\n".join(self.slack.reading(m) for m in self.slack.world.said if m.bot_id in bots)


def populate(slack: SlackDouble) -> None:
    """Two workspaces that know nothing of each other."""
    world = slack.world
    world.client = CLIENT
    world.add_workspace(NORTH, scopes=SCOPES)
    world.add_workspace(WEST, scopes=SCOPES, name="Westwind", domain="westwind")
    world.add_user(ANN, "ann")
    world.add_user(BOB, "bob")
    world.add_user(DAN, "dan", WEST)
    world.add_channel(ROOM, "room", [ANN, BOB])
    world.add_channel(YARD, "yard", [DAN], team=WEST)


def settings_for(url: str, slack: SlackDouble, **more: Any) -> Settings:
    """The settings of a Prep that is installed by OAuth."""
    given: dict[str, Any] = {
        "slack_client_id": CLIENT[0],
        "slack_client_secret": SecretStr(CLIENT[1]),
        "slack_signing_secret": SecretStr(slack.secret),
        "prep_secret_key": SecretStr(KEY),
        "slack_api_url": slack.api_url,
    }
    return Settings(_env_file=None, database_url=url, port=0, **(given | more))


@asynccontextmanager
async def serving(
    url: str, slack: SlackDouble, now: datetime | None = None, **more: Any
) -> AsyncIterator[House]:
    """A process that serves this Slack; the newest one gets what Slack sends."""
    house: House

    def clock() -> datetime:
        return house.now if started else moment

    started, moment = False, now or datetime.fromtimestamp(slack.clock.now(), UTC)
    running = await start(settings_for(url, slack, **more), clock)
    house, started = House(slack, running, moment), True
    slack.point_at(f"{running.address}/slack/events")
    try:
        yield house
    finally:
        for session in house.browsers:
            await session.close()
        await running.stop()


@asynccontextmanager
async def housed(url: str, **more: Any) -> AsyncIterator[House]:
    """A Slack and a process that serves it."""
    async with SlackDouble(clock=ManualClock(), burst=None) as slack:
        populate(slack)
        async with serving(url, slack, **more) as house:
            yield house
