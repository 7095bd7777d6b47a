"""`oauth.v2.access`: a code for a token, and a token that ends soon for the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import BROKEN, SECONDS, NotAnswered, code_of
from storage.installations import Installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pydantic import SecretStr

_SPENT = 3 / 4  # of its life a token has when it is renewed: nine hours of twelve


class Exchange:
    """What the app's own id and secret can get from Slack."""

    def __init__(
        self,
        client_id: str,
        secret: SecretStr,
        api_url: str,
        redirect: str | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._id, self._secret, self._redirect, self._clock = client_id, secret, redirect, clock
        # a code and a refresh token work once: a call whose answer was lost must not be sent again by itself
        again = AsyncRateLimitErrorRetryHandler(max_retry_count=2)
        self._client = AsyncWebClient(base_url=api_url, timeout=SECONDS, retry_handlers=[again])

    async def of_code(self, code: str) -> Installed:
        """What somebody has just allowed, with the token. Raises NotAnswered, also where what Slack gives is no bot's."""
        answer = await self._ask(code=code, redirect_uri=self._redirect)
        found = self._token_of(answer, installed_of(answer))
        if not found.workspace or not found.token or answer.get("token_type") != "bot":
            raise NotAnswered("no_bot_token")
        return found

    async def renewed(self, known: Installed) -> Installed:
        """The same installation with the next token. Raises NotAnswered."""
        answer = await self._ask(grant_type="refresh_token", refresh_token=known.refresh)
        found = self._token_of(answer, known)
        if not found.token:
            raise NotAnswered("no_bot_token")
        return found

    async def _ask(self, **given: Any) -> dict[str, Any]:
        # not by slack_sdk's own method: that takes a way of aiohttp to authenticate which aiohttp gives up
        ours = {"client_id": self._id, "client_secret": self._secret.get_secret_value()}
        said = ours | {name: value for name, value in given.items() if value is not None}
        try:
            response = await self._client.api_call("oauth.v2.access", data=said)
        except SlackApiError as error:
            raise NotAnswered(code_of(error)) from None  # its text repeats what Slack answered
        except (SlackClientError, *BROKEN):
            raise NotAnswered from None
        return response.data if isinstance(response.data, dict) else {}

    def _token_of(self, answer: dict[str, Any], to: Installed) -> Installed:
        seconds, now = int(answer.get("expires_in") or 0), self._clock()
        return replace(
            to,
            token=str(answer.get("access_token") or ""),
            refresh=str(answer.get("refresh_token") or ""),
            expires_at=now + timedelta(seconds=seconds) if seconds else None,
            renew_at=now + timedelta(seconds=seconds * _SPENT) if seconds else None,
        )


def installed_of(answer: dict[str, Any]) -> Installed:
    """Whose installation it is, without its token. An enterprise's has no team."""
    team, enterprise = answer.get("team") or {}, answer.get("enterprise") or {}
    everywhere = bool(answer.get("is_enterprise_install"))
    home = enterprise if everywhere else team
    return Installed(
        workspace=str(home.get("id") or ""),
        enterprise=str(enterprise.get("id") or ""),
        everywhere=everywhere,
        name=str(home.get("name") or ""),
        app=str(answer.get("app_id") or ""),
        bot_user=str(answer.get("bot_user_id") or ""),
        scopes=str(answer.get("scope") or ""),
        installer=str((answer.get("authed_user") or {}).get("id") or ""),
    )
