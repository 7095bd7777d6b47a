"""What the running process keeps: reminders owed, open conversations, what was already handled."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # SQLModel reads annotations at run time
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from storage.tables.base import Row, data, moment, ref, whole


class Reminder(Row, table=True):
    """One message that is owed to one address at one time.

    `subject` and `subject_id` say what it is about, `kind` which reminder, `occurrence` which of them (a date and a rung),
    so that it is owed once. `status`: `pending` -> `sent` -> `acknowledged`, or `cancelled`, or `undeliverable`. A claim holds
    until `lease_until`; `attempts` counts claims. `posted` is the platform's id of the message. `posting` holds the tokens
    (parted by blanks) of earlier claims under which it may have been posted: they are looked up before it is posted again.
    `doubted_at` is when it may have been posted last, as long as nobody can tell.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("workspace_id", "subject", "subject_id", "kind", "occurrence"),
        Index("ix_reminder_due", "status", "due_at"),
        Index("ix_reminder_posted", "workspace_id", "posted", "address"),
        Index("ix_reminder_address", "workspace_id", "address", "status", "due_at"),
    )
    workspace_id: int = ref("workspace")
    subject: str
    subject_id: int = whole()
    kind: str
    occurrence: str
    address: str
    direct: bool
    due_at: datetime = moment()
    status: str = "pending"
    lease_until: datetime | None = moment(optional=True)
    lease_by: str = ""
    posting: str = ""
    doubted_at: datetime | None = moment(optional=True)
    attempts: int = 0
    repeats: int = 0
    sent_at: datetime | None = moment(optional=True)
    posted: str = ""
    details: dict[str, Any] = data(dict)


class OwedAnew(Row, table=True):
    """Settings changed on which reminders depend: those of a workspace, or of one member, are to be worked out anew.

    `member_id` is 0 for the whole workspace. `subject` and `after_id` say how far it has come, so that it is done in parts.
    """

    __tablename__ = "owed_anew"
    __table_args__ = (UniqueConstraint("workspace_id", "member_id"),)
    workspace_id: int = ref("workspace")
    member_id: int = whole()
    subject: str
    after_id: int = whole()
    asked_at: datetime = moment()


class Conversation(Row, table=True):
    """Where a member is in something that takes several turns. One row a member is `open`, others wait."""

    __tablename__ = "conversation"
    __table_args__ = (Index("ix_conversation_member", "member_id", "is_open"),)
    workspace_id: int = ref("workspace")
    member_id: int = ref("member")
    plan_id: int | None = ref("plan", optional=True)
    kind: str
    is_open: bool = True
    state: dict[str, Any] = data(dict)
    updated_at: datetime = moment()


class Focus(Row, table=True):
    """The plan last named by a member in a thread (or a place, where there is no thread)."""

    __tablename__ = "focus"
    __table_args__ = (UniqueConstraint("member_id", "place"),)
    workspace_id: int = ref("workspace")
    member_id: int = ref("member")
    place: str
    plan_id: int = ref("plan")
    at: datetime = moment()


class Handled(Row, table=True):
    """The id of something a platform may send twice, so that it acts once."""

    __tablename__ = "handled"
    __table_args__ = (UniqueConstraint("workspace_id", "event"), Index("ix_handled_at", "at"))
    workspace_id: int = ref("workspace")
    event: str
    at: datetime = moment()


class LocalMessage(Row, table=True):
    """A message of the local chat that carries buttons or a form, so that they can be pressed by a later run.

    `buttons` are {"label", "words", "confirm"}; `form` is a form half filled in.
    """

    __tablename__ = "local_message"
    __table_args__ = (Index("ix_local_message", "workspace_id", "place", "number"),)
    workspace_id: int = ref("workspace")
    number: int
    place: str
    reader: str = ""
    text: str = ""
    buttons: list[dict[str, Any]] = data(list)
    form: dict[str, Any] = data(dict)
    at: datetime = moment()


class PlanChange(Row, table=True):
    """What one member changed in a plan in one turn, so that it can be taken back.

    `rows` are objects with `table`, `id`, and the row's cells `before` and `after`: null where it was not there.
    """

    __tablename__ = "plan_change"
    __table_args__ = (Index("ix_plan_change_member", "plan_id", "member_id", "number"),)
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan")
    member_id: int = ref("member")
    number: int
    at: datetime = moment()
    rows: list[dict[str, Any]] = data(list)
