"""Who we are in Slack: asked once with `auth.test`, and kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from slack_bolt.authorization import AuthorizeResult

if TYPE_CHECKING:
    from bot.slack.api import Api


@dataclass(frozen=True, slots=True)
class Identity:
    """The workspace and the bot user that a token stands for, and the scopes it was granted."""

    team: str
    enterprise: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str] = field(default=frozenset())

    @property
    def ours(self) -> frozenset[str]:
        """The ids that mean our workspace."""
        return frozenset({self.team})


class Identities:
    """Asks Slack who a token is, the first time that it matters, and again only if it got no answer."""

    def __init__(self, api: Api, token: str) -> None:
        self._api = api
        self._token = token
        self._lock = asyncio.Lock()
        self.known: Identity | None = None

    async def get(self) -> Identity:
        """Who we are. Raises NotAnswered where Slack does not tell."""
        if self.known is None:
            async with self._lock:
                if self.known is None:
                    self.known = identity_of(await self._api.ask("auth.test"))
        return self.known

    async def authorize(self) -> AuthorizeResult:
        """What Bolt wants to know of every request; no call to Slack after the first.

        Raises NotAnswered where Slack does not tell: the request fails, and Slack sends an event again.
        """
        us = await self.get()
        return AuthorizeResult(
            enterprise_id=us.enterprise or None,
            team_id=us.team,
            bot_token=self._token,
            bot_id=us.bot_id,
            bot_user_id=us.bot_user,
        )


def identity_of(answer: dict[str, Any]) -> Identity:
    """From what `auth.test` answers."""
    scopes = str(answer.get("x-oauth-scopes") or "")
    return Identity(
        str(answer.get("team_id") or ""),
        str(answer.get("enterprise_id") or ""),
        str(answer.get("user_id") or ""),
        str(answer.get("bot_id") or ""),
        frozenset(one.strip() for one in scopes.split(",") if one.strip()),
    )
