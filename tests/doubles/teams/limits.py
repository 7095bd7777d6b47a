"""How often Teams lets a bot call: 7 in a second, 60 in 30 seconds, 1800 in an hour, for each thread."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WINDOWS = ((1.0, 7), (30.0, 60), (3600.0, 1800))


class Seconds:
    """A clock for the limits that stands still until it is moved, or somebody waits by it."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        """Waiting takes no real time."""
        self.passed += seconds


class RateLimits:
    """Counts calls by thread. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = defaultdict(deque)

    def wait(self, thread: str) -> float:
        """0 if the call may pass, which is then counted; else the seconds until one may."""
        now, calls = self._clock(), self._calls[thread]
        while calls and calls[0] <= now - WINDOWS[-1][0]:
            calls.popleft()
        waits = [self._over(calls, now, seconds, most) for seconds, most in WINDOWS]
        if not any(waits):
            calls.append(now)
        return max(waits)

    @staticmethod
    def _over(calls: deque[float], now: float, seconds: float, most: int) -> float:
        recent = [at for at in calls if at > now - seconds]
        return 0.0 if len(recent) < most else recent[-most] + seconds - now
