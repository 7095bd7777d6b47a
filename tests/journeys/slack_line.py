"""The ways in which Prep is connected to Slack, as its process connects itself; a journey says when reminders go out.

With a bot token it serves one workspace; by OAuth as many as install it, through the pages that it serves. What is sent
comes over HTTP, signed, or by Socket Mode over the connection that Prep opens.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web
from pydantic import SecretStr

from bot.app import build
from bot.config import Settings
from bot.delivery import Delivery
from bot.serve import connect
from tests.doubles.slack.browser import install
from tests.doubles.slack.serving import serve
from tests.doubles.slack.socket import APP_TOKEN
from tests.journeys.runner import at_once
from tests.support.talk import START

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from bot.slack.dispatch import SlackApp
    from tests.doubles.slack.double import SlackDouble

TEAM = "T0PREP"
CLIENT = ("11.22", "client-secret")


@dataclass(frozen=True)
class How:
    """How Prep is connected: a token for each installation, or that of `TEAM`; over a socket, or HTTP."""

    oauth: bool = False
    socket: bool = False

    def settings(self, database_url: str, api_url: str, secret: str, playbook: str | None) -> Settings:
        """What the environment of such a process holds."""
        given: dict[str, Any] = {"slack_api_url": api_url, "prep_playbook": playbook}
        if self.oauth:
            given["slack_client_id"], given["slack_client_secret"] = CLIENT[0], SecretStr(CLIENT[1])
            given["prep_secret_key"] = SecretStr("a long random text for journeys")
        else:
            given["slack_bot_token"] = SecretStr(f"xoxb-{TEAM}")
        if self.socket:
            given["slack_app_token"] = SecretStr(APP_TOKEN)
        else:
            given["slack_signing_secret"] = SecretStr(secret)
        return Settings(_env_file=None, database_url=database_url, **given)


class Line:
    """A Prep that is connected. `now` moves only when a journey moves it."""

    def __init__(self, settings: Settings) -> None:
        self.now = START
        self.app = build(settings)
        self.served = connect(self.app, settings, lambda: self.now)
        self.delivery = Delivery(self.app.database, self.served.senders, sleep=at_once)
        self.address = ""

    @property
    def ours(self) -> SlackApp:
        """What takes Slack's requests."""
        return self.served.senders["slack"]  # type: ignore[return-value]

    def move(self, now: datetime) -> None:
        """Moves the clock."""
        self.now = now

    async def settled(self) -> None:
        """Wait for what goes on after the acknowledgement."""
        await self.ours.faces.tasks.finish(5)

    async def deliver(self) -> None:
        """What is due is delivered, in all workspaces."""
        await self.delivery.deliver(self.now)

    async def install(self, slack: SlackDouble, team: str, who: str) -> str:
        """Somebody installs Prep, and is greeted; the page that they see at the end."""
        page = await install(self.address, slack.core, team, who)
        await self.settled()
        return page


@asynccontextmanager
async def line_to(
    slack: SlackDouble,
    database_url: str,
    how: How | None = None,
    *,
    api_url: str = "",
    playbook: str | None = None,
) -> AsyncIterator[Line]:
    """A Prep that is connected to this Slack. `api_url` is the Web API's address, if it is not the double's own."""
    how = how or How()
    slack.world.client = CLIENT
    line = Line(how.settings(database_url, api_url or slack.api_url, slack.secret, playbook))
    site = web.Application()
    site.add_routes(line.served.routes)
    try:
        async with serve(site) as line.address:
            if how.socket:
                slack.use_sockets()
            slack.point_at(f"{line.address}/slack/events")
            for begin in line.served.opening:
                begin()
            if how.socket:
                await slack.sockets.connected()
            yield line
    finally:
        for leave in line.served.leaving:
            await leave()
        line.delivery.close()
        await line.ours.close()
        line.app.close()
