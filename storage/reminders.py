"""What is owed in one workspace: rows that say which reminder goes to which address at which time, each owed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, func, or_, select, update

from storage.dialects import inserting
from storage.tables import Reminder
from storage.types import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from storage.unit import Unit

_R = Reminder.__table__
_UNIQUE = ("workspace_id", "subject", "subject_id", "kind", "occurrence")
_OPEN = ("pending", "cancelled")


@dataclass(frozen=True, slots=True)
class Owed:
    """One message that is owed. `address` is the platform's id of a channel, or of a member where `direct`.

    `due_at` is aware. What is owed twice with the same subject, kind and occurrence is owed once.
    """

    subject: str
    subject_id: int
    kind: str
    occurrence: str
    address: str
    direct: bool
    due_at: datetime
    repeats: int = 0
    details: dict[str, Any] = field(default_factory=dict)


@cache
def _upsert(dialect: str) -> Any:
    statement = inserting(dialect)(_R)
    new = statement.excluded
    changed = {
        "address": new.address,
        "direct": new.direct,
        "due_at": new.due_at,
        "repeats": new.repeats,
        "details": new.details,
        "status": "pending",
        # what was only put off comes when it is owed now; what is being sent stays with who sends it
        "lease_until": case((_R.c.lease_by == "", None), else_=_R.c.lease_until),
    }
    return statement.on_conflict_do_update(
        index_elements=list(_UNIQUE), set_=changed, where=or_(*(_R.c.status == status for status in _OPEN))
    )


_OF_SUBJECT = (
    _R.c.workspace_id == bindparam("workspace"),
    _R.c.subject == bindparam("about"),
    _R.c.subject_id.in_(bindparam("about_ids", expanding=True)),
)
_CANCEL = update(_R).where(*_OF_SUBJECT, _R.c.status == "pending").values(status="cancelled")
_CANCEL_KINDS = _CANCEL.where(_R.c.kind.in_(bindparam("kinds", expanding=True)))
_MINE = select(Reminder).where(_R.c.workspace_id == bindparam("workspace"))
_ONE = _MINE.where(_R.c.id == bindparam("reminder"))
_THESE = _MINE.where(_R.c.id.in_(bindparam("reminders", expanding=True))).order_by(_R.c.due_at, _R.c.id)
_ABOUT = select(Reminder).where(*_OF_SUBJECT).order_by(_R.c.due_at, _R.c.id)
_MESSAGE = _MINE.where(_R.c.address == bindparam("where"), _R.c.posted == bindparam("message")).order_by(
    _R.c.due_at, _R.c.id
)


# Grouped by the subject, so that the rows of this workspace alone are looked at, by the index that keeps them unique.
_FIRST_DUE = (
    select(_R.c.subject, _R.c.subject_id, func.min(_R.c.due_at).label("due"))
    .where(
        _R.c.workspace_id == bindparam("workspace"),
        _R.c.subject.in_(("contract", "cadence")),
        _R.c.status == "pending",
        _R.c.kind.in_(("notice", "end", "checkin")),
    )
    .group_by(_R.c.subject, _R.c.subject_id)
    .order_by(func.min(_R.c.due_at))
    .limit(bindparam("most"))
    .subquery()
)
_COMING = (
    select(Reminder)
    .join(
        _FIRST_DUE,
        (_R.c.subject == _FIRST_DUE.c.subject)
        & (_R.c.subject_id == _FIRST_DUE.c.subject_id)
        & (_R.c.due_at == _FIRST_DUE.c.due),
    )
    .where(
        _R.c.workspace_id == bindparam("workspace"),
        _R.c.status == "pending",
        _R.c.kind.in_(("notice", "end", "checkin")),
    )
    .order_by(_R.c.due_at, _R.c.id)
)


class Reminders:
    """What is owed in this workspace. The rows hold no content: that is built for whoever is to read it."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def _bound(self, **values: Any) -> dict[str, Any]:
        return {"workspace": self._unit.seat.workspace_id, **values}

    def owe(self, rows: Sequence[Owed]) -> None:
        """Owe these. What is already owed gets the new time and address; what was sent stays as it is."""
        if not rows:
            return
        unit = self._unit
        fixed = {"workspace_id": unit.seat.workspace_id, "status": "pending", "lease_by": "", "posting": ""}
        fixed |= {"attempts": 0, "posted": ""}
        names = ("subject", "subject_id", "kind", "occurrence", "address", "direct", "due_at")
        values = [
            {
                "id": new_id(), **fixed, "repeats": row.repeats, "details": row.details,
                **{name: getattr(row, name) for name in names},
            }
            for row in rows
        ]  # fmt: skip
        unit.connection.execute(_upsert(unit.connection.dialect.name), values)

    def cancel(self, subject: str, subject_id: int | Sequence[int], kinds: Iterable[str] = ()) -> None:
        """Owe nothing more about a subject (or several), or nothing of these kinds."""
        ids = [subject_id] if isinstance(subject_id, int) else sorted(subject_id)
        bound = self._bound(about=subject, about_ids=ids)
        if chosen := list(kinds):
            self._unit.connection.execute(_CANCEL_KINDS, {**bound, "kinds": chosen})
        else:
            self._unit.connection.execute(_CANCEL, bound)

    def find(self, reminder_id: int) -> Reminder | None:
        """The reminder with this id."""
        return self._unit.session.execute(_ONE, self._bound(reminder=reminder_id)).scalar_one_or_none()

    def these(self, ids: Iterable[int]) -> list[Reminder]:
        """The reminders with these ids, in the order in which they are due."""
        wanted = sorted(set(ids))
        if not wanted:
            return []
        if self._unit.lent is not None:
            rows = [self._unit.lent.rows[i] for i in wanted if i in self._unit.lent.rows]
            return sorted(rows, key=lambda row: (row.due_at, row.id))
        return list(self._unit.session.execute(_THESE, self._bound(reminders=wanted)).scalars())

    def about(self, subject: str, subject_id: int) -> list[Reminder]:
        """All reminders about a subject, also those that were sent or cancelled, by when they are due."""
        return self.about_these(subject, [subject_id])[subject_id]

    def about_these(self, subject: str, ids: Sequence[int]) -> dict[int, list[Reminder]]:
        """The same for several subjects, by the subject's id."""
        found: dict[int, list[Reminder]] = {i: [] for i in ids}
        if found:
            bound = self._bound(about=subject, about_ids=sorted(found))
            for row in self._unit.session.execute(_ABOUT, bound).scalars():
                found[row.subject_id].append(row)
        return found

    def coming(self, most: int) -> list[Reminder]:
        """The next deadline, end or check-in that is owed about each contract and check-in, the soonest `most` of them."""
        return list(self._unit.session.execute(_COMING, self._bound(most=most)).scalars())

    def together(self, row: Reminder) -> list[Reminder]:
        """The reminders that were posted in the same message, this one among them."""
        if not row.posted:
            return [row]
        bound = self._bound(where=row.address, message=row.posted)
        return list(self._unit.session.execute(_MESSAGE, bound).scalars())

    def settle(self, row: Reminder, status: str, **details: Any) -> None:
        """Note what became of a reminder that was sent: its new status, and what was done by whom."""
        row.status = status
        row.details = {**row.details, **details}
        self._unit.session.add(row)
        self._unit.session.flush()
