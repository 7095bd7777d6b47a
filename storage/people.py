"""Who speaks: workspaces and members, found by the ids of a platform."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, bindparam, cast, select, update

from storage.hot import HotStatement
from storage.tables import Member, Workspace
from storage.upsert import insert_missing

if TYPE_CHECKING:
    from sqlalchemy import Connection

_W, _M = Workspace.__table__.c, Member.__table__.c
_SEAT = HotStatement(
    select(_W.id, cast(_W.settings, String), _M.id, _M.name, cast(_M.settings, String))
    .join(Member.__table__, _M.workspace_id == _W.id)
    .where(
        _W.platform == bindparam("platform"),
        _W.external_id == bindparam("workspace"),
        _M.external_id == bindparam("member"),
    )
)
"""Settings come as the text that is kept, so that it can be told without reading it whether they changed."""
_Found = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """One member in one workspace: all that a repository needs to know whom it serves.

    `workspace_settings` and `member_settings` are plain JSON; `external_id` is the platform's id of the member. `worked_out`
    keeps what follows from the settings, so that a burst of turns does not read them anew.
    """

    workspace_id: int
    member_id: int
    external_id: str
    name: str
    workspace_settings: dict[str, Any]
    member_settings: dict[str, Any]
    worked_out: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_lead(self) -> bool:
        """Whether this member is a procurement lead of the workspace."""
        return self.external_id in self.workspace_settings.get("leads", ())

    @property
    def reads_all_plans(self) -> bool:
        """Whether the workspace turned on that leads read plans, and this is a lead."""
        return self.is_lead and bool(self.workspace_settings.get("leads_read_plans"))


def find_seat(connection: Connection, platform: str, workspace: str, member: str) -> Seat | None:
    """The seat of a member by the platform's ids, or None for one never seen."""
    found = _find(connection, (platform, workspace, member))
    return None if found is None else _seat(found, member)


def _find(connection: Connection, key: tuple[str, str, str]) -> _Found | None:
    rows = _SEAT.rows(connection, dict(zip(("platform", "workspace", "member"), key, strict=True)))
    return rows[0] if rows else None


def _seat(found: _Found, member: str) -> Seat:
    workspace_id, workspace_settings, member_id, name, member_settings = found
    return Seat(
        workspace_id, member_id, member, name, json.loads(workspace_settings), json.loads(member_settings)
    )


def take_seat(
    connection: Connection, platform: str, workspace: str, member: str, name: str, now: datetime
) -> Seat:
    """The seat of a member, made on first sight; the name follows what the platform says."""
    seat = find_seat(connection, platform, workspace, member)
    if seat is None:
        _make_seat(connection, platform, workspace, member, name, now)
        seat = find_seat(connection, platform, workspace, member)
        assert seat is not None  # made a moment ago, here or by another process
    elif name and name != seat.name:
        table = Member.__table__
        connection.execute(update(table).where(table.c.id == seat.member_id).values(name=name))
        seat = replace(seat, name=name, worked_out={})
    return seat


def _make_seat(
    connection: Connection, platform: str, workspace: str, member: str, name: str, now: datetime
) -> None:
    person = {
        "workspace_id": take_workspace(connection, platform, workspace, now),
        "external_id": member,
        "name": name,
        "settings": {},
        "joined_at": now,
    }
    insert_missing(connection, Member, person, ("workspace_id", "external_id"))


def take_workspace(connection: Connection, platform: str, workspace: str, now: datetime) -> int:
    """The id of a workspace by the platform's id, made on first sight."""
    home = {"platform": platform, "external_id": workspace}
    insert_missing(
        connection,
        Workspace,
        {**home, "name": "", "settings": {}, "created_at": now},
        ("platform", "external_id"),
    )
    table = Workspace.__table__
    found: int = connection.execute(select(table.c.id).filter_by(**home)).scalar_one()
    return found


class Seats:
    """The members who spoke last, with what was worked out of their settings.

    What they have set is looked up in every turn that reads content: somebody put on the outside list by another process is
    outside at once. It is worked out anew only where it is not what it was. `met` alone trusts what was read lately.
    """

    FRESH = timedelta(seconds=5)
    MOST = 10_000

    def __init__(self) -> None:
        self._seats: dict[tuple[str, str, str], tuple[datetime, object, _Found, Seat]] = {}
        self._marks: dict[
            tuple[str, str], object
        ] = {}  # of each workspace, another one after each change in it

    def find(self, connection: Connection, key: tuple[str, str, str], now: datetime) -> Seat | None:
        """The seat as it is set now, by platform, workspace and member; None for one never seen."""
        mark = self._marks.get(key[:2])  # before it is read: what is written meanwhile makes this old
        found = _find(connection, key)
        if found is None:
            self._seats.pop(key, None)
            return None
        known = self._seats.get(key)
        seat = known[3] if known is not None and known[2] == found else _seat(found, key[2])
        if len(self._seats) >= self.MOST:
            self._seats.clear()
        self._seats[key] = (now, mark, found, seat)
        return seat

    def met(self, key: tuple[str, str, str], now: datetime) -> Seat | None:
        """The seat as it was within `FRESH`, without asking the database; for answers that are open to everybody."""
        known = self._seats.get(key)
        if known is None or known[1] is not self._marks.get(key[:2]):
            return None
        return known[3] if timedelta(0) <= now - known[0] < self.FRESH else None

    def forget(self, platform: str, workspace: str) -> None:
        """Something was written in a workspace by this process: trust nothing that was read before."""
        # one step: other threads read meanwhile, so nobody may walk through what is kept
        self._marks[platform, workspace] = object()
