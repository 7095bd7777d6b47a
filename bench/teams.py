"""Messages to Prep in Teams over HTTP, against a bot on the same adapter that says back what it hears."""

from __future__ import annotations

import itertools
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bench.commands import PLAN
from bench.measure import Figure, at_most, interleaved
from bench.slack_load import client
from bench.teams_stub import MEMBER, TENANT, bot_connector
from bot.config import Settings
from bot.serve import start
from bot.teams.connector import Connector, reference_of
from bot.teams.endpoint import routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from aiohttp import ClientSession

_BOT = {"id": "28:prep", "name": "Prep"}


async def in_teams() -> list[Figure]:
    """`batna acme` in the personal chat."""
    with TemporaryDirectory() as folder:
        ours_at = f"sqlite:///{folder}/prep.db"
        async with bot_connector() as service, _echo() as floor, _prep(ours_at) as ours, client() as http:
            for line in PLAN:
                await sayer(http, ours, service, line)()
            mine, theirs = await interleaved(
                sayer(http, ours, service, "batna acme"), sayer(http, floor, service, "batna acme")
            )
    return [at_most("batna in Teams, against an echo", mine, theirs, 3)]


@asynccontextmanager
async def _prep(url: str) -> AsyncIterator[str]:
    settings = Settings(_env_file=None, database_url=url, port=0, teams_allow_anonymous=True)  # type: ignore[call-arg]
    running = await start(settings)
    try:
        yield f"{running.address}/api/messages"
    finally:
        await running.stop()


@asynccontextmanager
async def _echo() -> AsyncIterator[str]:
    """The floor: a bot that answers with the words it was told."""

    async def hear(activity: dict[str, Any]) -> None:
        await connector.send(reference_of(activity), {"type": "message", "text": activity["text"]})

    def fail(error: Exception) -> None:
        raise error

    connector = Connector("", "", "", on_activity=hear, on_error=fail, allow_anonymous=True)
    app = web.Application()
    app.add_routes(routes(connector))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    finally:
        await runner.cleanup()
        await connector.close()


_IDS = itertools.count(1)


def sayer(session: ClientSession, url: str, service: str, text: str) -> Callable[[], Awaitable[None]]:
    """A call that says something in the personal chat, and waits until it was answered."""
    sender = {key: MEMBER[key] for key in ("id", "name", "aadObjectId")}
    activity = {
        "type": "message", "channelId": "msteams", "serviceUrl": service, "text": text, "from": sender, "recipient": _BOT,
        "conversation": {"id": "a:personal", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "entities": [{"type": "clientInfo", "locale": "en-GB", "timezone": "Europe/Berlin"}],
    }  # fmt: skip

    async def once() -> None:
        async with session.post(url, json={**activity, "id": str(next(_IDS))}) as response:
            await response.read()
            if response.status != 200:
                raise RuntimeError(f"answered {response.status}")

    return once
