"""Installations by OAuth, as rows: what is secret in them comes in and goes out as ciphertext.

Every change of a token gives it another stamp, and whoever changes one names the stamp of the one that they knew: so of two
processes that renew a token, or of an uninstall and a renewal, the later never undoes the earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from storage.people import take_workspace
from storage.tables import Installation, Workspace
from storage.types import new_id
from storage.upsert import put

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_I, _W = Installation.__table__, Workspace.__table__
_OURS = select(_W.c.id).where(
    _W.c.platform == bindparam("platform"), _W.c.external_id == bindparam("workspace")
)
_COLUMNS = ("enterprise", "everywhere", "name", "app", "bot_user", "bot_id", "scopes", "installer")
_SECRET = ("token", "refresh")
_TIMES = ("expires_at", "renew_at", "renewing_until", "stamp", "installed_at", "uninstalled_at")
_ALL = (
    select(_W.c.external_id, *(_I.c[name] for name in (*_COLUMNS, *_SECRET, *_TIMES)))
    .join(_W, _W.c.id == _I.c.workspace_id)
    .where(_W.c.platform == bindparam("platform"))
)
_ONE = _ALL.where(_W.c.external_id == bindparam("workspace"))
_LIVE = _ALL.where(_I.c.uninstalled_at.is_(None)).order_by(_W.c.external_id)
_NO_TOKEN = {"token": "", "refresh": "", "expires_at": None, "renew_at": None, "renewing_until": None}


@dataclass(frozen=True, slots=True)
class Installed:
    """An installation. `workspace` is the platform's id of the team, or of the enterprise where it is `everywhere` in it."""

    workspace: str
    enterprise: str = ""
    everywhere: bool = False
    name: str = ""
    app: str = ""
    bot_user: str = ""
    bot_id: str = ""
    scopes: str = ""
    installer: str = ""
    token: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    renew_at: datetime | None = None
    renewing_until: datetime | None = None
    stamp: int = 0
    installed_at: datetime | None = None
    uninstalled_at: datetime | None = None


class Installations:
    """The installations of one platform, in the caller's transaction."""

    def __init__(self, connection: Connection, platform: str) -> None:
        self._connection = connection
        self._platform = platform

    def find(self, workspace: str) -> Installed | None:
        """The installation in a workspace, also one that has ended."""
        row = self._connection.execute(_ONE, self._bound(workspace)).first()
        return None if row is None else Installed(*row)

    def live(self) -> list[Installed]:
        """All that have not ended."""
        return [Installed(*row) for row in self._connection.execute(_LIVE, {"platform": self._platform})]

    def keep(self, new: Installed, now: datetime) -> None:
        """Keep an installation; one that is there is replaced. What else belongs to the workspace stays."""
        values = {
            "workspace_id": take_workspace(self._connection, self._platform, new.workspace, now),
            **{name: getattr(new, name) for name in (*_COLUMNS, *_SECRET, "expires_at", "renew_at")},
            "renewing_until": None,
            "stamp": new_id(),
            "installed_at": now,
            "uninstalled_at": None,
        }
        put(self._connection, Installation, values, ("workspace_id",))

    def end(self, workspace: str, now: datetime) -> bool:
        """Prep was taken away: its token goes at once. Whether there was an installation that had not ended."""
        return self._change(workspace, {**_NO_TOKEN, "stamp": new_id(), "uninstalled_at": now})

    def claim(self, known: Installed, now: datetime, until: datetime) -> bool:
        """Whether this process renews the token. Until then no other does."""
        free = _I.c.renewing_until.is_(None) | (_I.c.renewing_until <= now)
        return self._change(known.workspace, {"renewing_until": until}, _I.c.stamp == known.stamp, free)

    def renew(self, known: Installed, new: Installed) -> bool:
        """Keep a renewed token; False where the installation has changed meanwhile."""
        values = {name: getattr(new, name) for name in (*_SECRET, "expires_at", "renew_at")}
        values |= {"renewing_until": None, "stamp": new_id()}
        return self._change(known.workspace, values, _I.c.stamp == known.stamp)

    def reseal(self, known: Installed, token: str, refresh: str) -> bool:
        """Keep the same token under another key; False where the installation has changed meanwhile."""
        values = {"token": token, "refresh": refresh}
        return self._change(known.workspace, values, _I.c.stamp == known.stamp)

    def _change(self, workspace: str, values: dict[str, Any], *given: Any) -> bool:
        """Change an installation that has not ended, where all that is `given` holds. Whether there was one."""
        mine = _I.c.workspace_id.in_(_OURS)
        statement = update(_I).where(mine, _I.c.uninstalled_at.is_(None), *given).values(**values)
        return bool(self._connection.execute(statement, self._bound(workspace)).rowcount)

    def _bound(self, workspace: str) -> dict[str, str]:
        return {"platform": self._platform, "workspace": workspace}
