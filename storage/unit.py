"""One transaction of one member in one workspace."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from storage.tables import AuditEvent

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlmodel import Session

    from storage.batch import Batch
    from storage.book import PlanBook
    from storage.changes import Journal
    from storage.colleagues import Colleagues
    from storage.contracts import Contracts
    from storage.conversations import Conversations
    from storage.database import Handle
    from storage.people import Seat
    from storage.plans import Plans
    from storage.regular import Regular
    from storage.reminders import Reminders
    from storage.snapshots import Snapshots


class Unit:
    """All that a turn may read and write: repositories made for one workspace and one member.

    There is no way to ask it about another workspace, nor for a plan that the member may not read. It remembers
    whether plan or contract content was read, so that the answer is marked by construction, and whose: `plans_read` are
    ids of plans, `suppliers_read` normal names of suppliers.

    `barred` are suppliers (normal names) for whom this member counts as outside: nothing of theirs exists here.
    """

    def __init__(
        self, handle: Handle, seat: Seat, now: datetime, barred: frozenset[str] = frozenset()
    ) -> None:
        self._handle = handle
        self.seat = seat
        self.now = now
        self.barred = barred
        self.lent: Batch | None = None  # what was read already for several members at once
        self.reads_for_others = False  # then what is for this member's eyes alone is left out
        self.plans_read: set[int] = set()
        self.books: list[PlanBook] = []
        self.acts: list[tuple[str, str, int]] = []  # what was noted of this turn: (action, subject, its id)
        self.journal: Journal | None = None
        self.suppliers_read: set[str] = set()
        self.plan_was_read = False
        self.owner_part_was_read = False
        self.contract_was_read = False
        self.restricted_was_read = False

    def is_barred(self, normal: str) -> bool:
        """Whether nothing of the supplier with this normal name exists for this member."""
        return any(normal == name or normal.startswith(f"{name} ") for name in self.barred)

    def watch(self) -> None:
        """Note from here on what becomes of the rows of plans. A plan is opened for all that is done to it."""
        if self.journal is None:
            from storage.changes import Journal

            self.journal = Journal(self.session)

    @property
    def session(self) -> Session:
        """The session of this transaction, for SQLModel entities."""
        return self._handle.session

    @property
    def connection(self) -> Connection:
        """The connection of this transaction, for prebuilt statements."""
        return self._handle.connection

    @property
    def snapshots(self) -> Snapshots | None:
        """The plans read last, where this transaction only reads."""
        return self._handle.snapshots

    @cached_property
    def plans(self) -> Plans:
        """The plans that this member may read."""
        from storage.plans import Plans

        return Plans(self)

    @cached_property
    def contracts(self) -> Contracts:
        """The contracts that this member may see."""
        from storage.contracts import Contracts

        return Contracts(self)

    @cached_property
    def regular(self) -> Regular:
        """Check-ins and reminders of one's own, as far as this member may see them."""
        from storage.regular import Regular

        return Regular(self)

    @cached_property
    def reminders(self) -> Reminders:
        """What is owed in this workspace."""
        from storage.reminders import Reminders

        return Reminders(self)

    @cached_property
    def conversations(self) -> Conversations:
        """What this member is in the middle of."""
        from storage.conversations import Conversations

        return Conversations(self)

    @cached_property
    def colleagues(self) -> Colleagues:
        """The members of this workspace, and the workspace's own settings."""
        from storage.colleagues import Colleagues

        return Colleagues(self)

    def seen_by(self, seat: Seat) -> Unit:
        """The same transaction as somebody else in this workspace sees it."""
        if seat.workspace_id != self.seat.workspace_id:
            raise ValueError("a unit stays in its workspace")
        same = seat.member_id == self.seat.member_id
        return Unit(self._handle, seat, self.now, self.barred if same else frozenset())

    def take_note_of(self, other: Unit) -> None:
        """What was read there counts as read here, so that what is sent carries its mark."""
        self.plan_was_read |= other.plan_was_read
        self.contract_was_read |= other.contract_was_read
        self.restricted_was_read |= other.restricted_was_read
        self.suppliers_read |= other.suppliers_read

    def audit(self, action: str, subject: str, subject_id: int) -> None:
        """Note who did what to what; never what it said."""
        self.acts.append((action, subject, subject_id))
        self.session.add(
            AuditEvent(
                workspace_id=self.seat.workspace_id,
                member_id=self.seat.member_id,
                action=action,
                subject=subject,
                subject_id=subject_id,
                at=self.now,
            )
        )
