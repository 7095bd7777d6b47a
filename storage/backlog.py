"""How many reminders are due and not sent, and since when: a number and a moment for whoever watches over Prep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, select

from storage.queue import OURS
from storage.tables import Reminder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

MOST = 10_000  # more are not counted: then the number says "at least"
_R = Reminder.__table__
_OLDEST = (
    select(_R.c.due_at)
    # + 0, so that the index on (status, due_at) is taken, as in the queue
    .where(and_(_R.c.status == "pending", _R.c.due_at <= bindparam("now")), (_R.c.workspace_id + 0).in_(OURS))
    .order_by(_R.c.due_at)
    .limit(MOST)
    .subquery()
)
_BACKLOG = select(func.count(), func.min(_OLDEST.c.due_at)).select_from(_OLDEST)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due: how many (at most MOST are counted), and since when the oldest is."""

    count: int
    oldest: datetime | None


def backlog(connection: Connection, platforms: Sequence[str], now: datetime) -> Backlog:
    """What is due at `now` on these platforms, being sent or not. What is owed where Prep was taken away does not count."""
    row = connection.execute(_BACKLOG, {"platforms": list(platforms), "now": now}).one()
    return Backlog(row[0], row[1])
