"""The Bot Connector's HTTP interface: time limits, a few retries, an honest account of what happened.

botbuilder's own client drops the properties it does not know, cannot address one person in a channel, fetches
its token on the event loop and has no say about retries, so it is not used for sending.
"""

from __future__ import annotations

import asyncio
import ipaddress
import random
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from bot.teams.connector.errors import NoTokenError
from bot.teams.connector.outcomes import (
    TOKEN_REFUSED,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Trouble,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.PRECONDITION_FAILED}
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a busy service is asked, and how long we wait for it: seconds, growing by two, with jitter.

    A wait longer than `longest` is not ours to sit out: the caller is told instead.
    """

    attempts: int = 4
    first: float = 1.0
    longest: float = 10.0

    def pause(self, attempt: int, asked: float, jitter: float) -> float:
        """Seconds before the next try: what was asked for, plus a share of our own step (jitter 0 to 1)."""
        return asked + self.first * 2.0**attempt * (0.5 + jitter / 2)


@dataclass(frozen=True, slots=True)
class Limits:
    """Time limits in seconds: to connect, for a whole request, and for fetching a token or the keys."""

    connect: float = 5.0
    whole: float = 20.0
    identity: float = 10.0


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `path` is joined to the service's URL, its parts already quoted."""

    method: str
    service_url: str
    path: str
    body: dict[str, Any] | None = None
    query: dict[str, str] | None = None

    @property
    def changes(self) -> bool:
        """Whether something may have changed when the answer is lost."""
        return self.method != "GET"


class Service:
    """Sends calls. `token` gives the bearer token, None sends without; `jitter` gives numbers from 0 to 1."""

    def __init__(
        self,
        token: Callable[[], Awaitable[str]] | None,
        *,
        patience: Patience,
        limits: Limits,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._token = token
        self._patience = patience
        self._limits = limits
        self._sleep = sleep
        self._jitter = jitter
        self._client: httpx.AsyncClient | None = None

    async def call(self, call: Call) -> dict[str, Any] | Trouble:
        """The answer's JSON object ({} where there is none), or what went wrong. Busy is asked again."""
        for attempt in range(self._patience.attempts - 1):
            outcome = await self._once(call)
            if not isinstance(outcome, RateLimited):
                return outcome
            pause = self._patience.pause(attempt, outcome.retry_after, self._jitter())
            if pause > self._patience.longest:
                return RateLimited(pause)
            await self._sleep(pause)
        outcome = await self._once(call)
        if isinstance(outcome, RateLimited):
            last = self._patience.attempts - 1
            return RateLimited(self._patience.pause(last, outcome.retry_after, self._jitter()))
        return outcome

    async def close(self) -> None:
        """Closes kept connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _once(self, call: Call) -> dict[str, Any] | Trouble:
        try:
            headers = await self._headers()
        except NoTokenError as error:
            return Refused(TOKEN_REFUSED) if error.refused else Unreachable("token")
        try:
            async with asyncio.timeout(self._limits.whole):
                response = await self._http().request(
                    call.method,
                    call.service_url.rstrip("/") + call.path,
                    json=call.body,
                    params=call.query,
                    headers=headers,
                )
        except _NEVER_LEFT:
            return Unreachable("connect")
        except (httpx.TransportError, TimeoutError):
            return OutcomeUnknown("connection") if call.changes else Unreachable("connection")
        return _outcome(response, changes=call.changes)

    async def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {await self._token()}"} if self._token else {}

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            timeout = httpx.Timeout(self._limits.whole, connect=self._limits.connect)
            self._client = httpx.AsyncClient(timeout=timeout)
        return self._client


def trusted(service_url: object, *, loopback_only: bool) -> bool:
    """Whether to send there: encrypted, or this machine; without authentication this machine only."""
    if not isinstance(service_url, str):
        return False
    try:
        parts = urlsplit(service_url)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.scheme not in {"http", "https"}:
        return False
    return is_loopback(host) or (parts.scheme == "https" and not loopback_only)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _outcome(response: httpx.Response, *, changes: bool) -> dict[str, Any] | Trouble:
    status = response.status_code
    if response.is_success:
        return _json(response)
    if status in _BUSY:
        return RateLimited(_seconds(response.headers.get("Retry-After")))
    code = _code(response)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return Unreachable(code)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return OutcomeUnknown(code) if changes else Unreachable(code)
    return Refused(code, status)


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _code(response: httpx.Response) -> str:
    """Teams' own code for what is wrong; its message is left out, as it can repeat what was sent."""
    error = _json(response).get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return str(code)[:80] if code else f"Http{response.status_code}"


def _seconds(retry_after: str | None) -> float:
    """Seconds of a Retry-After header; the form with a date is not used by the service and counts as none."""
    try:
        return max(0.0, float(retry_after or 0))
    except ValueError:
        return 0.0
