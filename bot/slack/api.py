"""Calls to Slack. Every call has a time limit, and what became of a post is a value, not an exception.

A connection that breaks may have brought the post all the same, so nothing that posts is sent again by itself. Only
where Slack says that there were too many requests, which is before it does anything, is a call repeated.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.outcomes import RetryLater, Unknown
from bot.slack import native
from bot.slack.needs import METHODS, OPTIONAL_METHODS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Answer = dict[str, Any]
SECONDS = 10  # a call's time limit
_READS = ("conversations.info", "conversations.members", "conversations.history", "conversations.replies",
          "users.conversations", "users.info", "users.list", "auth.test")  # fmt: skip
TOO_MANY = 429
_AWAY = 30  # seconds, where there is no connection
_NO_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}
# answers that are about the token or about Slack itself, and say nothing of what was asked
NOT_NOW = frozenset(
    {
        "",
        "account_inactive",
        "fatal_error",
        "internal_error",
        "invalid_auth",
        "not_authed",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "token_expired",
        "token_revoked",
        "wrong_key",
    }
)
_NO_SUCH_BLOCK = "invalid_blocks"
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")
BROKEN = (aiohttp.ClientError, asyncio.TimeoutError, OSError)


class NotAnswered(Exception):  # no error of ours: the caller decides what not knowing means
    """Slack could not be asked, or refused: `code` is its error, or empty where there was no answer.

    `seconds` is how long it asks to wait, 0 where it does not.
    """

    def __init__(self, code: str = "", seconds: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.seconds = seconds

    @property
    def for_now(self) -> bool:
        """Whether that has nothing to do with what was asked, and may be answered later."""
        return self.code in NOT_NOW


@dataclass(frozen=True, slots=True)
class Done:
    """It arrived. `ts` is the message's id, where it is told, and `channel` where it stands."""

    ts: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack said no, and nothing was posted."""

    code: str


Fate = Done | Refused | RetryLater | Unknown


class Api:
    """The calls of one installation. `seconds` limits each of them.

    `fresh` gives the token that is valid now, where tokens are renewed: it is asked before each call, and may raise
    NotAnswered. `takes` is whether the workspace takes each kind of what Slack draws itself (`native.KINDS`), as far as one
    was sent: where it does not, they are written out.
    """

    def __init__(
        self,
        token: str,
        base_url: str,
        seconds: float = SECONDS,
        fresh: Callable[[], Awaitable[str]] | None = None,
    ) -> None:
        limit = max(1, round(seconds))
        again = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
        self._limit, self._fresh = limit, fresh
        self.takes: dict[str, bool] = {}
        self.client = AsyncWebClient(token, base_url=base_url, timeout=limit, retry_handlers=list(again))
        self._once = AsyncWebClient(token, base_url=base_url, timeout=limit, retry_handlers=[])

    async def ask(self, method: str, *, wait: bool = True, **arguments: Any) -> Answer:
        """What Slack answers to a call that posts nothing. `wait`: where it asks to wait, do so and try again. Raises
        NotAnswered."""
        _known(method)
        await self._ready()
        client = self.client if wait else self._once
        try:
            if method in _READS:
                response = await client.api_call(method, params=arguments)
            else:
                response = await client.api_call(method, json=arguments)
        except SlackApiError as error:
            raise NotAnswered(code_of(error), _pause(error)) from None  # its text repeats what was sent
        except (SlackClientError, *BROKEN):
            raise NotAnswered from None
        headers = {key.lower(): value for key, value in response.headers.items()}
        data = response.data if isinstance(response.data, dict) else {}
        return {**data, "x-oauth-scopes": headers.get("x-oauth-scopes", "")}

    async def post(self, method: str, *, wait: bool = True, **arguments: Any) -> Fate:
        """What became of a post or a change of one. `wait`: where Slack asks to wait, do so and try again."""
        _known(method)
        return await self._with_native(arguments, lambda sent: self._post(method, sent, wait=wait))

    async def _post(self, method: str, arguments: Answer, *, wait: bool) -> Fate:
        try:
            await self._ready()
        except NotAnswered as problem:
            return Refused(problem.code)  # nothing was sent
        client = self.client if wait else self._once
        if method == "chat.postMessage":
            arguments = arguments | _NO_PREVIEWS
        try:
            response = await client.api_call(method, json=arguments)
        except SlackApiError as error:
            return _fate(error)
        except aiohttp.ClientConnectorError:  # there was no connection, so nothing was sent
            return RetryLater(_AWAY, whole=True)
        except (SlackClientError, *BROKEN):
            return Unknown()
        data = response.data if isinstance(response.data, dict) else {}
        return Done(str(data.get("ts") or data.get("message_ts") or ""), str(data.get("channel") or ""))

    async def _ready(self) -> None:
        if self._fresh is not None:
            self.client.token = self._once.token = await self._fresh()

    async def respond(self, url: str, body: Answer) -> Fate:
        """An answer through a `response_url`: five uses, thirty minutes."""
        return await self._with_native(body, lambda sent: self._respond(url, sent))

    async def _with_native(self, body: Answer, send: Callable[[Answer], Awaitable[Fate]]) -> Fate:
        """Send something; where the workspace refuses what Slack draws itself, which posts nothing, it is sent once more,
        written out."""
        body = self.written_out(body)
        kinds = native.kinds_in(body.get("blocks") or ())
        fate = await send(body)
        if not kinds or fate != Refused(_NO_SUCH_BLOCK):
            # as far as is known: it is looked at again whenever one is refused
            self.takes.update(dict.fromkeys(kinds, True))
            return fate
        for refused in native.fewer(kinds):
            fate = await send({**body, "blocks": native.without(body["blocks"], refused)})
            if isinstance(fate, Done):
                self.takes.update(dict.fromkeys(refused, False))
            if fate != Refused(_NO_SUCH_BLOCK):
                break
        return fate

    def written_out(self, body: Answer) -> Answer:
        """The same message without what the workspace is known to refuse."""
        refused = {kind for kind, taken in self.takes.items() if not taken}
        if not refused or not native.kinds_in(body.get("blocks") or ()) & refused:
            return body
        return {**body, "blocks": native.without(body["blocks"], refused)}

    async def _respond(self, url: str, body: Answer) -> Fate:
        hook = AsyncWebhookClient(
            url, timeout=self._limit, retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
        )
        try:
            response = await hook.send_dict(body)
        except aiohttp.ClientConnectorError:
            return RetryLater(_AWAY, whole=True)
        except (SlackClientError, *BROKEN):
            return Unknown()
        code = _refusal_in(response.body)
        if response.status_code == 200 and not code:
            return Done()
        if code and response.status_code < 500:
            return Refused(code)
        return Unknown() if response.status_code >= 500 else Refused(f"http_{response.status_code}")


def _refusal_in(body: str) -> str:
    """The error in the answer of a `response_url`, in whichever way Slack writes it; empty where there is none."""
    try:
        told = json.loads(body)
    except ValueError:
        return body if _CODE.fullmatch(body) else ""
    refused = isinstance(told, dict) and told.get("ok") is False
    return str(told.get("error") or "unknown_error") if refused else ""


def _known(method: str) -> None:
    if method not in METHODS and method not in OPTIONAL_METHODS:
        raise LookupError(f"{method} is not on the list of what the face uses")


def code_of(error: SlackApiError) -> str:
    """Slack's name of what was wrong; empty where it gave none."""
    data = error.response.data if hasattr(error.response, "data") else error.response
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _pause(error: SlackApiError) -> int:
    """The seconds that Slack asks to wait; 0 where it does not."""
    if getattr(error.response, "status_code", 200) != TOO_MANY:
        return 0
    headers = {key.lower(): value for key, value in error.response.headers.items()}
    return int(headers.get("retry-after") or 1)


def _fate(error: SlackApiError) -> Fate:
    pause = _pause(error)
    if pause:
        return RetryLater(pause)
    code, status = code_of(error), getattr(error.response, "status_code", 200)
    return Refused(code) if code and status < 500 else Unknown()
