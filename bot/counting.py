"""Counts and notes what goes by: turns, posts and passes of delivery. It changes nothing of what they do."""

from __future__ import annotations

import re
from time import perf_counter
from typing import TYPE_CHECKING

from bot import logs
from bot.delivery import Delivery
from bot.metrics import outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.app import App
    from bot.metrics import Metrics
    from bot.outcomes import Post, Sender
    from handlers.gate import Outcome, Sealed
    from handlers.turn import Address, WorkspaceKey


def watch_turns(metrics: Metrics) -> Callable[[str, Outcome, float], None]:
    """For `Edge.watch`: counts each turn, and tells of it in one line of the log."""

    def watch(platform: str, outcome: Outcome, seconds: float) -> None:
        command, how = metrics.command(outcome), outcome_of(outcome)
        metrics.turn(platform, command, how, seconds)
        logs.info("turn", face=platform, command=command, outcome=how, ms=round(seconds * 1000, 1))

    return watch


class CountedSender:
    """A platform's sender, whose posts are counted by what became of them."""

    def __init__(self, platform: str, sender: Sender, metrics: Metrics) -> None:
        self._platform = platform
        self._sender = sender
        self._metrics = metrics

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """As the sender does."""
        try:
            outcome = await self._sender.post(workspace, to, content, token)
        except Exception:
            self._metrics.post(self._platform, "unknown")
            raise
        self._metrics.post(self._platform, _word(type(outcome).__name__))
        return outcome

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """As the sender does."""
        return await self._sender.arrived(workspace, to, token)


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
        """One pass, as delivery does."""
        self.is_at_work = True
        logs.begin()
        began, counts = perf_counter(), self._metrics
        try:
            posted = await super().deliver(now)
        except Exception as error:
            counts.passes["failed"] += 1
            logs.error("delivery_failed", kind=type(error).__name__)
            raise
        finally:
            self.is_at_work = False
        counts.passes["done"] += 1
        counts.pass_seconds.note(perf_counter() - began)
        counts.posted += posted
        counts.last_pass = now.timestamp()
        if posted:
            logs.info("delivered", posted=posted, ms=round((perf_counter() - began) * 1000))
        return posted


def _word(kind: str) -> str:
    """`RetryLater` as `retry_later`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower()
