"""Reminders: a tick with nothing due, a morning with ten thousand, and the pace at which channels are posted to."""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench import floor_jobs, seeding
from bench.measure import Figure, at_least, at_most
from bench.postgres import postgres
from bot.delivery import Delivery
from bot.outcomes import Posted, RetryLater

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.outcomes import Post
    from handlers.gate import Sealed
    from handlers.turn import Address, WorkspaceKey
    from storage.database import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FEW, MANY, DUE = 10_000, 1_000_000, 10_000
_PLATFORM, _TEAM = "bench", "T0"


class Sender:
    """Takes every post at once. Counts what arrives, by channel and second of the injected clock."""

    def __init__(self, clock: Clock | None = None, refuse_every: int = 0) -> None:
        self.arrived_at: dict[str, list[float]] = {}
        self.tries = 0
        self._clock = clock
        self._refuse_every = refuse_every

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """It arrives, except where the platform is to ask for a pause."""
        self.tries += 1
        if self._refuse_every and self.tries % self._refuse_every == 0:
            return RetryLater(1.0)
        self.arrived_at.setdefault(to.id, []).append(self._clock.now if self._clock else 0.0)
        return Posted(f"{self.tries}")

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """Nothing is ever in doubt here."""
        return None


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    async def sleep(self, seconds: float) -> None:
        """Time passes."""
        wake = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, wake)


@contextmanager
def _sqlite() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/prep.db"


def _ready(url: str) -> tuple[Database, int]:
    database = seeding.fresh(url)
    return database, seeding.workspace(database, _PLATFORM, _TEAM)


# ---- a tick ----


async def ticks() -> list[Figure]:
    """A bell tick with nothing due: a million reminders pending against ten thousand."""
    few, many = [await _tick(_sqlite, count) for count in (FEW, MANY)]
    far = await _tick(postgres, MANY)
    return [
        at_most("a tick with 1,000,000 pending against 10,000, SQLite", many, few, 2),
        at_most("a tick with 1,000,000 pending against 5 ms, PostgreSQL", far, 5000, 1),
    ]


async def _tick(kind: object, count: int) -> float:
    """Microseconds of a pass that finds nothing due, at the median."""
    with kind() as url:  # type: ignore[operator]
        database, workspace = _ready(url)
        seeding.pending(database, workspace, count, due=NOW + timedelta(days=1))
        delivery = Delivery(database, {_PLATFORM: Sender()})
        taken = []
        for _ in range(300):
            start = time.perf_counter()
            await delivery.deliver(NOW)
            taken.append(time.perf_counter() - start)
        delivery.close()
        database.close()
    return statistics.median(taken[50:]) * 1e6


# ---- a morning ----


async def drains() -> list[Figure]:
    """Ten thousand reminders due at once, each to a channel of its own, against APScheduler's job store."""
    figures = []
    for name, kind, bound in (("SQLite", _sqlite, 3), ("PostgreSQL", postgres, 5)):
        with kind() as url:
            floor = await floor_jobs.drain(url, DUE)
        with kind() as url:
            ours, held = await _drain(url)
        figures.append(at_least(f"{DUE:,} due drained, {name}", ours, floor, bound))
        figures.append(at_most(f"the loop held meanwhile at p99.9, {name}", held, 50, 1, "ms"))
    return figures


async def _drain(url: str) -> tuple[float, float]:
    """Seconds until all were posted and settled, and how long the event loop was held (ms, p99.9)."""
    database, workspace = _ready(url)
    seeding.reminders(database, workspace, DUE, due=NOW - timedelta(minutes=1), addresses=DUE)
    sender = Sender()
    delivery = Delivery(database, {_PLATFORM: sender})
    lags: list[float] = []
    watch = asyncio.create_task(_watch(lags))
    start = time.perf_counter()
    posted = await delivery.deliver(NOW)
    taken = time.perf_counter() - start
    watch.cancel()
    delivery.close()
    database.close()
    if posted != DUE or sum(map(len, sender.arrived_at.values())) != DUE:
        raise RuntimeError(f"{posted} of {DUE} were delivered")
    return taken, sorted(lags)[int(len(lags) * 0.999)] * 1000


async def _watch(lags: list[float]) -> None:
    while True:
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        lags.append(time.perf_counter() - start - 0.001)


# ---- the pace ----


async def posting() -> list[Figure]:
    """One reminder a second a channel, on an injected clock, with one post in twenty refused with Retry-After.

    What is held back meanwhile goes out together with the next, so all must have arrived about when the last is due.
    """
    seconds, channels = 300, 3
    clock = Clock()
    sender = Sender(clock, refuse_every=20)
    with _sqlite() as url:
        database, workspace = _ready(url)
        for n in range(seconds):
            seeding.morning(database, workspace, n, channels=channels, due=NOW + timedelta(seconds=n))
        delivery = Delivery(database, {_PLATFORM: sender}, sleep=clock.sleep, ticks=lambda: clock.now)
        left = seconds * channels
        while left and clock.now < 2 * seconds:
            left -= await delivery.deliver(NOW + timedelta(seconds=clock.now))
            await clock.sleep(0.2)
        delivery.close()
        database.close()
    gaps = [b - a for times in sender.arrived_at.values() for a, b in pairwise(times)]
    if left or min(gaps) < 1 - 1e-9:
        raise RuntimeError(f"{left} were not delivered, or two came within a second: {min(gaps)}")
    last = max(times[-1] for times in sender.arrived_at.values())
    return [at_most("posting at one a second a channel, 429s included", last, float(seconds - 1), 1.1, "s")]
