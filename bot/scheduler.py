"""The bell. APScheduler rings in every process; what is due, and for whom, is the database's matter."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.delivery import Delivery

EVERY_SECONDS = 15


class Bell:
    """Rings delivery every few seconds, one pass at a time. `clock` says what time it is for the reminders
    (aware, UTC); when to ring is the machine's own time."""

    def __init__(
        self, delivery: Delivery, clock: Callable[[], datetime], every: float = EVERY_SECONDS
    ) -> None:
        self._delivery = delivery
        self._clock = clock
        self._pass: asyncio.Future[int] | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.ring, "interval", seconds=every, next_run_time=datetime.now(UTC), coalesce=True, max_instances=2,
            misfire_grace_time=None,
        )  # fmt: skip

    @property
    def rings(self) -> bool:
        """Whether the bell is on, for the readiness check."""
        return bool(self._scheduler.running)

    async def ring(self) -> None:
        """One pass now, unless one is under way. Where the bell is stopped meanwhile the pass goes on; `finish` waits for
        it."""
        if self._pass is not None and not self._pass.done():
            return
        self._pass = asyncio.ensure_future(self._delivery.deliver(self._clock()))
        await asyncio.shield(self._pass)

    async def finish(self, seconds: float) -> None:
        """Let a pass that is under way end with the posts that were begun, so that none is left of which nobody knows; wait
        at most so long."""
        self._delivery.end()
        if self._pass is not None and not self._pass.done():
            await asyncio.wait([self._pass], timeout=seconds)
            self._pass.cancel()

    def start(self) -> None:
        """Start ringing, in the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        self._scheduler.shutdown(wait=False)
