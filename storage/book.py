"""One plan, opened for a member who may read it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import delete, func, select

from storage.tables import Answer, Plan, PlanAccess, PlanChannel, PlanName, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import datetime

    from sqlmodel import Session

    from storage.changes import Journal
    from storage.unit import Unit

R = TypeVar("R", bound=Row)
T = TypeVar("T")


class PlanBook:
    """A plan and the rows that belong to it. Made by `Plans` alone, so whoever holds one may read the plan.

    `level` is `owner`, `edit` or `read`. Rows of any table that has a `plan_id` are read with `rows` and kept with `keep`.
    """

    def __init__(self, unit: Unit, plan: Plan, level: str) -> None:
        self._unit = unit
        self.plan = plan
        self.level = level
        self._readers_changed = False
        self._began_as = self._occasion
        unit.plan_was_read = True
        unit.books.append(self)
        unit.watch()

    @property
    def _occasion(self) -> tuple[datetime | None, str, bool]:
        return (self.plan.talks_at, self.plan.status, self.plan.archived)

    @property
    def reminders_changed(self) -> bool:
        """Whether in this turn the talks, the readers or the status changed, on which reminders depend."""
        return self._readers_changed or self._occasion != self._began_as

    @property
    def session(self) -> Session:
        """The session of the turn."""
        return self._unit.session

    @property
    def journal(self) -> Journal | None:
        """What was done to plans in this turn."""
        return self._unit.journal

    @property
    def member_id(self) -> int:
        """The member for whom the plan was opened."""
        return self._unit.seat.member_id

    @property
    def now(self) -> datetime:
        """The moment of the turn, aware and UTC."""
        return self._unit.now

    @property
    def may_edit(self) -> bool:
        """Whether the member may change the plan."""
        return self.level in {"owner", "edit"}

    def rows(self, table: type[R], **equal: Any) -> list[R]:
        """The plan's rows of a table, in their order (`position` or `number`, else id); `equal` narrows them down.

        What is for the owner alone is left out; `own_answers` has it.
        """
        columns = table.__table__.c
        order = columns.get("position", columns.get("number", columns.id))
        statement = select(table).where(*self._of_plan(table))
        if "owner_only" in columns and "owner_only" not in equal:
            statement = statement.where(columns.owner_only.is_(False))
        for name, value in equal.items():
            statement = statement.where(columns[name] == value)
        return list(self._unit.session.execute(statement.order_by(order, columns.id)).scalars())

    def _of_plan(self, table: type[Row]) -> tuple[Any, ...]:
        columns = table.__table__.c
        return columns.workspace_id == self.plan.workspace_id, columns.plan_id == self.plan.id

    def keep(self, row: R) -> R:
        """Add a row to the plan, or keep changes to one. A new row without a place in the order goes last."""
        row.plan_id = self.plan.id
        row.workspace_id = self.plan.workspace_id
        for name in ("position", "number"):
            if name in row.__table__.c and getattr(row, name, None) is None:
                setattr(row, name, self._next(type(row), name))
        self._unit.session.add(row)
        self.touch()
        self._unit.session.flush()
        return row

    def _next(self, table: type[Row], column: str) -> int:
        columns = table.__table__.c
        top = select(func.max(columns[column])).where(*self._of_plan(table))
        return (self._unit.session.execute(top).scalar() or 0) + 1

    def remove(self, row: Row) -> None:
        """Take a row out of the plan."""
        self._unit.session.delete(row)
        self.touch()
        self._unit.session.flush()

    def once(self, _key: Hashable, work_out: Callable[[], T]) -> T:
        """Worked out each time: a book's rows may change in between. A sheet remembers."""
        return work_out()

    def touch(self) -> None:
        """Note that the plan has changed."""
        self.plan.revision += 1
        self.plan.updated_at = self._unit.now
        self._unit.session.add(self.plan)

    # ---- answers ----

    def answer(
        self,
        key: str,
        text: str,
        value: dict[str, Any] | None = None,
        *,
        gap: bool = False,
        owner_only: bool = False,
    ) -> Answer:
        """Keep what this member answered to a question. Earlier answers stay. `owner_only`: for this member's eyes alone."""
        seat = self._unit.seat
        row = Answer(
            key=key, text=text, value=value or {}, gap=gap, owner_only=owner_only, member_id=seat.member_id,
            at=self._unit.now,
            workspace_id=0, plan_id=0,
        )  # fmt: skip
        return self.keep(row)

    def answers(self) -> dict[str, Answer]:
        """The newest answer to each question."""
        return {row.key: row for row in self.rows(Answer)}

    def own_answers(self) -> dict[str, Answer]:
        """The newest answer to each question that is for the owner alone; nothing for anybody else.

        From here on the turn's answer is for the owner alone. What an earlier owner wrote stays with that one.
        """
        if self.level != "owner" or self._unit.reads_for_others:
            return {}
        self._unit.owner_part_was_read = True
        return {row.key: row for row in self.rows(Answer, owner_only=True, member_id=self.member_id)}

    # ---- names, readers, channels ----

    def call(self, name: str, normal: str) -> None:
        """Give the plan another name."""
        known = self.rows(PlanName, normal=normal)
        if not known and normal:
            self.keep(PlanName(workspace_id=0, plan_id=0, name=name, normal=normal))

    def readers(self) -> list[PlanAccess]:
        """Who may read the plan, the owner among them."""
        return self.rows(PlanAccess)

    def admit(self, member_id: int, level: str) -> None:
        """Let a member read (`read`), edit (`edit`) or own (`owner`) the plan."""
        self._readers_changed = True
        for row in self.rows(PlanAccess, member_id=member_id):
            row.level = level
            self.keep(row)
            return
        row = PlanAccess(workspace_id=0, plan_id=0, member_id=member_id, level=level, given_at=self._unit.now)
        self.keep(row)

    def dismiss(self, member_id: int) -> None:
        """Take a member's access away."""
        self._readers_changed = True
        table = PlanAccess.__table__
        self._unit.session.execute(
            delete(table).where(*self._of_plan(PlanAccess), table.c.member_id == member_id)
        )
        self.touch()

    def hand_over(self, member_id: int) -> None:
        """Make another member the owner; the one before may still edit."""
        self.admit(self.plan.owner_id, "edit")
        self.plan.owner_id = member_id
        self.admit(member_id, "owner")
        self.level = "owner" if member_id == self.member_id else "edit"

    def names(self) -> set[str]:
        """Every name of the plan, in normal form."""
        return {row.normal for row in self.rows(PlanName)}

    def channels(self) -> list[PlanChannel]:
        """The channels that are about this plan, the latest linked first."""
        return sorted(self.rows(PlanChannel), key=lambda row: row.linked_at, reverse=True)

    def unlink(self) -> None:
        """No channel is about this plan any more."""
        for row in self.rows(PlanChannel):
            self.remove(row)

    def link(self, channel: str, name: str) -> None:
        """Say that a channel is about this plan, from now on first."""
        for row in self.rows(PlanChannel, channel=channel):
            self._unit.session.delete(row)
            self._unit.session.flush()
        at = self._after_last_link(channel)
        self.keep(PlanChannel(workspace_id=0, plan_id=0, channel=channel, name=name, linked_at=at))

    def _after_last_link(self, channel: str) -> datetime:
        """A moment after every other link of the channel: two may come at the same one, and the latest counts."""
        table = PlanChannel.__table__
        last = self._unit.session.execute(
            select(func.max(table.c.linked_at)).where(
                table.c.workspace_id == self.plan.workspace_id, table.c.channel == channel
            )
        ).scalar()
        now = self._unit.now
        return now if last is None or last < now else last + timedelta(microseconds=1)
