"""What a process holds that has worked on both platforms: the plan of the benchmark made and asked about on each."""

from __future__ import annotations

import asyncio
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.commands import PLAN, TOKEN
from bench.measure import Figure, at_most
from bench.postgres import postgres
from bench.processes import environment, free_port, prepbot, resident, wait_until_ready
from bench.slack_load import SECRET, client, commander
from bench.slack_stub import slack_api
from bench.teams import sayer
from bench.teams_stub import bot_connector

if TYPE_CHECKING:
    from aiohttp import ClientSession

_ALLOWED = 160.0  # MB


async def memory() -> list[Figure]:
    """Resident memory of `prepbot run` with Slack, Teams and reminders on, once it has answered a few hundred messages of
    each platform, against what is allowed; on either database."""
    with TemporaryDirectory() as folder, postgres() as server:
        lite = await _worked(f"sqlite:///{folder}/both.db")
        post = await _worked(server)
    return [
        at_most("memory with both platforms at work, SQLite", lite, _ALLOWED, 1, "MB"),
        at_most("memory with both platforms at work, PostgreSQL", post, _ALLOWED, 1, "MB"),
    ]


async def _worked(database: str) -> float:
    port = free_port()
    async with slack_api() as slack, bot_connector() as teams, client() as http:
        settings = {
            "DATABASE_URL": database,
            "PORT": str(port),
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": slack,
            "TEAMS_ALLOW_ANONYMOUS": "1",
        }
        process = await asyncio.create_subprocess_exec(
            prepbot(), "run", stdout=DEVNULL, stderr=DEVNULL, env={**environment(), **settings}
        )
        try:
            await asyncio.to_thread(wait_until_ready, port)
            await _work(http, f"http://127.0.0.1:{port}", teams)
            return resident(process.pid)
        finally:
            process.terminate()
            await process.wait()


async def _work(http: ClientSession, address: str, teams: str) -> None:
    asked = ["batna acme", "log acme", "brief acme", "ready acme", "terms acme", "help", ""] * 40
    for line in [*PLAN, *asked]:
        await commander(http, f"{address}/slack/events", line)()
        await sayer(http, f"{address}/api/messages", teams, line or "help")()
