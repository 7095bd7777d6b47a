"""How fast is posted: a pause between posts to one channel, pauses that platforms ask for, and how much is taken on at once.

All of it is one process's own. Addresses are (workspace, the platform's id); the workspace alone is (workspace, "").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.reminders.desk import BATCH

if TYPE_CHECKING:
    from datetime import datetime

Place = tuple[int, str]

BETWEEN_POSTS = 1.0
_MOST_KEPT = 10_000
_AT_LEAST = 1.0
_SEVERAL = 4  # fewer are no wonder where people and Prep post to busy channels
_TROUBLES = 8  # times in a row that a platform does not answer
_TROUBLED, _TROUBLED_AT_MOST = 30.0, 300.0  # seconds
_FIRST = 50
_WORTH = 2.0  # seconds


@dataclass(slots=True)
class Pace:
    """When each channel may be posted to again, by the process's own clock in seconds."""

    free_at: dict[Place, float] = field(default_factory=dict)

    def wait(self, place: Place, now: float) -> float:
        """How long to wait; the turn after that is taken."""
        start = max(now, self.free_at.get(place, now))
        if len(self.free_at) > _MOST_KEPT:
            self.free_at = {k: at for k, at in self.free_at.items() if at > now}
        self.free_at[place] = start + BETWEEN_POSTS
        return start - now

    def unused(self, place: Place) -> None:
        """The turn that was taken last was not used: nothing was sent."""
        self.free_at[place] = self.free_at.get(place, 0.0) - BETWEEN_POSTS


@dataclass(slots=True)
class Holds:
    """Pauses: of one address, or of a whole workspace. Others go on meanwhile.

    Where it is not told whether a pause is for the address or for the workspace, it is taken to be for the workspace once
    several addresses are refused while the first one still waits.
    """

    until: dict[Place, datetime] = field(default_factory=dict)
    refused: set[Place] = field(
        default_factory=set
    )  # paused, and it is not told whether the workspace is meant
    troubles: dict[int, int] = field(default_factory=dict)

    def over(self, place: Place, now: datetime) -> datetime | None:
        """When the pause at an address is over; None where there is none."""
        ends = [self.until[key] for key in (place, (place[0], "")) if self.until.get(key, now) > now]
        return max(ends, default=None)

    def pause(self, place: Place, seconds: float, now: datetime, *, whole: bool | None = None) -> datetime:
        """Post nothing there for so long; when it is over."""
        self.until = {key: until for key, until in self.until.items() if until > now}
        end = now + timedelta(seconds=max(_AT_LEAST, seconds))
        if whole is None:
            self.refused = {key for key in self.refused if key in self.until} | {place}
            whole = sum(key[0] == place[0] for key in self.refused) >= _SEVERAL
        for key in (place, (place[0], "")) if whole else (place,):
            self.until[key] = max(end, self.until.get(key, end))
        return end

    def workspaces(self, now: datetime) -> list[int]:
        """The workspaces to which nothing is posted now."""
        return [home for (home, address), until in self.until.items() if not address and until > now]

    def trouble(self, place: Place, now: datetime) -> None:
        """A platform did not answer. After several times in a row the workspace is left alone, ever longer, so that little
        is tried, and few posts are in doubt, when a platform breaks down."""
        count = self.troubles.get(place[0], 0) + 1
        self.troubles[place[0]] = count
        rounds = min(count // _TROUBLES, 5)
        if rounds:
            self.pause(place, min(_TROUBLED * 2.0 ** (rounds - 1), _TROUBLED_AT_MOST), now, whole=True)

    def is_well(self, place: Place) -> None:
        """The platform answered."""
        self.troubles.pop(place[0], None)


@dataclass(slots=True)
class Appetite:
    """How many addresses to claim at once: what can be posted in a moment, since that is what is in doubt after a crash."""

    most: int = _FIRST

    def learn(self, posts: int, seconds: float) -> None:
        """So many posts arrived in so long."""
        self.most = min(BATCH, max(_FIRST, round(posts * _WORTH / max(seconds, 1e-6))))
