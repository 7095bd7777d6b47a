"""What names a channel, whoever's it is, and what becomes of it where the platform gives the channel another id.

This is asked for the workspace, not for a member, and gives ids and suppliers' names alone: whoever is told of it is told
with their own rights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from storage.tables import Cadence, Contract, OwnReminder, Plan, PlanChannel, PlanName, Reminder, Workspace

if TYPE_CHECKING:
    from sqlalchemy import Connection

_W, _P, _N = Workspace.__table__, Plan.__table__, PlanName.__table__
_L, _C, _R = PlanChannel.__table__, Contract.__table__, Reminder.__table__
_K = Cadence.__table__
_HERE: Any = bindparam("workspace")
_CHANNEL: Any = bindparam("channel")
_HOME = select(_W.c.id, _W.c.settings).where(
    _W.c.platform == bindparam("platform"), _W.c.external_id == bindparam("external_id")
)
_LIVE_PLANS = (
    select(_P.c.id, _P.c.owner_id)
    .join(_L, _L.c.plan_id == _P.c.id)
    .where(_L.c.workspace_id == _HERE, _P.c.archived.is_(False))
)
_PLANS = _LIVE_PLANS.where(_L.c.channel == _CHANNEL).order_by(_P.c.id)
_NAMES = select(_N.c.plan_id, _N.c.normal).where(
    _N.c.workspace_id == _HERE, _N.c.plan_id.in_(bindparam("plans", expanding=True))
)
_LIVE_CONTRACTS = select(_C.c.id, _C.c.owner_id, _C.c.normal).where(
    _C.c.workspace_id == _HERE, _C.c.ended.is_(False)
)
_CONTRACTS = _LIVE_CONTRACTS.where(_C.c.channel == _CHANNEL).order_by(_C.c.id)
_RUNNING = select(_K.c.id, _K.c.owner_id, _K.c.normal).where(
    _K.c.workspace_id == _HERE, _K.c.stopped.is_(False)
)
_CADENCES = _RUNNING.where(_K.c.channel == _CHANNEL).order_by(_K.c.id)
_NAMED = _LIVE_PLANS.with_only_columns(_L.c.channel).union(
    _LIVE_CONTRACTS.with_only_columns(_C.c.channel).where(_C.c.channel != ""),
    _RUNNING.with_only_columns(_K.c.channel).where(_K.c.channel != ""),
)


@dataclass(frozen=True, slots=True)
class Home:
    """A workspace: its own id, and its settings as they are stored."""

    id: int
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A `plan` that is about a channel, or a `contract` or check-in (`cadence`) that names it; `names` are the supplier's, in
    normal form."""

    subject: str
    id: int
    owner_id: int
    names: frozenset[str]


def home_of(connection: Connection, platform: str, workspace: str) -> Home | None:
    """The workspace with the platform's id, or None where nobody has spoken there yet."""
    row = connection.execute(_HOME, {"platform": platform, "external_id": workspace}).first()
    return None if row is None else Home(*row)


def named_channels(connection: Connection, workspace_id: int) -> set[str]:
    """The channels that plans are about, or that contracts or check-ins name."""
    return set(connection.execute(_NAMED, {"workspace": workspace_id}).scalars())


def links_of(connection: Connection, workspace_id: int, channel: str) -> list[Link]:
    """The plans that are about a channel, and the contracts and check-ins that name it."""
    bound = {"workspace": workspace_id, "channel": channel}
    plans = [(int(plan), int(owner)) for plan, owner in connection.execute(_PLANS, bound)]
    names: dict[int, set[str]] = {plan: set() for plan, _ in plans}
    if plans:
        asked = {"workspace": workspace_id, "plans": sorted(names)}
        for plan, normal in connection.execute(_NAMES, asked):
            names[plan].add(normal)
    return [
        *(Link("plan", plan, owner, frozenset(names[plan])) for plan, owner in plans),
        *(
            Link(subject, int(row), int(owner), frozenset({normal}))
            for subject, statement in (("contract", _CONTRACTS), ("cadence", _CADENCES))
            for row, owner, normal in connection.execute(statement, bound)
        ),
    ]


def rename_channel(connection: Connection, home: Home, old: str, new: str) -> None:
    """The platform calls a channel by another id from now on: what named it names it still."""
    there = select(_L.c.plan_id).where(_L.c.workspace_id == home.id, _L.c.channel == new)
    doubled = _L.c.plan_id.in_(there.scalar_subquery())
    connection.execute(delete(_L).where(_L.c.workspace_id == home.id, _L.c.channel == old, doubled))
    for table in (_L, _C, Cadence.__table__, OwnReminder.__table__):
        mine = (table.c.workspace_id == home.id, table.c.channel == old)
        connection.execute(update(table).where(*mine).values(channel=new))
    owed = (_R.c.workspace_id == home.id, _R.c.address == old, _R.c.direct.is_(False))
    connection.execute(update(_R).where(*owed).values(address=new))
    # read anew and locked: somebody may change another setting at this moment
    settings = connection.execute(
        select(_W.c.settings).where(_W.c.id == home.id).with_for_update()
    ).scalar_one()
    if settings.get("default_channel") == old:
        changed = {**settings, "default_channel": new}
        connection.execute(update(_W).where(_W.c.id == home.id).values(settings=changed))
