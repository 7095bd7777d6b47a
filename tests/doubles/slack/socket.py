"""Socket Mode: connections that the app opened, envelopes on them, and what it acknowledges them with."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.parse
from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles.slack.errors import ApiError
from tests.doubles.slack.sending import FORM, Delivery, Sender

if TYPE_CHECKING:
    from tests.doubles.slack.world import Json

APP_TOKEN = "xapp-1-A0PREP-1-secret"


class Sockets:
    """Every connection of the app. ``token`` is the app's own; a ticket opens one connection."""

    def __init__(self) -> None:
        self.token = APP_TOKEN
        self.opened = 0
        self.open: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._envelopes = 0
        self._transports: list[asyncio.Transport] = []

    def ticket(self, token: str, url: str) -> Json:
        """apps.connections.open."""
        if token != self.token:
            raise ApiError("invalid_auth")
        name = f"ticket-{len(self._tickets)}-{self.opened}"
        self._tickets.add(name)
        return {"ok": True, "url": f"{url.replace('http', 'ws', 1)}/socket/{name}"}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, until it ends."""
        name = request.match_info["name"]
        if name not in self._tickets:
            return web.Response(status=404)
        self._tickets.discard(name)
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_json({"type": "hello", "num_connections": 1})
        self.opened += 1
        self.open.append(line)
        if isinstance(request.transport, asyncio.Transport):
            self._transports.append(request.transport)
        try:
            async for message in line:
                self._acknowledged(json.loads(message.data))
        finally:
            self.open.remove(line)
        return line

    def _acknowledged(self, said: Json) -> None:
        waiting = self._waiting.pop(str(said.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(said)

    async def connected(self, times: int = 1, seconds: float = 5) -> None:
        """Waits until the app has connected so often."""
        async with asyncio.timeout(seconds):
            while self.opened < times or not self.open:
                await asyncio.sleep(0.01)

    async def send(self, kind: str, payload: Json, patience: float, **more: object) -> Json | None:
        """Sends one envelope and waits for its acknowledgement; None where none comes in time."""
        if not self.open:
            return None
        self._envelopes += 1
        name = f"envelope-{self._envelopes}"
        self._waiting[name] = asyncio.get_running_loop().create_future()
        answerable = kind != "events_api"
        body = {"envelope_id": name, "type": kind, "payload": payload, "accepts_response_payload": answerable}
        waiting = self._waiting[name]
        await self.open[-1].send_json(body | more)
        try:
            return await asyncio.wait_for(waiting, patience)
        except TimeoutError:
            return None

    async def ask_to_reconnect(self) -> None:
        """What Slack says before it closes a connection."""
        await self.open[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def cut(self) -> None:
        """The line breaks without a word."""
        for transport in self._transports:
            transport.abort()
        self._transports.clear()


class SocketSender(Sender):
    """A sender that puts what it sends into envelopes."""

    def __init__(self, sockets: Sockets, secret: str, patience: float) -> None:
        super().__init__(secret, patience)
        self._sockets = sockets

    async def raw(
        self, body: str, content_type: str, extra: dict[str, str] | None = None, *, at: float | None = None
    ) -> Delivery:
        """The same body as the payload of an envelope; signatures are for HTTP alone."""
        kind, payload = _envelope(body, content_type)
        again = {"retry_attempt": 1, "retry_reason": "timeout"} if extra else {}
        start = time.perf_counter()
        answer = await self._sockets.send(kind, payload, self.patience, **again)
        took = time.perf_counter() - start
        if answer is None:
            return Delivery(body, content_type, seconds=took)
        text = json.dumps(answer["payload"]) if answer.get("payload") else ""
        return Delivery(body, content_type, 200, text, {}, took)


def _envelope(body: str, content_type: str) -> tuple[str, Json]:
    if content_type != FORM:
        return "events_api", json.loads(body)
    fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
    if "payload" in fields:
        return "interactive", json.loads(fields["payload"])
    return "slash_commands", fields
