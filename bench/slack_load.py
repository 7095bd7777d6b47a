"""Signed slash commands over loopback HTTP with keep-alive, against Bolt apps in this process."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import ClientSession, TCPConnector, web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

SECRET = "a secret of the benchmark"
TEAM, USER, CHANNEL = "T0BENCH", "U0BENCH", "C0BENCH"


async def _authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_token="xoxb-bench", bot_id="B0", bot_user_id="UBOT"
    )


def bolt() -> AsyncApp:
    """An app that trusts the benchmark's signatures and calls nobody."""
    return AsyncApp(process_before_response=True, signing_secret=SECRET, authorize=_authorize)


def bare() -> AsyncApp:
    """The floor: a command that answers a fixed text."""
    app = bolt()

    @app.command("/prep")
    async def _answer(ack: Any) -> None:
        await ack(text="A fixed text.")

    return app


@asynccontextmanager
async def served(app: AsyncApp) -> AsyncIterator[str]:
    """The address at which an app takes requests."""
    runner = web.AppRunner(app.web_app("/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def client(connections: int = 16) -> AsyncIterator[ClientSession]:
    """A client that keeps its connections."""
    async with ClientSession(connector=TCPConnector(limit=connections)) as session:
        yield session


def commander(
    session: ClientSession, url: str, text: str, *, at_once: int = 1, user: str = USER
) -> Callable[[], Awaitable[None]]:
    """A call that sends the command `at_once` times side by side and waits for all answers."""
    body = urlencode(
        {
            "team_id": TEAM, "channel_id": CHANNEL, "channel_name": "acme", "user_id": user, "user_name": "bench",
            "command": "/prep", "text": text, "response_url": "http://127.0.0.1:1/x", "trigger_id": "1.1",
        }
    )  # fmt: skip

    async def once() -> None:
        async with session.post(url, data=body, headers=_signed(body)) as response:
            answer = await response.read()
            if response.status != 200 or not answer:
                raise RuntimeError(f"answered {response.status}")

    async def many() -> None:
        await asyncio.gather(*(once() for _ in range(at_once)))

    return once if at_once == 1 else many


def _signed(body: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
