"""The bell rings, and delivery runs: nothing else is decided there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery import Delivery
from bot.scheduler import Bell
from tests.doubles.sender import MemorySender
from tests.support.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.outcomes import Post
    from handlers.gate import Sealed
    from handlers.turn import Address, WorkspaceKey

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


def test_a_pass_that_is_under_way_is_finished_when_the_bell_is_stopped(office: Office) -> None:
    """A post that was made and not noted would have to be looked up, or made again."""
    office.talk.say(LINE)
    began, go_on = asyncio.Event(), asyncio.Event()

    class Slow(MemorySender):
        async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
            posted = await super().post(workspace, to, content, token)
            began.set()
            await go_on.wait()
            return posted

    async def stopped() -> tuple[int, int]:
        sender = Slow(office.sender.directory)
        delivery = Delivery(office.talk.app.database, {"test": sender})
        bell = Bell(delivery, lambda: DUE)
        bell.start()
        await began.wait()
        bell.stop()
        asyncio.get_running_loop().call_later(0.05, go_on.set)
        await bell.finish(5)
        delivery.close()
        return len(sender.inbox), await office.delivery.deliver(DUE + timedelta(minutes=10))

    assert asyncio.run(stopped()) == (1, 0)
