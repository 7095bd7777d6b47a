"""The worked contract in an office, and a look at what is owed about it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from storage.tables import Reminder, Workspace

if TYPE_CHECKING:
    from tests.doubles.sender import Mail
    from tests.support.office import Office

JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
RUNG_30 = datetime(2028, 2, 28, 8, tzinfo=UTC)


def rows(office: Office, kind: str) -> list[Reminder]:
    """The rows of a kind that are not cancelled, by when they are due."""
    table = Reminder.__table__
    with office.talk.app.database.reading() as handle:
        statement = (
            select(Reminder)
            .where(table.c.kind == kind, table.c.status != "cancelled")
            .order_by(table.c.due_at)
        )
        return list(handle.session.execute(statement).scalars())


def days(office: Office, kind: str) -> list[date]:
    """The days on which they are due."""
    return [row.due_at.date() for row in rows(office, kind)]


def lead(office: Office, name: str) -> None:
    """Make somebody the lead."""
    office.talk.say("hub", name)
    with office.talk.app.database.writing() as handle:
        handle.connection.execute(update(Workspace.__table__).values(settings={"leads": [name]}))


def rung(office: Office, at: datetime = RUNG_30) -> Mail:
    """The message of a rung, with nothing else waiting before it."""
    (mail,) = office.deliver(at)
    assert mail.to == "acme"
    return mail
