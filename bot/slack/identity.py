"""Who we are in Slack: known from the installation, or asked once with `auth.test`, and kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.slack.api import Api


@dataclass(frozen=True, slots=True)
class Identity:
    """The workspace and the bot user that a token stands for, and the scopes it was granted.

    `team` is the workspace's id: of a team, or of the enterprise where Prep is installed `everywhere` in it. Then `teams` are
    those of its teams that Slack told of.
    """

    team: str
    enterprise: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str] = field(default=frozenset())
    everywhere: bool = False
    teams: frozenset[str] = field(default=frozenset())

    @property
    def ours(self) -> frozenset[str]:
        """The ids that mean our workspace."""
        return self.teams | {self.team}


class Identities:
    """Asks Slack who a token is, the first time that it matters, and again only if it got no answer."""

    def __init__(self, api: Api, known: Identity | None = None) -> None:
        self._api = api
        self._lock = asyncio.Lock()
        self.known = known

    async def get(self) -> Identity:
        """Who we are. Raises NotAnswered where Slack does not tell."""
        if self.known is None:
            async with self._lock:
                if self.known is None:
                    self.known = identity_of(await self._api.ask("auth.test"))
        return self.known

    def learn(self, teams: Iterable[str]) -> None:
        """Slack told of teams of the enterprise. They matter only where Prep is installed everywhere in it."""
        if self.known is not None and self.known.everywhere and not self.known.teams.issuperset(teams):
            self.known = replace(self.known, teams=self.known.teams.union(teams))


def identity_of(answer: dict[str, Any]) -> Identity:
    """From what `auth.test` answers."""
    enterprise = str(answer.get("enterprise_id") or "")
    everywhere = bool(answer.get("is_enterprise_install")) and bool(enterprise)
    return Identity(
        enterprise if everywhere else str(answer.get("team_id") or ""),
        enterprise,
        str(answer.get("user_id") or ""),
        str(answer.get("bot_id") or ""),
        scopes_of(answer.get("x-oauth-scopes")),
        everywhere,
    )


def scopes_of(listed: object) -> frozenset[str]:
    """Scopes out of a list with commas."""
    return frozenset(one.strip() for one in str(listed or "").split(",") if one.strip())
