"""The bell rings, and delivery runs: nothing else is decided there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.scheduler import Bell
from tests.support.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = "remind #acme 2026-07-02 9:00 invoice check"
DUE = datetime(2026, 7, 2, 7, tzinfo=UTC)


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """A workspace of the test's own."""
    found = Office.open(sqlite_url, datetime(2026, 7, 1, 9, tzinfo=UTC))
    yield found
    found.close()


def test_the_bell_rings_delivery(office: Office) -> None:
    office.talk.say(LINE)

    async def ring() -> int:
        bell = Bell(office.delivery, lambda: DUE, every=0.01)
        bell.start()
        for _ in range(300):
            await asyncio.sleep(0.01)
            if office.sender.inbox:
                break
        assert bell.rings
        bell.stop()
        await asyncio.sleep(0)
        return len(office.sender.inbox)

    assert asyncio.run(ring()) == 1
