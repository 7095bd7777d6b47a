"""`prepbot run`: what it serves, and how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.serve import NOTHING, start
from tests.bot.slack.stage import ANN, ROOM, populate
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.faults import slow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def configured(url: str, **more: Any) -> Settings:
    return Settings(_env_file=None, database_url=url, port=0, **more)  # type: ignore[call-arg]


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble(burst=None) as double:
        populate(double)
        yield double


async def got(address: str) -> tuple[int, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.json()


async def test_it_serves_slack_and_health(database_url: str, slack: SlackDouble) -> None:
    running = await start(
        configured(
            database_url,
            slack_bot_token=SecretStr("xoxb-T0PREP"),
            slack_signing_secret=SecretStr(slack.secret),
            slack_api_url=slack.api_url,
        )
    )
    try:
        slack.point_at(f"{running.address}/slack/events")
        await slack.command(ANN, ROOM, "/prep", "")
        assert len(slack.ephemerals(ROOM, ANN)) == 1
        assert await got(f"{running.address}/healthz") == (200, {"process": "ok"})
        assert await got(f"{running.address}/readyz") == (200, {"database": "ok", "scheduler": "ok"})
        running.bell.stop()
        assert (await got(f"{running.address}/readyz"))[0] == 503
        running.bell.start()
    finally:
        await running.stop()


async def test_a_database_that_is_away_is_not_ready(sqlite_url: str) -> None:
    running = await start(configured(sqlite_url))
    try:
        running.app.database.engine.dispose()
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        path.rename(f"{path}.away")
        path.mkdir()
        status, told = await got(f"{running.address}/readyz")
        assert (status, told["database"]) == (503, "does not answer")
        assert (await got(f"{running.address}/healthz"))[0] == 200
    finally:
        await running.stop()


async def test_what_is_not_configured_is_not_served(sqlite_url: str) -> None:
    running = await start(configured(sqlite_url))
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{running.address}/slack/events") as answer,
        ):
            assert answer.status == 404
    finally:
        await running.stop()


async def test_what_breaks_while_stopping_keeps_nothing_else_from_ending(sqlite_url: str) -> None:
    running = await start(configured(sqlite_url))
    ended: list[str] = []

    async def breaks() -> None:
        raise OSError

    async def ends() -> None:
        ended.append("it")

    running.served.leaving += [breaks, ends]
    running.served.closing += [breaks, ends]
    assert await running.stop() is False
    assert ended == ["it", "it"]
    with pytest.raises(RuntimeError):  # its threads are given back
        await running.app.edge.aside(lambda: None)


def prepbot(sqlite_url: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "run"],
        env={**os.environ, "DATABASE_URL": sqlite_url, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_nothing_configured_says_what_is_missing(sqlite_url: str) -> None:
    process = prepbot(sqlite_url)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, told.strip()) == (1, NOTHING)


def test_it_ends_in_good_order(sqlite_url: str, unused_tcp_port: int) -> None:
    process = prepbot(
        sqlite_url, SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s", PORT=str(unused_tcp_port),
        SLACK_API_URL="http://127.0.0.1:1/api/",
    )  # fmt: skip
    try:
        _until_it_answers(f"http://127.0.0.1:{unused_tcp_port}/healthz")
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "serving" in told
    assert "stopping" in told


async def test_what_is_under_way_is_answered_before_it_ends(
    sqlite_url: str, slack: SlackDouble, unused_tcp_port: int
) -> None:
    process = prepbot(
        sqlite_url, SLACK_BOT_TOKEN="xoxb-T0PREP", SLACK_SIGNING_SECRET=slack.secret, PORT=str(unused_tcp_port),
        SLACK_API_URL=slack.api_url, HOST="127.0.0.1",
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{unused_tcp_port}"
        await asyncio.to_thread(_until_it_answers, f"{address}/healthz")
        slack.point_at(f"{address}/slack/events")
        slack.fail(slow(1.0), "users.info", times=1)
        asked = asyncio.create_task(slack.command(ANN, ROOM, "/prep", "help"))
        while not slack.called("users.info"):
            await asyncio.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        answered = await asked
        _, told = await asyncio.to_thread(process.communicate, timeout=30)
    finally:
        process.kill()
    assert (answered.status, answered.trouble, process.returncode) == (200, "", 0)
    assert "What you can say" in answered.text or slack.ephemerals(ROOM, ANN)
    assert "Traceback" not in told


def test_a_port_that_is_taken_is_said(sqlite_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = prepbot(
            sqlite_url, SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s", SLACK_API_URL="http://127.0.0.1:1/api/",
            HOST="127.0.0.1", PORT=str(taken.getsockname()[1]),
        )  # fmt: skip
        _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (1, "Prep cannot serve on HOST and PORT: Address already in use.\n")


def _until_it_answers(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("it does not answer")
