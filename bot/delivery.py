"""Claim, build, send, settle: for every platform alike, and with no transaction open while something is sent.

Database work runs in one worker thread, in small batches. A post whose outcome is unknown is looked up before it is made
again. A channel gets at most one post a second, and a platform that asks for a pause gets it without holding up others.
"""

from __future__ import annotations

import asyncio
import math
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot import logs
from bot.courier import Courier
from bot.looking import Looking
from bot.pacing import Appetite
from handlers.reminders.desk import LEASE, Desk, Settled

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.outcomes import Sender
    from handlers.prep.company import Scripts
    from handlers.reminders.building import Bundle
    from storage.database import Database

T = TypeVar("T")
_AT_ONCE = 8
_SETTLE_EVERY = 2.0
_SAFE = 0.8  # of a lease: what is not sent by then is left to whoever claims it next


@dataclass(slots=True)
class _Pass:
    """One pass. What is claimed waits in a line, with the moment until which it may be begun to be sent. `open` counts what
    was claimed for an address and is not settled yet."""

    now: Callable[[], datetime]
    line: asyncio.Queue[tuple[list[Bundle], float]] = field(default_factory=asyncio.Queue)
    room: asyncio.Event = field(default_factory=asyncio.Event)
    done: list[list[Settled]] = field(default_factory=list)
    settling: asyncio.Lock = field(default_factory=asyncio.Lock)
    open: int = 0
    posted: int = 0


class Delivery:
    """Delivers what is due. `senders` by platform; `scripts` are the questions of a preparation as the company asks them;
    `lease` is how long a claim holds; `sleep` and `ticks` (seconds, rising) are given by tests."""

    def __init__(
        self,
        database: Database,
        senders: Mapping[str, Sender],
        *,
        scripts: Scripts | None = None,
        lease: timedelta = LEASE,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        ticks: Callable[[], float] | None = None,
    ) -> None:
        self._desk = Desk(database, tuple(senders), _log_trouble, scripts, lease)
        self._lease = lease.total_seconds()
        self._ticks = ticks
        looking = Looking(database, senders, self._run)
        self._courier = Courier(senders, self._desk, self._run, sleep, self._seconds, looking)
        self._appetite = Appetite()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="delivery")
        self._running = asyncio.Lock()
        self._ends = False
        self.lost = 0  # reminders of which nobody could be told, so far

    async def deliver(self, now: datetime) -> int:
        """One pass: until nothing is due any more, beginning at `now`. How many reminders were posted."""
        async with self._running:
            began = self._seconds()
            # whole seconds, so that a pass that takes no time is at one moment; leases are counted from when it really is
            one = _Pass(lambda: now + timedelta(seconds=int(self._seconds() - began)))
            await self._through(one)
            return one.posted

    def end(self) -> None:
        """Begin no more posts: the pass that is under way ends with those that were begun, and there is no other."""
        self._ends = True

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown(wait=True)

    async def _run(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *args))

    def _seconds(self) -> float:
        return (self._ticks or asyncio.get_running_loop().time)()

    async def _through(self, one: _Pass) -> None:
        work = [self._fill(one), self._settle_in_time(one), *(self._serve(one) for _ in range(_AT_ONCE))]
        tasks = [asyncio.create_task(each) for each in work]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:  # only the filling ends by itself; whatever breaks is told to who rang
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._settle(one)

    async def _fill(self, one: _Pass) -> None:
        """Fill up the line, until nothing is due that nobody is at."""
        until = math.inf
        while True:
            if (
                self._seconds() > until
            ):  # a claim that may be over is settled before anything of it is claimed again
                await one.line.join()
            await self._settle(one)
            is_last, until = not one.open, self._seconds() + self._lease * _SAFE
            parcels = [] if self._ends else await self._claim(one.now())
            if not parcels and is_last:
                return
            began, before = self._seconds(), self._courier.posts
            for parcel in parcels:
                one.open += 1
                one.line.put_nowait((parcel, until))
            if parcels:
                await self._until_room(one)
                self._appetite.learn(self._courier.posts - before, self._seconds() - began)
            else:
                await one.line.join()

    async def _claim(self, now: datetime) -> list[list[Bundle]]:
        """What is due, by address."""
        held = self._courier.holds.workspaces(now)
        bundles = await self._run(self._desk.take, now, secrets.token_hex(8), self._appetite.most, held)
        parcels: dict[tuple[int, str], list[Bundle]] = {}
        for bundle in bundles:
            parcels.setdefault((bundle.home, bundle.to.id), []).append(bundle)
        return list(parcels.values())

    async def _until_room(self, one: _Pass) -> None:
        while one.line.qsize() > _AT_ONCE:
            one.room.clear()
            await one.room.wait()

    async def _serve(self, one: _Pass) -> None:
        """Carry what stands first in line; what could not be begun in time is left to the next claim."""
        while True:
            parcel, until = await one.line.get()
            in_time = not self._ends and self._seconds() <= until
            late = [Settled(bundle, "later", again=one.now()) for bundle in parcel]
            became = await self._courier.carry(parcel, one.now) if in_time else late
            one.done.append(
                became
            )  # not in one line with the waiting: settling puts another list in its place
            one.line.task_done()
            one.room.set()
            await asyncio.sleep(0)  # however fast a sender answers, others have their turn

    async def _settle_in_time(self, one: _Pass) -> None:
        """Every now and then, so that little is in doubt after a crash."""
        while True:
            await asyncio.sleep(_SETTLE_EVERY)
            await self._settle(one)

    async def _settle(self, one: _Pass) -> None:
        async with one.settling:
            done, one.done = one.done, []
            results = [result for parcel in done for result in parcel]
            if results:
                lost = await self._run(self._desk.settle, results, one.now())
                if lost:
                    self.lost += lost
                    logs.warning("reminders_undeliverable", count=lost)
            one.open -= len(done)
            one.posted += sum(len(r.bundle.ids) for r in results if r.what == "sent")


def _log_trouble(error: Exception) -> None:
    logs.error("reminder_failed", kind=type(error).__name__, where=logs.where(error))
