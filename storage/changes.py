"""What a member changed in a plan, turn by turn, so that the last change can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, event, func, inspect, select

from storage.snapshots import reader
from storage.tables import (
    Alternative,
    Answer,
    Concession,
    ListItem,
    Mandate,
    Offer,
    Plan,
    PlanChange,
    PlanChannel,
    PlanName,
    Row,
    Stakeholder,
    Term,
    Trade,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlmodel import Session

    from storage.book import PlanBook
    from storage.unit import Unit

Cells = dict[str, Any]
KEPT = 20
"""How many changes of one member in one plan are kept."""
_TABLES: dict[str, type[Row]] = {
    str(table.__tablename__): table
    for table in (
        Plan, Answer, Alternative, Concession, ListItem, Mandate, Offer, PlanChannel, PlanName, Stakeholder, Term, Trade,
    )
}  # fmt: skip
_PLAN = str(Plan.__tablename__)
STAYS = ""
"""Stands for the table where a step changed no row that could be put back: `action` and `subject` say what it was."""
_NOT_OURS = frozenset({"revision", "updated_at", "owner_id"})
"""Columns of a plan that tell of a change, and are none; and whose plan it is, which `owner` says to those concerned."""


class Journal:
    """The rows of plans that one transaction adds, changes and removes, with what stood in them before."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before: dict[tuple[str, int], tuple[Row, Cells | None]] = {}
        self.silent = False
        event.listen(session, "before_flush", self._note)

    def _note(self, session: Session, *_: object) -> None:
        for row in (*session.new, *session.dirty, *session.deleted):
            name = str(getattr(row, "__tablename__", ""))
            if name in _TABLES and (name, row.id) not in self._before:
                self._before[name, row.id] = row, None if row in session.new else _as_it_was(row)

    def changes(self) -> Iterator[tuple[int, list[Cells]]]:
        """Plan by plan what became of its rows. A plan that was started is no change of one."""
        self._session.flush()
        by_plan: dict[int, list[Cells]] = {}
        started = {
            key for (name, key), (_, before) in self._before.items() if name == _PLAN and before is None
        }
        for (name, key), (row, before) in self._before.items():
            after = None if inspect(row).was_deleted else _cells(row, _values(row))
            if before != after and (before is not None or name != _PLAN):
                plan = key if name == _PLAN else row.plan_id  # type: ignore[attr-defined]
                by_plan.setdefault(plan, []).append(
                    {"table": name, "id": key, "before": before, "after": after}
                )
        yield from ((plan, rows) for plan, rows in by_plan.items() if plan not in started)


def note_changes(unit: Unit, beside: int | None = None) -> None:
    """Keep what this turn changed in plans, and that it did what cannot be taken back. Called at its end.

    `beside` is the plan that is meant where none is named: there stands what was done outside of plans.
    """
    journal = unit.journal
    if journal is not None and journal.silent:
        return
    changed = dict(journal.changes()) if journal is not None else {}
    started = {plan_id for action, subject, plan_id in unit.acts if (action, subject) == ("start", "plan")}
    for action, subject, subject_id in unit.acts:
        plan_id = subject_id if subject == "plan" else beside
        if plan_id is not None and plan_id not in started:
            changed.setdefault(plan_id, [{"table": STAYS, "action": action, "subject": subject}])
    for plan_id, rows in changed.items():
        _note(unit, plan_id, rows)


def _note(unit: Unit, plan_id: int, rows: list[Cells]) -> None:
    numbers = _numbers(unit, plan_id)
    if len(numbers) >= KEPT:
        table = PlanChange.__table__
        old = delete(table).where(*_own(unit, plan_id), table.c.number <= numbers[-KEPT])
        unit.session.execute(old)
    unit.session.add(
        PlanChange(
            workspace_id=unit.seat.workspace_id, plan_id=plan_id, member_id=unit.seat.member_id,
            number=max(numbers, default=0) + 1, at=unit.now, rows=rows,
        )
    )  # fmt: skip


