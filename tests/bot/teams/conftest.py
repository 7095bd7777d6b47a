"""A bot between a Teams double and the people there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from aiohttp import web

from bot.teams.connector import Cloud, Connector, Limits
from bot.teams.endpoint import routes
from tests.bot.teams.stage import Bot, Clock, Start
from tests.doubles.teams.client import TeamsClient
from tests.doubles.teams.identity import ISSUER, Signer
from tests.doubles.teams.service import TeamsDouble
from tests.doubles.teams.serving import serving
from tests.doubles.teams.world import BOT_APP, HOST_TENANT
from tests.journeys.teams_runner import TeamsRunner, teams_runner

CHANNELS = {"acme": ["ann", "ben", "carl"], "team": ["ann", "ben"]}


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Starts a bot; `signer` makes it one with an app id whose callers sign, without it everything is anonymous."""
    async with AsyncExitStack() as stack:

        async def _start(signer: Signer | None = None, **more: Any) -> Bot:
            clock = Clock()
            double = TeamsDouble(clock=clock, routes=signer.routes() if signer else None)
            teams = await stack.enter_async_context(double)
            bot = Bot(teams, clock)
            registration = (BOT_APP, "a password", HOST_TENANT) if signer else ("", "", "")
            bot.connector = Connector(
                *registration,
                on_activity=bot.on_activity,
                on_error=bot.errors.append,
                allow_anonymous=signer is None,
                cloud=Cloud(issuer=ISSUER, keys_url=f"{teams.url}/openid"),
                sleep=clock.sleep,
                jitter=lambda: 0.0,
                **{"limits": Limits(connect=2, whole=2, identity=2), **more},
            )
            stack.push_async_callback(bot.connector.close)
            app = web.Application()
            app.add_routes(routes(bot.connector))
            bot.endpoint = await stack.enter_async_context(serving(app)) + "/api/messages"
            bearer = (lambda activity: signer.bearer(activity["serviceUrl"])) if signer else None
            bot.client = TeamsClient(teams, bot.endpoint, bearer)
            return bot

        yield _start


@pytest.fixture
async def bot(start: Start) -> Bot:
    """A bot without authentication, on this machine."""
    return await start()


@pytest.fixture
async def prep(sqlite_url: str) -> AsyncIterator[TeamsRunner]:
    """A whole Prep in Teams: ann, ben and carl in #acme, ann and ben in #team.

    Their tenant takes no messages that one person in a channel sees, and Prep knows that already.
    """
    async with teams_runner(sqlite_url, CHANNELS, targeted=False) as runner:
        await runner.say("carl", "#acme", "@Prep plans")
        runner.teams.posts.clear()
        yield runner


@pytest.fixture
async def private(sqlite_url: str) -> AsyncIterator[TeamsRunner]:
    """The same people in a tenant that takes messages which one person in a channel sees."""
    async with teams_runner(sqlite_url, CHANNELS) as runner:
        yield runner
