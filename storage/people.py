"""Who speaks: workspaces and members, found by the ids of a platform."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from storage.tables import Member, Workspace
from storage.upsert import insert_missing

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SEAT = (
    select(
        Workspace.__table__.c.id,
        Workspace.__table__.c.settings,
        Member.__table__.c.id,
        Member.__table__.c.name,
        Member.__table__.c.settings,
    )
    .join(Member.__table__, Member.__table__.c.workspace_id == Workspace.__table__.c.id)
    .where(
        Workspace.__table__.c.platform == bindparam("platform"),
        Workspace.__table__.c.external_id == bindparam("workspace"),
        Member.__table__.c.external_id == bindparam("member"),
    )
)


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
    row = connection.execute(_SEAT, {"platform": platform, "workspace": workspace, "member": member}).first()
    if row is None:
        return None
    workspace_id, workspace_settings, member_id, name, member_settings = row
    return Seat(workspace_id, member_id, member, name, workspace_settings, member_settings)


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
    """Seats seen a moment ago, so that a burst of turns does not read them each time.

    A change made by this process is seen at once (it forgets), one made by another process within `FRESH`.
    """

    FRESH = timedelta(seconds=5)
    MOST = 10_000

    def __init__(self) -> None:
        self._seats: dict[tuple[str, str, str], tuple[datetime, Seat]] = {}

    def find(self, key: tuple[str, str, str], now: datetime) -> Seat | None:
        """The seat, if it was read a moment ago."""
        found = self._seats.get(key)
        if found is None or not timedelta(0) <= now - found[0] < self.FRESH:
            return None
        return found[1]

    def keep(self, key: tuple[str, str, str], seat: Seat, now: datetime) -> None:
        """Remember a seat that was read now."""
        if len(self._seats) >= self.MOST:
            self._seats.clear()
        self._seats[key] = (now, seat)

    def forget(self, platform: str, workspace: str) -> None:
        """Something was written in a workspace: read its seats anew."""
        for key in [key for key in self._seats if key[:2] == (platform, workspace)]:
            del self._seats[key]
