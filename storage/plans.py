"""Plans, as far as one member may read them. To that member no other plan exists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, func, literal, or_, select

from storage.book import PlanBook
from storage.hot import HotStatement
from storage.sheet import PlanSheet, read_sheet
from storage.tables import Focus, Plan, PlanAccess, PlanChannel, PlanName

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Select

    from storage.unit import Unit

_P, _A, _N = Plan.__table__, PlanAccess.__table__, PlanName.__table__
_C, _F = PlanChannel.__table__, Focus.__table__
LIVE = ("preparing", "ready", "negotiating")
# as many names as a line has prefixes; a list of any length costs more
_ASKED = tuple(f"name_{number}" for number in range(6))


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What is needed to choose a plan. `level` is `owner`, `edit` or `read`."""

    id: int
    supplier: str
    title: str
    status: str
    level: str
    talks_at: datetime | None
    script: str
    revision: int

    @property
    def label(self) -> str:
        """How the plan is called where several are offered."""
        return f"{self.supplier}: {self.title}" if self.title else self.supplier


def _heads(*, lead: bool, barred: frozenset[str]) -> Select[Any]:
    """Heads of the plans that a member may read. Built once: building a statement costs more than running it."""
    heads = _readable(lead=lead)
    if not barred:
        return heads
    other = _N.alias()
    called = or_(
        *(
            or_(other.c.normal == name, other.c.normal.startswith(f"{name} ", autoescape=True))
            for name in barred
        )
    )
    return heads.where(~select(literal(1)).where(other.c.plan_id == _P.c.id, called).exists())


def _readable(*, lead: bool) -> Select[Any]:
    level = func.coalesce(_A.c.level, literal("read")) if lead else _A.c.level
    columns = (
        _P.c.id,
        _P.c.supplier,
        _P.c.title,
        _P.c.status,
        level,
        _P.c.talks_at,
        _P.c.script,
        _P.c.revision,
    )
    mine = and_(_A.c.plan_id == _P.c.id, _A.c.member_id == bindparam("member"))
    if lead:
        return select(*columns).outerjoin(_A, mine).where(_P.c.workspace_id == bindparam("workspace"))
    return select(*columns).join(_A, mine).where(_P.c.workspace_id == bindparam("workspace"))


class _Statements:
    """The statements for one kind of reader."""

    def __init__(self, *, lead: bool, barred: frozenset[str] = frozenset()) -> None:
        heads = _heads(lead=lead, barred=barred)
        live = heads.where(_P.c.archived.is_(False), _P.c.status.in_(LIVE))
        self.one = heads.where(_P.c.id == bindparam("plan"))
        self.live = live.order_by(_P.c.updated_at.desc(), _P.c.id).limit(bindparam("most"))
        self.ids = heads.with_only_columns(_P.c.id)
        self.every = (
            heads.add_columns(_P.c.archived)
            .order_by(_P.c.archived, _P.c.updated_at.desc(), _P.c.id)
            .limit(bindparam("most"))
        )
        named = (
            heads.add_columns(_N.c.normal)
            .join(_N, _N.c.plan_id == _P.c.id)
            .where(
                _N.c.workspace_id == bindparam("workspace"),
                _N.c.normal.in_([bindparam(name) for name in _ASKED]),
            )
        )
        if not lead:
            # a name that thousands have prepared for is looked up among the member's own plans, not the other way round
            own = select(_A.c.plan_id).where(_A.c.member_id == bindparam("member"))
            named = named.where(_N.c.plan_id.in_(own))
        self.named = HotStatement(named.order_by(_P.c.updated_at.desc()).limit(50))
        self.names = (
            heads.with_only_columns(_P.c.id, _N.c.name)
            .join(_N, _N.c.plan_id == _P.c.id)
            .order_by(_P.c.updated_at.desc())
            .limit(bindparam("most"))
        )
        self.linked = (
            heads.join(_C, _C.c.plan_id == _P.c.id)
            .where(_C.c.channel == bindparam("channel"))
            .order_by(_C.c.linked_at.desc(), _C.c.id)
            .limit(1)
        )
        self.focused = heads.join(
            _F, and_(_F.c.plan_id == _P.c.id, _F.c.member_id == bindparam("member"))
        ).where(_F.c.place == bindparam("place"))


_MINE = _Statements(lead=False)
_LEADS = _Statements(lead=True)


@lru_cache(maxsize=64)
def _without(barred: frozenset[str], *, lead: bool) -> _Statements:
    """For the rare member who is outside for some suppliers."""
    return _Statements(lead=lead, barred=barred)


