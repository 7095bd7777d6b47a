"""How much is due, and since when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError

from storage.backlog import Backlog, backlog
from tests.support.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
DUE = datetime(2026, 7, 2, 7, tzinfo=UTC)
HERE = "test"


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A workspace with two reminders to come."""
    found = Office.open(database_url, JULY)
    found.talk.say("remind #acme 2026-07-02 9:00 invoice check")
    found.talk.say("remind #acme 2026-07-02 10:00 call")
    yield found
    found.close()


def of(office: Office, now: datetime, *platforms: str) -> Backlog:
    """The backlog at a moment."""
    with office.talk.app.database.reading() as handle:
        return backlog(handle.connection, platforms, now)


def test_what_is_due_counts_from_the_moment_it_is(office: Office) -> None:
    assert of(office, DUE - timedelta(seconds=1), HERE) == Backlog(0, None)
    assert of(office, DUE + timedelta(minutes=5), HERE) == Backlog(1, DUE)
    assert of(office, DUE + timedelta(hours=2), HERE) == Backlog(2, DUE)


def test_other_platforms_do_not_count(office: Office) -> None:
    assert of(office, DUE + timedelta(hours=2), "elsewhere") == Backlog(0, None)


def test_what_was_sent_does_not_count(office: Office) -> None:
    office.deliver(DUE + timedelta(hours=2))
    assert of(office, DUE + timedelta(hours=2), HERE) == Backlog(0, None)


def test_errors_of_the_database_are_counted_by_kind(office: Office) -> None:
    database = office.talk.app.database
    with database.reading() as handle, pytest.raises(DBAPIError):
        handle.connection.exec_driver_sql("SELECT nothing FROM nowhere")
    assert sum(database.errors.values()) == 1
    assert set(database.errors) <= {"connection", "integrity", "operational", "other"}
