"""A face for each installation: made when somebody speaks there, kept while they do, forgotten when Prep is taken away.

Another process may have installed, renewed or taken away, so what is at hand counts for a few seconds; then the row is read
again. A face stays the same while its installation does, so that it goes on knowing people and channels.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.keys import WrongKey
from bot.slack.api import Api, NotAnswered
from bot.slack.dispatch import NoFace
from bot.slack.face import PATIENCE, SlackFace
from bot.slack.identity import Identity, scopes_of
from bot.slack.oauth.rotation import is_fresh
from bot.slack.tasks import Tasks
from bot.slack.whose import taken_from, workspaces_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.edge import Edge
    from bot.slack.oauth.installs import Installs
    from bot.slack.oauth.rotation import Rotation
    from storage.installations import Installed

Payload = dict[str, Any]
FRESH = timedelta(seconds=15)
MOST = 300  # faces at hand; who spoke longest ago goes first
_LATE = timedelta(hours=1)  # Slack sends an event again within minutes
NOT_HERE = (
    "Prep is not installed in this workspace (any more), so nothing was done. What was prepared here is kept."
)
WRONG_KEY = (
    "Prep cannot use its own key for this workspace, so nothing was done. Whoever runs Prep: PREP_SECRET_KEY is not the "
    "one under which Prep was installed here. Put that one behind the new one, separated by a comma; or install Prep again."
)
STALE = (
    "Slack does not renew Prep's token for this workspace now, so nothing was done. Please try again in a minute. If it stays "
    "so, Prep has to be installed again; nothing is lost by that."
)


@dataclass(slots=True)
class _Kept:
    installed: Installed
    face: SlackFace
    read_at: datetime
    renewing: asyncio.Lock = field(default_factory=asyncio.Lock)


class ManyFaces:
    """The faces of all installations. `install_at` is the address at which Prep is installed, if it is known."""

    def __init__(
        self,
        edge: Edge,
        installs: Installs,
        rotation: Rotation,
        clock: Callable[[], datetime],
        *,
        api_url: str,
        install_at: str = "",
        patience: float = PATIENCE,
        most: int = MOST,
    ) -> None:
        self.tasks = Tasks()
        self._edge, self._installs, self._rotation, self._clock = edge, installs, rotation, clock
        self._api_url, self._patience, self._most = api_url, patience, most
        self._not_here = f"{NOT_HERE} To install it: {install_at}" if install_at else NOT_HERE
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    # ---- finding ----

    def known(self, payload: Payload) -> SlackFace | None:
        """The face that a payload is for, if it was read a moment ago: no look into the database, and no call to Slack."""
        first, *_ = *workspaces_of(payload), ""
        return self._at_hand(first)

    def _at_hand(self, workspace: str) -> SlackFace | None:
        kept = self._kept.get(workspace)
        if kept is None or not timedelta(0) <= self._clock() - kept.read_at < FRESH:
            return None
        self._kept.move_to_end(workspace)
        return kept.face

    async def find(self, payload: Payload) -> SlackFace:
        """The face that a payload is for. Raises NoFace."""
        for workspace in workspaces_of(payload):
            face = self._at_hand(workspace) or await self._read(workspace)
            if face is not None:
                return face
        raise NoFace(self._not_here)

    async def at(self, workspace: str) -> SlackFace:
        """The face of a workspace. Raises as `find`."""
        face = self._at_hand(workspace) or await self._read(workspace)
        if face is None:
            raise NoFace(self._not_here)
        return face

    async def _read(self, workspace: str) -> SlackFace | None:
        try:
            found = await self._rotation.valid(workspace)
        except WrongKey:
            logs.error("slack_wrong_key", setting="PREP_SECRET_KEY")
            raise NoFace(WRONG_KEY) from None
        except NotAnswered:
            raise NoFace(STALE, later=True) from None
        if found is None:
            self._kept.pop(workspace, None)
            return None
        return self._keep(found).face

    def _keep(self, found: Installed) -> _Kept:
        kept = self._kept.get(found.workspace)
        if kept is None or kept.installed.installed_at != found.installed_at:
            kept = self._kept[found.workspace] = self._made(found)
        kept.installed, kept.read_at = found, self._clock()
        self._kept.move_to_end(found.workspace)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return kept

    def _made(self, found: Installed) -> _Kept:
        async def token() -> str:
            return await self._token(kept)

        api = Api(found.token, self._api_url, fresh=token)
        who = identity_of(found)
        face = SlackFace(self._edge, api, self._clock, known=who, tasks=self.tasks, patience=self._patience)
        kept = _Kept(found, face, self._clock())
        return kept

    async def _token(self, kept: _Kept) -> str:
        """The token that works now; one renewal at a time."""
        if not is_fresh(kept.installed, self._clock()):
            async with kept.renewing:
                if not is_fresh(kept.installed, self._clock()):
                    await self._renew(kept)
        return kept.installed.token

    async def _renew(self, kept: _Kept) -> None:
        try:
            found = await self._rotation.valid(kept.installed.workspace)
        except WrongKey:
            raise NotAnswered("wrong_key") from None
        if found is None:
            raise NotAnswered("token_revoked")
        kept.installed = found

    # ---- leaving ----

    def forget(self, workspace: str) -> None:
        """Something about an installation changed here: read it anew."""
        self._kept.pop(workspace, None)

    async def taken_away(self, payload: Payload) -> None:
        """Prep was taken away, or its bot's token was: the token goes at once, and everything else stays."""
        workspace, tokens = taken_from(payload), (payload.get("event") or {}).get("tokens")
        if not workspace or (tokens is not None and not tokens.get("bot")):
            return  # tokens of people are none of ours
        if await self._is_older(workspace, payload):
            return
        if await self._installs.end(workspace, self._clock()):
            logs.info("slack_taken_away", how=payload["event"]["type"])
        self.forget(workspace)

    async def _is_older(self, workspace: str, payload: Payload) -> bool:
        """Whether it was told late, of an earlier installation: then the token of this one still works."""
        try:
            found = await self._installs.find(workspace)
        except WrongKey:
            return False
        told = datetime.fromtimestamp(int(payload.get("event_time") or 0) + 1, UTC)
        if (
            found is None
            or found.installed_at is None
            or not found.installed_at - _LATE < told < found.installed_at
        ):
            return False
        try:
            await Api(found.token, self._api_url).ask("auth.test")
        except NotAnswered:
            return False
        return True


def identity_of(found: Installed) -> Identity:
    """Who we are in an installation."""
    return Identity(
        found.workspace,
        found.enterprise,
        found.bot_user,
        found.bot_id,
        scopes_of(found.scopes),
        found.everywhere,
    )
