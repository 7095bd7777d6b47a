"""Socket Mode: the same Slack over a connection that Prep opens, cut and asked to be renewed, and left in good order."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import build
from bot.config import Settings
from bot.serve import is_for_slack, start
from bot.slack.dispatch import alone
from bot.slack.needs import LOG_SHORTCUT
from bot.slack.socket import Socket
from tests.bot.slack.stage import ANN, BOB, ROOM, START, populate
from tests.doubles.slack.clocks import ManualClock, RealClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.faults import down, slow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.slack.face import SlackFace
    from tests.doubles.slack.clocks import Clock

PING = 0.1


class Connected:
    """A Prep that is connected."""

    def __init__(self, slack: SlackDouble, face: SlackFace, socket: Socket) -> None:
        self.slack, self.face, self.socket = slack, face, socket

    async def settled(self) -> None:
        await self.face.tasks.finish(5)

    def private(self) -> list[str]:
        return [self.slack.reading(one) for one in self.slack.ephemerals(ROOM, ANN)]


@asynccontextmanager
async def connected(url: str, *, waits: bool = True, clock: Clock | None = None) -> AsyncIterator[Connected]:
    app = build(Settings(database_url=url, _env_file=None))  # type: ignore[call-arg]
    async with SlackDouble(clock=clock or ManualClock(), burst=None) as slack:
        populate(slack)
        slack.use_sockets()
        ours, face = alone(app.edge, "xoxb-T0PREP", "", lambda: START, api_url=slack.api_url)
        socket = Socket(ours.bolt, slack.sockets.token, slack.api_url, ping=PING)
        if not waits:
            slack.fail(down(), "apps.connections.open")
        socket.open()
        if waits:
            await slack.sockets.connected()
        yield Connected(slack, face, socket)
        await socket.close()
        await ours.close()
    app.close()


async def test_commands_events_buttons_forms_and_shortcuts_come_over_it(sqlite_url: str) -> None:
    async with connected(sqlite_url) as prep:
        slack = prep.slack
        delivery = await slack.command(ANN, ROOM, "/prep", "new quick Acme: housings")
        assert delivery.ok
        await slack.dm(ANN, "later")
        await prep.settled()
        await slack.message_shortcut(ANN, slack.say(BOB, ROOM, "a pen"), LOG_SHORTCUT)
        await prep.settled()
        refused = await slack.submit(ANN, {"What moved": "?"})
        assert refused.json["response_action"] in {"errors", "update"}
        await slack.submit(ANN, {"What moved": "a pen"})
        await prep.settled()
        assert "logged as #1" in prep.private()[-1]
        await slack.press(ANN, ROOM, "Show log")
        await prep.settled()
        assert "a pen" in prep.private()[-1]
        assert slack.troubles == []


async def test_what_is_garbled_is_passed_over(sqlite_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    async with connected(sqlite_url) as prep:
        garbled = {"type": "block_actions", "team": {"id": "T0PREP"}, "user": {"id": ANN}, "actions": []}
        assert await prep.slack.sockets.send("interactive", garbled, 0.3) is None
        told = capfd.readouterr().err
        assert "slack_garbled" in told
        assert "error" not in told
        assert (await prep.slack.command(ANN, ROOM, "/prep", "hub")).ok


async def test_it_connects_again_where_slack_asks_for_it(sqlite_url: str) -> None:
    async with connected(sqlite_url) as prep:
        await prep.slack.sockets.ask_to_reconnect()
        await prep.slack.sockets.connected(2)
        assert (await prep.slack.command(ANN, ROOM, "/prep", "hub")).ok
        assert len(prep.private()) == 1


async def test_it_connects_again_where_the_line_breaks(sqlite_url: str) -> None:
    async with connected(sqlite_url) as prep:
        await prep.slack.sockets.cut()
        await prep.slack.sockets.connected(2)
        assert (await prep.slack.command(ANN, ROOM, "/prep", "hub")).ok


async def test_it_connects_as_soon_as_slack_is_there(sqlite_url: str) -> None:
    async with connected(sqlite_url, waits=False) as prep:
        await asyncio.sleep(3 * PING)
        assert prep.slack.sockets.opened == 0
        prep.slack.faults.clear()
        await prep.slack.sockets.connected()
        assert (await prep.slack.command(ANN, ROOM, "/prep", "hub")).ok


async def test_what_is_under_way_is_acknowledged_before_it_leaves(sqlite_url: str) -> None:
    async with connected(sqlite_url, clock=RealClock()) as prep:
        prep.slack.fail(slow(0.5), "users.info", times=1)
        command = asyncio.create_task(prep.slack.command(ANN, ROOM, "/prep", "hub"))
        await asyncio.sleep(0.1)
        assert not command.done()
        await prep.socket.close()
        assert (await command).ok
        assert len(prep.private()) == 1
        assert prep.slack.sockets.open == []


async def test_what_comes_while_it_leaves_is_left_to_others(sqlite_url: str) -> None:
    async with connected(sqlite_url, clock=RealClock()) as prep:
        prep.slack.fail(slow(0.5), "users.info", times=1)
        first = asyncio.create_task(prep.slack.command(ANN, ROOM, "/prep", "hub"))
        await asyncio.sleep(0.1)
        leaving = asyncio.create_task(prep.socket.close())
        await asyncio.sleep(0)
        assert len(prep.slack.sockets.open) == 1
        second = await prep.slack.command(ANN, ROOM, "/prep", "help")
        assert second.status == 0
        assert (await first).ok
        await leaving


async def test_an_event_that_is_sent_again_acts_once(sqlite_url: str) -> None:
    async with connected(sqlite_url) as prep:
        sent = await prep.slack.dm(ANN, "new quick Acme: housings")
        await prep.settled()
        before = len(prep.slack.direct_messages(ANN))
        await prep.slack.sender.again(sent, 1, "timeout")
        await prep.settled()
        assert len(prep.slack.direct_messages(ANN)) == before


async def test_a_server_with_the_token_of_the_app_serves_health_alone_over_http(database_url: str) -> None:
    async with SlackDouble(burst=None) as slack:
        populate(slack)
        slack.use_sockets()
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            database_url=database_url,
            port=0,
            slack_bot_token=SecretStr("xoxb-T0PREP"),
            slack_app_token=SecretStr(slack.sockets.token),
            slack_api_url=slack.api_url,
        )
        assert is_for_slack(settings)
        running = await start(settings)
        try:
            await slack.sockets.connected()
            assert (await slack.command(ANN, ROOM, "/prep", "hub")).ok
            async with aiohttp.ClientSession() as session:
                assert (await session.get(f"{running.address}/healthz")).status == 200
                assert (await session.post(f"{running.address}/slack/events", json={})).status == 404
        finally:
            assert await running.stop()
        assert slack.sockets.open == []
        assert slack.troubles == []


async def test_no_token_and_nothing_that_was_said_is_in_the_log(
    sqlite_url: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(sqlite_url) as prep:
        await prep.slack.command(ANN, ROOM, "/prep", "new quick Velkro: hooks")
        await prep.slack.sockets.cut()
        await prep.slack.sockets.connected(2)
    told = "".join(capfd.readouterr()) + caplog.text
    assert "Velkro" not in told
    assert "xapp" not in told
    assert "ticket-" not in told