class Plans:
    """The plans that one member may read."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        lead = unit.seat.reads_all_plans
        plain = _LEADS if lead else _MINE
        self._say = _without(unit.barred, lead=lead) if unit.barred else plain

    def _run(self, statement: Select[Any] | HotStatement, **values: Any) -> list[tuple[Any, ...]]:
        seat, connection = self._unit.seat, self._unit.connection
        bound = {"workspace": seat.workspace_id, "member": seat.member_id, **values}
        if isinstance(statement, HotStatement):
            rows = statement.rows(connection, bound)
        else:
            rows = [tuple(row) for row in connection.execute(statement, bound)]
        if rows:
            self._unit.plan_was_read = True
            self._unit.plans_read.update(int(row[0]) for row in rows)
        return rows

    def suppliers_read(self) -> set[str]:
        """All names, in normal form, of the plans that were read in this turn."""
        statement = select(_N.c.normal).where(
            _N.c.workspace_id == self._unit.seat.workspace_id, _N.c.plan_id.in_(self._unit.plans_read)
        )
        return set(self._unit.connection.execute(statement).scalars())

    def _one(self, statement: Select[Any], **values: Any) -> PlanHead | None:
        rows = self._run(statement, **values)
        return PlanHead(*rows[0]) if rows else None

    def head(self, plan_id: int) -> PlanHead | None:
        """The plan with this id, if the member may read it."""
        return self._one(self._say.one, plan=plan_id)

    def live(self, most: int = 50) -> list[PlanHead]:
        """Plans that are being prepared or negotiated, the latest changed first."""
        return [PlanHead(*row) for row in self._run(self._say.live, most=most)]

    def every(self, most: int = 200) -> list[tuple[PlanHead, bool]]:
        """All plans, with whether each is archived; those come last."""
        return [(PlanHead(*row[:-1]), bool(row[-1])) for row in self._run(self._say.every, most=most)]

    def readable_ids(self) -> Select[Any]:
        """The ids of all plans that the member may read, as part of another statement of this transaction."""
        return self._say.ids

    def named(self, normals: Sequence[str]) -> list[tuple[PlanHead, str]]:
        """Plans that carry one of these names (one to six, in normal form), with the name that fits: at most
        50, the latest changed first."""
        asked = dict(zip_longest(_ASKED, normals, fillvalue=normals[0]))
        rows = self._run(self._say.named, **asked)
        return [(PlanHead(*row[:-1]), str(row[-1])) for row in rows]

    def names(self, most: int = 2000) -> dict[int, list[str]]:
        """Every name of every plan that the member may read, for forgiving matches."""
        names: dict[int, list[str]] = {}
        for plan_id, name in self._run(self._say.names, most=most):
            names.setdefault(int(plan_id), []).append(str(name))
        return names

    def of_channel(self, channel: str) -> PlanHead | None:
        """The latest-linked plan of a channel that the member may read."""
        return self._one(self._say.linked, channel=channel)

    def in_focus(self, place: str) -> PlanHead | None:
        """The plan that the member last named in this thread or place."""
        return self._one(self._say.focused, place=place)

    def book(self, plan_id: int, *, to_edit: bool = False) -> PlanBook | None:
        """The plan with all that belongs to it, or None if it does not exist for this member.

        With `to_edit` the plan is locked against other writers until the turn ends.
        """
        head = self.head(plan_id)
        if head is None:
            return None
        statement = select(Plan).where(_P.c.id == plan_id, _P.c.workspace_id == self._unit.seat.workspace_id)
        plan = self._unit.session.execute(statement.with_for_update() if to_edit else statement).scalar_one()
        return PlanBook(self._unit, plan, head.level)

    def sheet(self, plan_id: int) -> PlanSheet | None:
        """The plan with all that belongs to it, to be read only; None if it does not exist for this member."""
        head = self.head(plan_id)
        return None if head is None else self.sheet_of(head)

    def sheet_of(self, head: PlanHead) -> PlanSheet:
        """The sheet of a plan whose head was just read in this transaction."""
        return read_sheet(self._unit, head.id, head.level, head.revision)

    def start(self, plan: Plan, names: Sequence[tuple[str, str]]) -> PlanBook:
        """Keep a new plan, owned by this member. `names` are (name, normal form)."""
        unit = self._unit
        unit.plan_was_read = True
        plan.workspace_id, plan.owner_id = unit.seat.workspace_id, unit.seat.member_id
        unit.watch()
        unit.session.add(plan)
        unit.session.flush()
        book = PlanBook(unit, plan, "owner")
        for name, normal in names:
            book.call(name, normal)
        book.admit(unit.seat.member_id, "owner")
        unit.plans_read.add(plan.id)
        unit.audit("start", "plan", plan.id)
        return book
