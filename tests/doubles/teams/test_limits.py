"""The double counts as Teams does."""

from __future__ import annotations

import pytest

from tests.doubles.teams.limits import RateLimits


class Seconds:
    """A clock set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("pace", "calls", "wait"),
    [(0.0, 7, 1.0), (0.25, 60, 15.0), (1.0, 1800, 1800.0)],
    ids=["second", "half minute", "hour"],
)
def test_one_call_too_many_waits_for_the_window(pace: float, calls: int, wait: float) -> None:
    clock = Seconds()
    limits = RateLimits(clock)
    for _ in range(calls):
        assert limits.wait("thread") == 0
        clock.now += pace
    assert limits.wait("thread") == pytest.approx(wait)
    assert limits.wait("another thread") == 0
    clock.now += wait
    assert limits.wait("thread") == 0
