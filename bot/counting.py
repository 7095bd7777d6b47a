"""Counts and notes what goes by: turns, posts and passes of delivery. It changes nothing of what they do."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from time import perf_counter, time
from typing import TYPE_CHECKING, NamedTuple

from bot import logs
from bot.delivery import Delivery
from bot.metrics import outcome_of
from bot.outcomes import Lookout

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.app import App
    from bot.metrics import Metrics
    from bot.outcomes import Post, Sender
    from handlers.gate import Outcome, Sealed
    from handlers.turn import Address, Fetch, Found, WorkspaceKey


_SOON = 0.2  # seconds until a turn is counted and its line is written
_AT_ONCE = 20  # lines written before others have their turn


class _Ended(NamedTuple):
    """A turn that has ended, and when (seconds since 1970)."""

    platform: str
    command: str
    how: str
    seconds: float
    reference: str
    at: float


class TurnWatch:
    """For `Edge.watch`: each turn is counted, and told of in one line of the log.

    Both are done a moment later: with nobody waiting for it a line costs a few microseconds, and many times that between a
    turn and its answer.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._ended: deque[_Ended] = deque()

    def __call__(self, platform: str, outcome: Outcome, seconds: float) -> None:
        """A turn has ended."""
        if not self._ended:
            asyncio.get_running_loop().call_later(_SOON, self._drain)
        how = outcome_of(outcome)
        self._ended.append(_Ended(platform, outcome.command, how, seconds, logs.reference(), time()))

    def finish(self) -> None:
        """Count and write all that is left."""
        while self._ended:
            self._tell(self._ended.popleft())

    def _drain(self) -> None:
        for _ in range(min(_AT_ONCE, len(self._ended))):
            self._tell(self._ended.popleft())
        if self._ended:
            asyncio.get_running_loop().call_soon(self._drain)

    def _tell(self, turn: _Ended) -> None:
        command = self._metrics.turn(turn.platform, turn.command, turn.how, turn.seconds)
        logs.info(
            "turn",
            face=turn.platform,
            command=command,
            outcome=turn.how,
            ms=round(turn.seconds * 1000, 1),
            reference=turn.reference,
            timestamp=logs.stamp(turn.at),
        )


class CountedSender:
    """A platform's sender, whose posts are counted by what became of them."""

    def __init__(self, platform: str, sender: Sender, metrics: Metrics) -> None:
        self._platform = platform
        self._sender = sender
        self._metrics = metrics

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """As the sender does."""
        became = "unknown"  # also where the sender breaks, or is stopped: it may have arrived
        try:
            outcome = await self._sender.post(workspace, to, content, token)
            became = _word(type(outcome).__name__)
            return outcome
        finally:
            self._metrics.post(self._platform, became)

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """As the sender does."""
        return await self._sender.arrived(workspace, to, token)

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """As the sender does, where it can tell."""
        return await self._sender.find(workspace, ask) if isinstance(self._sender, Lookout) else None


def counted(senders: Mapping[str, Sender], metrics: Metrics) -> dict[str, Sender]:
    """The same senders, counted."""
    return {name: CountedSender(name, sender, metrics) for name, sender in senders.items()}


class CountedDelivery(Delivery):
    """Delivery, whose passes are counted. All that is logged in a pass has one reference."""

    def __init__(self, app: App, senders: Mapping[str, Sender], metrics: Metrics) -> None:
        super().__init__(app.database, counted(senders, metrics), scripts=app.core.scripts)
        self._metrics = metrics
        self.is_at_work = False

    async def deliver(self, now: datetime) -> int:
        """One pass, as delivery does. One that fails is noted, and tells the scheduler nothing of why."""
        self.is_at_work = True
        logs.begin()
        began, counts = perf_counter(), self._metrics
        try:
            posted = await super().deliver(now)
        except Exception as error:  # the next pass tries again
            counts.passes["failed"] += 1
            logs.error("delivery_failed", kind=type(error).__name__, where=logs.where(error))
            return 0
        finally:
            self.is_at_work = False
        counts.passes["done"] += 1
        counts.lost = self.lost
        counts.pass_seconds.note(perf_counter() - began)
        counts.posted += posted
        counts.last_pass = now.timestamp()
        if posted:
            logs.info("delivered", posted=posted, ms=round((perf_counter() - began) * 1000))
        return posted


def _word(kind: str) -> str:
    """`RetryLater` as `retry_later`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower()
