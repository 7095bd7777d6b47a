"""Where channels and members are reached: what a platform needs to post there without being asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select

from storage.people import take_workspace
from storage.tables import PlatformAddress, Workspace
from storage.upsert import put

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_ADDRESS, _WORKSPACE = PlatformAddress.__table__, Workspace.__table__
_COLUMNS = (
    _ADDRESS.c.external_id,
    _ADDRESS.c.direct,
    _ADDRESS.c.name,
    _ADDRESS.c.reference,
    _ADDRESS.c.facts,
)
_HOME = (_WORKSPACE.c.platform == bindparam("platform"), _WORKSPACE.c.external_id == bindparam("workspace"))
_ALL = select(*_COLUMNS).join(_WORKSPACE, _WORKSPACE.c.id == _ADDRESS.c.workspace_id).where(*_HOME)
_ONE = _ALL.where(
    _ADDRESS.c.external_id == bindparam("external_id"), _ADDRESS.c.direct == bindparam("direct")
)
_LATEST = _ALL.order_by(_ADDRESS.c.seen_at.desc(), _ADDRESS.c.id).limit(bindparam("most"))
_LATEST_OF = _LATEST.where(_ADDRESS.c.direct == bindparam("direct"))


@dataclass(frozen=True, slots=True)
class Known:
    """A channel, or a member's direct message. `reference` and `facts` are plain JSON of the platform's own."""

    external_id: str
    direct: bool
    name: str = ""
    reference: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


class Addresses:
    """The addresses of one workspace, by the platform's ids, in the caller's transaction."""

    def __init__(self, connection: Connection, platform: str, workspace: str) -> None:
        self._connection = connection
        self._home = {"platform": platform, "workspace": workspace}

    def find(self, external_id: str, *, direct: bool) -> Known | None:
        """The address with the platform's id of a channel or a member, or None where Prep has not been."""
        row = self._connection.execute(
            _ONE, {**self._home, "external_id": external_id, "direct": direct}
        ).first()
        return None if row is None else Known(*row)

    def latest(self, most: int, *, direct: bool | None = None) -> list[Known]:
        """Those about which something was new last, the newest first; of one kind, if `direct` says which."""
        statement, bound = (_LATEST, {}) if direct is None else (_LATEST_OF, {"direct": direct})
        rows = self._connection.execute(statement, {**self._home, "most": most, **bound})
        return [Known(*row) for row in rows]

    def keep(self, known: Known, now: datetime) -> None:
        """Remember an address, or what is new about it."""
        values = {
            "workspace_id": take_workspace(self._connection, **self._home, now=now),
            "external_id": known.external_id,
            "direct": known.direct,
            "name": known.name,
            "reference": known.reference,
            "facts": known.facts,
            "seen_at": now,
        }
        put(self._connection, PlatformAddress, values, ("workspace_id", "external_id", "direct"))

    def drop(self, external_id: str, *, direct: bool) -> None:
        """Forget an address that cannot be reached any more."""
        home = select(_WORKSPACE.c.id).where(*_HOME).scalar_subquery()
        self._connection.execute(
            delete(_ADDRESS).where(
                _ADDRESS.c.workspace_id == home,
                _ADDRESS.c.external_id == bindparam("external_id"),
                _ADDRESS.c.direct == bindparam("direct"),
            ),
            {**self._home, "external_id": external_id, "direct": direct},
        )
