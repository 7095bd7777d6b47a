"""Signed requests to the app, as Slack sends them."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.parse
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.signature import SignatureVerifier

from tests.doubles.slack import limits

if TYPE_CHECKING:
    from tests.doubles.slack.world import Json

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Delivery:
    """One request to the app and its answer; status 0 means that none came in time.

    ``trouble`` is what the person would see of it in Slack, empty when all is well.
    """

    sent: str
    content_type: str
    status: int = 0
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    trouble: str = ""

    @property
    def ok(self) -> bool:
        """Acknowledged in time, and nothing to complain about."""
        return 200 <= self.status < 300 and not self.trouble

    @property
    def json(self) -> Json:
        """The answer as an object; empty where it is none."""
        if not self.text.lstrip().startswith("{"):
            return {}
        found: Json = json.loads(self.text)
        return found


class Sender:
    """Sends to ``url`` with Slack's signature; waits as long as Slack does."""

    def __init__(self, secret: str, patience: float = limits.ACKNOWLEDGE_SECONDS) -> None:
        self.secret = secret
        self.patience = patience
        self.url = ""
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Closes the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def form(self, fields: Json) -> Delivery:
        """A slash command, or with one field ``payload`` an interaction."""
        return await self.raw(urllib.parse.urlencode(fields), FORM)

    async def json(self, body: Json) -> Delivery:
        """An event."""
        return await self.raw(json.dumps(body), "application/json")

    async def again(self, delivery: Delivery, number: int, reason: str) -> Delivery:
        """The same body once more, as Slack retries events (signed anew, same event id)."""
        extra = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        return await self.raw(delivery.sent, delivery.content_type, extra)

    async def raw(
        self, body: str, content_type: str, extra: dict[str, str] | None = None, *, at: float | None = None
    ) -> Delivery:
        """Any body; ``at`` signs it for another moment, ``extra`` headers win over the right ones."""
        if not self.url:
            raise RuntimeError("the double does not know where the app listens: call point_at(url)")
        headers = {"Content-Type": content_type, **self.signed(body, at), **(extra or {})}
        session = self._session or aiohttp.ClientSession()
        self._session = session
        start = time.perf_counter()
        wait = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with session.post(self.url, data=body.encode(), headers=headers, timeout=wait) as answer:
                text = await answer.text()
                took = time.perf_counter() - start
                found = {key.lower(): value for key, value in answer.headers.items()}
                return Delivery(body, content_type, answer.status, text, found, took)
        except (TimeoutError, aiohttp.ClientError, asyncio.IncompleteReadError):
            return Delivery(body, content_type, seconds=time.perf_counter() - start)

    def signed(self, body: str, at: float | None = None) -> dict[str, str]:
        """The two signature headers; the app checks them against the real clock."""
        timestamp = str(int(time.time() if at is None else at))
        signature = SignatureVerifier(self.secret).generate_signature(timestamp=timestamp, body=body)
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature or ""}
