"""What is late, because no process ran when it was owed, is posted once and not in quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

JUNE = datetime(2026, 6, 1, 7, tzinfo=UTC)  # nine o'clock in Berlin


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A workspace of the test's own, quiet from 18:00 to 8:00 of Berlin."""
    found = Office.open(database_url, JUNE)
    found.talk.say("settings quiet hours 18:00 - 8:00")
    yield found
    found.close()


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC) - timedelta(hours=2)


def texts(office: Office, at: datetime) -> list[str]:
    return [mail.text.splitlines()[0] for mail in office.deliver(at)]


def test_what_is_late_waits_for_the_end_of_quiet_hours(office: Office) -> None:
    office.talk.say("remind #acme 2026-06-02 9:00 invoice check")
    office.talk.say("remind 2026-06-02 9:00 call Borg")
    assert texts(office, berlin(2, 20)) == []
    assert texts(office, berlin(3, 3)) == []
    assert texts(office, berlin(3, 7, 59)) == []
    assert sorted(texts(office, berlin(3, 8))) == ["call Borg", "invoice check"]
    assert texts(office, berlin(3, 9)) == []


def test_what_is_late_by_day_is_posted_at_once(office: Office) -> None:
    office.talk.say("remind #acme 2026-06-02 9:00 invoice check")
    assert texts(office, berlin(2, 16)) == ["invoice check"]


def test_what_was_asked_for_in_quiet_hours_comes_then(office: Office) -> None:
    office.talk.say("remind 2026-06-02 19:00 call Borg")
    assert texts(office, berlin(2, 18, 59)) == []
    assert texts(office, berlin(2, 19)) == ["call Borg"]