def last_change(book: PlanBook) -> PlanChange | None:
    """This member's newest change of the plan that was not taken back."""
    changes = (row for row in own_changes(book) if row.rows[0]["table"] != STAYS)
    return max(changes, key=lambda row: row.number, default=None)


def newest_own_change(unit: Unit, plan_id: int | None = None) -> tuple[datetime | None, int]:
    """When this member last did something in a plan that is kept, or started one; in this plan alone where it is named.
    And how many such steps there are, which tells their order where the clock stands still."""
    change, plan, seat = PlanChange.__table__.c, Plan.__table__.c, unit.seat
    did = select(func.max(change.at), func.count()).where(
        change.workspace_id == seat.workspace_id, change.member_id == seat.member_id
    )
    if plan_id is not None:
        at, count = unit.session.execute(did.where(change.plan_id == plan_id)).one()
        return at, count
    began = select(func.max(plan.created_at), func.count()).where(
        plan.workspace_id == seat.workspace_id, plan.owner_id == seat.member_id
    )
    found = [unit.session.execute(one).one() for one in (did, began)]
    return max((at for at, _ in found if at), default=None), sum(count for _, count in found)


def own_changes(book: PlanBook) -> list[PlanChange]:
    """What this member did in the plan and did not take back, the oldest first; steps that stay among it."""
    return book.rows(PlanChange, member_id=book.member_id)


def take_back(book: PlanBook, change: PlanChange) -> bool:
    """Make every row again what it was, and forget the change. False, and nothing done, if one has changed since."""
    session = book.session
    found = [(said, session.get(_TABLES[said["table"]], said["id"])) for said in change.rows]
    if any((None if row is None else _cells(row, _values(row))) != said["after"] for said, row in found):
        return False
    for said, row in found:  # first what was added, so that its place is free
        if row is not None and said["before"] is None:
            session.delete(row)
    session.flush()
    for said, row in found:
        if said["before"] is not None:
            _restore(session, _TABLES[said["table"]], row, said["before"])
    forget(book, change)
    return True


def forget(book: PlanBook, change: PlanChange) -> None:
    """Drop a change; what is done in this turn is not noted as another one."""
    if book.journal is not None:
        book.journal.silent = True
    book.remove(change)


def _restore(session: Session, table: type[Row], row: Row | None, cells: Cells) -> None:
    values = {name: _read(table, name, cell) for name, cell in cells.items()}
    if row is None:
        session.add(table(**values))
    for name, value in values.items() if row is not None else ():
        setattr(row, name, value)
    session.flush()


def _as_it_was(row: Row) -> Cells:
    state = inspect(row)
    values = _values(row)
    for name in values:
        history = state.attrs[name].history
        if history.deleted:
            values[name] = history.deleted[0]
    return _cells(row, values)


def _values(row: Row) -> Cells:
    return {column.name: getattr(row, column.name) for column in row.__table__.c}


def _cells(row: Row, values: Cells) -> Cells:
    """Values as plain JSON."""
    left_out = _NOT_OURS if row.__tablename__ == _PLAN else frozenset()
    return {name: _plain(value) for name, value in values.items() if name not in left_out}


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | bool | list | dict) else format(value, "f")


def _read(table: type[Row], name: str, cell: Any) -> Any:
    read = reader(table.__table__.c[name].type)
    return cell if cell is None or read is None else read(cell)


def _own(unit: Unit, plan_id: int) -> tuple[Any, ...]:
    """What narrows changes down to this member's own in one plan."""
    table, seat = PlanChange.__table__, unit.seat
    return (
        table.c.workspace_id == seat.workspace_id,
        table.c.plan_id == plan_id,
        table.c.member_id == seat.member_id,
    )


def _numbers(unit: Unit, plan_id: int) -> list[int]:
    """The numbers of the changes that are kept, rising."""
    number = PlanChange.__table__.c.number
    return list(unit.session.execute(select(number).where(*_own(unit, plan_id)).order_by(number)).scalars())
