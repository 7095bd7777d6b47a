"""Reminders come at nine where the reader is, as far as the platform tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.support.office import Office
from tests.support.talk import START, person

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """A workspace of the test's own."""
    found = Office.open(sqlite_url, START)
    yield found
    found.close()


def test_a_regular_reminder_keeps_the_time_of_who_set_it(office: Office) -> None:
    """Nine o'clock in New York, before and after its clocks change on 8 March."""
    dan = replace(person("dan"), zone="America/New_York")
    office.talk.say("remind me every monday 9:00 numbers", dan)
    arrived = office.run(datetime(2026, 3, 17, tzinfo=UTC))
    assert [at for at, _ in arrived] == [
        datetime(2026, 3, 2, 14, tzinfo=UTC),
        datetime(2026, 3, 9, 13, tzinfo=UTC),
        datetime(2026, 3, 16, 13, tzinfo=UTC),
    ]


def test_a_zone_that_was_set_stands_before_what_the_platform_says(office: Office) -> None:
    dan = replace(person("dan"), zone="America/New_York")
    office.talk.say("settings zone Asia/Tokyo", dan)
    office.talk.say("remind me every tuesday 9:00 numbers", dan)
    (at, _), *_ = office.run(datetime(2026, 3, 4, tzinfo=UTC))
    assert at == datetime(2026, 3, 3, 0, tzinfo=UTC)
