"""What is to be owed anew because settings changed: asked for in a turn, done afterwards, a part at a time.

A part is one transaction: it locks what was asked, reads the settings as they are then, and notes how far it has come.
Like the queue this looks across workspaces, and gives the rows to the rules that work out moments, to nobody else.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, literal, select, text, update
from sqlalchemy.exc import OperationalError

from storage.plans import LIVE
from storage.tables import (
    Cadence,
    Contract,
    Member,
    OwedAnew,
    OwnReminder,
    Plan,
    PlanAccess,
    Reminder,
    Workspace,
)
from storage.upsert import put

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Select

    from storage.database import Database, Handle

SUBJECTS = ("contract", "cadence", "own", "plan", "digest")
_J, _W, _M, _R = (t.__table__ for t in (OwedAnew, Workspace, Member, Reminder))
_C, _K, _O, _P, _A = (t.__table__ for t in (Contract, Cadence, OwnReminder, Plan, PlanAccess))
_OURS = _W.c.platform.in_(bindparam("platforms", expanding=True))
_ANY = select(_J.c.id).join(_W, _W.c.id == _J.c.workspace_id).where(_OURS).limit(1)
_NEXT = (
    select(
        _J.c.id,
        _J.c.workspace_id,
        _J.c.member_id,
        _J.c.subject,
        _J.c.after_id,
        _W.c.settings,
        _M.c.external_id,
    )
    .join(_W, _W.c.id == _J.c.workspace_id)
    .outerjoin(_M, _M.c.id == _J.c.member_id)
    .where(_OURS)
    .order_by(_J.c.asked_at, _J.c.id)
    .limit(1)
    .with_for_update(skip_locked=True, of=_J)
)
_FAR = update(_J).where(_J.c.id == bindparam("job"))
_GONE = delete(_J).where(_J.c.id == bindparam("job"))
# Somebody who presses a button at this moment is not to lose: whoever waits for a lock here gives up and tries again.
_PATIENCE = text("SET LOCAL lock_timeout = '300ms'")


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked: for a workspace, or for one member (by the platform's id `person`), and how far it has come."""

    id: int
    workspace_id: int
    member_id: int
    subject: str
    after_id: int
    settings: dict[str, Any]
    person: str | None


@dataclass(frozen=True, slots=True)
class Talks:
    """The talks of a live plan, and the ids of the members who read it."""

    plan_id: int
    at: datetime
    readers: tuple[int, ...]


def ask(connection: Connection, workspace_id: int, member_id: int, now: datetime) -> None:
    """Ask that reminders be worked out anew: of the whole workspace (member 0), or of one member. From the beginning."""
    values = {
        "workspace_id": workspace_id, "member_id": member_id, "subject": SUBJECTS[0], "after_id": 0, "asked_at": now,
    }  # fmt: skip
    put(connection, OwedAnew, values, ("workspace_id", "member_id"))


def is_asked(connection: Connection, platforms: Sequence[str]) -> bool:
    """Whether anything is to be owed anew on these platforms."""
    return connection.execute(_ANY, {"platforms": list(platforms)}).first() is not None


def _subjects(table: Any, entity: Any, subject: str, *more: Any) -> dict[bool, Select[Any]]:
    """The next rows of a table: all that go on, or only those about which one person is owed something (True)."""
    all_of = (
        select(entity)
        .where(table.c.workspace_id == bindparam("workspace"), table.c.id > bindparam("after"), *more)
        .order_by(table.c.id)
        .limit(bindparam("most"))
    )
    waits = select(literal(1)).where(
        _R.c.workspace_id == bindparam("workspace"), _R.c.address == bindparam("person"), _R.c.direct.is_(True),
        _R.c.status == "pending", _R.c.subject == subject, _R.c.subject_id == table.c.id,
    )  # fmt: skip
    return {False: all_of, True: all_of.where(waits.exists())}


_CONTRACTS = _subjects(_C, Contract, "contract", _C.c.ended.is_(False))
_CADENCES = _subjects(_K, Cadence, "cadence", _K.c.stopped.is_(False))
_OWN = _subjects(_O, OwnReminder, "own", _O.c.stopped.is_(False))
_PLANS = {
    one: found.with_only_columns(_P.c.id, _P.c.talks_at)
    for one, found in _subjects(
        _P, Plan, "plan", _P.c.talks_at > bindparam("now"), _P.c.archived.is_(False), _P.c.status.in_(LIVE)
    ).items()
}
_READERS = select(_A.c.plan_id, _A.c.member_id).where(
    _A.c.workspace_id == bindparam("workspace"), _A.c.plan_id.in_(bindparam("plans", expanding=True))
)


class Busy(Exception):
    """Somebody else is at it, or at a reminder that it would move: to be tried again later. Nothing was kept."""


@contextmanager
def part(database: Database) -> Iterator[Handle]:
    """A transaction for one part. Raises Busy where it would have to wait for somebody."""
    try:
        with database.writing() as handle:
            yield handle
    except OperationalError as error:
        raise Busy from error


class Anew:
    """One transaction's part of what was asked."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    def next(self, platforms: Sequence[str]) -> Job | None:
        """What was asked longest ago and nobody else is at; locked until the transaction ends."""
        connection = self._handle.connection
        if connection.dialect.name == "postgresql":
            connection.execute(_PATIENCE)
        row = connection.execute(_NEXT, {"platforms": list(platforms)}).first()
        return None if row is None else Job(*row)

    def _rows(self, job: Job, statements: dict[bool, Select[Any]], **bound: Any) -> Any:
        values = {"workspace": job.workspace_id, "after": job.after_id, **bound}
        if job.person is not None:
            values["person"] = job.person
        return self._handle.session.execute(statements[job.person is not None], values)

    def contracts(self, job: Job, most: int) -> list[Contract]:
        """The next contracts."""
        return list(self._rows(job, _CONTRACTS, most=most).scalars())

    def cadences(self, job: Job, most: int) -> list[Cadence]:
        """The next check-ins."""
        return list(self._rows(job, _CADENCES, most=most).scalars())

    def own(self, job: Job, most: int) -> list[OwnReminder]:
        """The next reminders that people set for themselves."""
        return list(self._rows(job, _OWN, most=most).scalars())

    def talks(self, job: Job, most: int, now: datetime) -> list[Talks]:
        """The next talks that are still to come."""
        plans = [(row[0], row[1]) for row in self._rows(job, _PLANS, most=most, now=now)]
        readers: dict[int, list[int]] = {plan: [] for plan, _ in plans}
        if plans:
            bound = {"workspace": job.workspace_id, "plans": list(readers)}
            for plan, member in self._handle.connection.execute(_READERS, bound):
                readers[plan].append(member)
        return [Talks(plan, at, tuple(sorted(readers[plan]))) for plan, at in plans]

    def note(self, job: Job, last: int | None) -> None:
        """How far it has come: up to this id, or (None) through with this subject; after the last one it is done."""
        connection = self._handle.connection
        if last is not None:
            connection.execute(_FAR.values(after_id=last), {"job": job.id})
            return
        left = SUBJECTS[SUBJECTS.index(job.subject) + 1 :]
        if left:
            connection.execute(_FAR.values(subject=left[0], after_id=0), {"job": job.id})
        else:
            connection.execute(_GONE, {"job": job.id})
