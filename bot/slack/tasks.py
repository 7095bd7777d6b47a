"""Work that goes on after Slack got its acknowledgement, so that it can be waited for at the end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine


class Tasks:
    """What is under way."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin; it is kept until it ends. The work catches its own errors."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def wait_a_moment(self, work: Coroutine[Any, Any, Any], seconds: float) -> asyncio.Task[Any]:
        """Begin, and wait so long at most: it goes on if it needs longer."""
        task = self.start(work)
        await asyncio.wait({task}, timeout=seconds)
        return task

    async def finish(self, seconds: float) -> None:
        """Wait for all of it, and for what that begins in turn, so long at most."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._running and loop.time() < end:
            await asyncio.wait(set(self._running), timeout=end - loop.time())
        for task in set(self._running):
            task.cancel()
