"""Socket Mode: Slack's payloads over a WebSocket that Prep opens, for where nobody can reach Prep from outside.

The SDK keeps the connection: it pings, and connects again where Slack asks for it or the line breaks. What is not
acknowledged Slack sends again, to this process or to another one.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.slack.bolt import quiet
from bot.slack.shape import is_sound

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

PING = 5.0  # seconds between pings, and between attempts to connect
_UNDER_WAY = 6.0  # seconds for what is not acknowledged yet, when Prep stops
_ADDRESS = 6  # attempts after which the address of the connection is asked for anew


class Socket:
    """The connection of one process. `token` is the app's own, `xapp-...`."""

    def __init__(self, bolt: AsyncApp, token: str, api_url: str, *, ping: float = PING) -> None:
        self._bolt, self._token, self._api_url, self._ping = bolt, token, api_url, ping
        self._handler: AsyncSocketModeHandler | None = None
        self._under_way: set[asyncio.Task[Any]] = set()
        self._own: list[asyncio.Task[Any]] = []
        self._stopping = False

    def open(self) -> None:
        """Begin to connect. Where Slack cannot be reached, it is tried again and again."""
        logger = quiet("prepbot.socket")
        client = AsyncWebClient(base_url=self._api_url, logger=logger)
        self._handler = AsyncSocketModeHandler(
            self._bolt, self._token, logger=logger, web_client=client, ping_interval=self._ping
        )
        self._handler.client.socket_mode_request_listeners[:] = [self._hear]
        self._own = [asyncio.create_task(self._connect()), asyncio.create_task(self._watch())]

    async def _connect(self) -> None:
        if self._handler is not None:
            await self._handler.connect_async()  # type: ignore[no-untyped-call]
            if not self._stopping:
                logs.info("slack_connected", how="socket")

    async def _watch(self) -> None:
        """An address that does not work is tried no longer than half a minute: then a new one is asked for."""
        missed = 0
        while self._handler is not None:
            await asyncio.sleep(self._ping)
            missed = 0 if await self._handler.client.is_connected() else missed + 1
            if missed and missed % _ADDRESS == 0:
                logs.warning("slack_not_connected", how="socket")
                self._handler.client.wss_uri = None

    async def _hear(self, client: Any, request: Any) -> None:
        """One payload. When Prep stops nothing new is taken, and nothing acknowledged that was not done."""
        task = asyncio.current_task()
        if self._stopping or self._handler is None or task is None:
            return
        logs.begin()
        if not is_sound(
            request.payload
        ):  # not acknowledged: nothing of it can be done, however often it comes
            logs.warning("slack_garbled", how="socket")
            return
        self._under_way.add(task)
        try:
            await self._handler.handle(client, request)
        finally:
            self._under_way.discard(task)

    async def close(self) -> None:
        """Take nothing new, acknowledge what is under way, and leave."""
        self._stopping = True
        if self._handler is None:
            return
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=_UNDER_WAY)
        client = self._handler.client
        await self._handler.close_async()  # type: ignore[no-untyped-call]
        tasks = [
            task
            for task in (
                *self._own,
                client.message_processor,
                client.current_session_monitor,
                client.message_receiver,
            )
            if task is not None
        ]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
