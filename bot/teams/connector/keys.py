"""The keys that sign what Teams sends to us.

botbuilder's own holder fetches them on the event loop without a time limit, and fails on an unknown key
before it comes to look for new ones, so that a change of keys would lock everyone out for up to a day.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import jwt

from bot.teams.connector.errors import KeysUnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = 24 * 3600.0
_HOUR = 3600.0
_AFTER_FAILURE = 10.0
_FAILURES = (httpx.HTTPError, httpx.InvalidURL, jwt.PyJWTError, TimeoutError, ValueError, TypeError)


@dataclass(frozen=True, slots=True)
class Key:
    """What botbuilder asks of a key: the key itself, and the channels it may sign for."""

    public_key: Any
    endorsements: list[str]


class Keys:
    """Keys by id, from an OpenID document at `url`. Stands where botbuilder keeps its own holder.

    Fetched on first use and after a day; for an unknown key at most once an hour. If a later fetch fails, the
    keys at hand stay in use. `limit` and `clock` are in seconds, the clock a monotonic one.
    """

    def __init__(self, url: str, *, limit: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.url = url
        self._limit = limit
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._asked: float | None = None
        self._one_at_a_time = asyncio.Lock()

    async def get(self, key_id: str | None) -> Key:
        """The key with this id. PermissionError if there is none, KeysUnreachableError if nobody can tell."""
        if self._stale(key_id):
            async with self._one_at_a_time:
                if self._stale(key_id):
                    await self._refresh()
        if not self._keys:
            raise KeysUnreachableError
        if key_id not in self._keys:
            raise PermissionError("unknown signing key")
        return self._keys[key_id]

    def _stale(self, key_id: str | None) -> bool:
        if self._asked is None:
            return True
        age = self._clock() - self._asked
        return age > (_AFTER_FAILURE if not self._keys else _DAY if key_id in self._keys else _HOUR)

    async def _refresh(self) -> None:
        try:
            async with asyncio.timeout(self._limit), httpx.AsyncClient(timeout=self._limit) as client:
                document = await _fetch(client, self.url)
                self._keys = _keys((await _fetch(client, document["jwks_uri"]))["keys"])
        except (*_FAILURES, KeyError):
            return  # what is at hand stays in use; where that is nothing, `get` says so
        finally:
            self._asked = self._clock()


class NoKeys:
    """No key at all: what other issuers signed (the emulator, other bots) is refused without a look at it."""

    async def get(self, key_id: str | None) -> Key:
        """Never a key: PermissionError."""
        raise PermissionError("not an issuer that may talk to this bot")


async def _fetch(client: httpx.AsyncClient, url: str) -> dict[str, Any]:
    response = await client.get(url)
    response.raise_for_status()
    body = response.json()
    if not isinstance(body, dict):
        raise TypeError("a JSON object was expected")
    return body


def _keys(entries: list[dict[str, Any]]) -> dict[str, Key]:
    keys = {entry["kid"]: _key(entry) for entry in entries if entry["kty"] == "RSA"}
    if not keys:
        raise ValueError("no key was named")
    return keys


def _key(entry: dict[str, Any]) -> Key:
    return Key(jwt.PyJWK.from_dict(entry, algorithm="RS256").key, list(entry.get("endorsements") or []))
