"""Tokens that end: renewed before they do, by one process, and read by the others.

Whoever renews says so in the row before it asks Slack, because a refresh token works once; no transaction is open meanwhile.
Where Slack does not answer, the note stays until it is over: that is the pause before the next attempt, for all processes.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import logs
from bot.slack.api import NotAnswered

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.slack.oauth.exchange import Exchange
    from bot.slack.oauth.installs import Installs
    from storage.installations import Installed

ATTEMPT = timedelta(seconds=30)  # longer than a call may take
# how often, and after how many seconds, it is looked whether another process is done: Slack waits for three
_LOOKS, _PAUSE = 8, 0.25


def is_fresh(one: Installed, now: datetime) -> bool:
    """Whether a token needs no renewal yet."""
    return one.renew_at is None or now < one.renew_at


def is_over(one: Installed, now: datetime) -> bool:
    """Whether a token has ended."""
    return one.expires_at is not None and one.expires_at <= now


class Rotation:
    """Renews tokens."""

    def __init__(self, installs: Installs, exchange: Exchange, clock: Callable[[], datetime]) -> None:
        self._installs = installs
        self._exchange = exchange
        self._clock = clock

    async def valid(self, workspace: str) -> Installed | None:
        """The installation with a token that works, or None where there is none any more. Raises NotAnswered, WrongKey."""
        for _ in range(_LOOKS):
            found = await self._installs.find(workspace)
            now = self._clock()
            if found is None or is_fresh(found, now):
                return found
            if not _somebody_is_at_it(found, now) and await self._installs.claim(found, now, now + ATTEMPT):
                await self._renew(found)
            elif not is_over(found, now):
                return found
            else:
                await asyncio.sleep(_PAUSE)
        raise NotAnswered("token_expired")

    async def _renew(self, found: Installed) -> None:
        """Get the next token and keep it. What was changed meanwhile stays as it is: an uninstall is not undone."""
        try:
            await self._installs.renew(found, await self._exchange.renewed(found))
        except NotAnswered as problem:
            logs.error("slack_token_not_renewed", code=problem.code)
            if is_over(found, self._clock()):
                raise


def _somebody_is_at_it(one: Installed, now: datetime) -> bool:
    return one.renewing_until is not None and one.renewing_until > now
