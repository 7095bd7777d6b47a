"""POST /api/messages: what is turned away before anybody looks into it."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from bot.teams.endpoint import routes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.teams.stage import Bot

JSON = "application/json"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"null", JSON, 400),
        (b"{", JSON, 400),
        (b"", JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b'{"text": "\xff"}', JSON, 400),
        (b"{}", JSON, 400),
        (b"{}", "text/plain", 415),
        (b"9" * (2**20 + 1), JSON, 413),
    ],
    ids=["null", "broken", "empty", "deep", "encoding", "no activity", "no JSON", "large"],
)
async def test_turned_away(bot: Bot, content: bytes, kind: str, status: int) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(bot.endpoint, data=BytesIO(content), headers={"Content-Type": kind}) as response,
    ):
        assert response.status == status
    assert (bot.heard, bot.errors) == ([], [])


async def test_only_posts(bot: Bot) -> None:
    async with aiohttp.ClientSession() as session, session.get(bot.endpoint) as response:
        assert response.status == 405


async def test_without_authentication_only_this_machine(bot: Bot, tmp_path: Path) -> None:
    app = web.Application()
    app.add_routes(routes(bot.connector))
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        socket = str(tmp_path / "elsewhere")  # a socket file names no address that the caller comes from
        await web.UnixSite(runner, socket).start()
        async with (
            aiohttp.ClientSession(connector=aiohttp.UnixConnector(socket)) as session,
            session.post("http://prep/api/messages", json={}) as response,
        ):
            assert response.status == 403
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "prep.example.com"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"Via": "1.1 x"},
    ],
)
async def test_without_authentication_nothing_that_was_passed_on(bot: Bot, headers: dict[str, str]) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(bot.endpoint, json={}, headers=headers) as response,
    ):
        assert response.status == 403
    assert bot.heard == []


def test_botbuilder_is_loaded_by_those_who_use_it() -> None:
    look = "import sys, bot.teams.endpoint, bot.teams.connector; sys.exit('botbuilder' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-W", "error", "-c", look], check=False, timeout=60).returncode == 0
    )
