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
_TROUBLES = 8  # posts in a row of which nobody knows what became
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


@dataclass(slots=True)
class Holds:
    """Pauses: of one address, or of a whole workspace. Others go on meanwhile.

    A platform does not say whether it has had too many requests for a channel or for the workspace: once a second address is
    refused while the first one still waits, it is taken to be the workspace.
    """

    until: dict[Place, datetime] = field(default_factory=dict)
    troubles: dict[int, int] = field(default_factory=dict)

    def over(self, place: Place, now: datetime) -> datetime | None:
        """When the pause at an address is over; None where there is none."""
        ends = [self.until[key] for key in (place, (place[0], "")) if self.until.get(key, now) > now]
        return max(ends, default=None)

    def pause(self, place: Place, seconds: float, now: datetime, *, whole: bool = False) -> datetime:
        """Post nothing there for so long; when it is over."""
        self.until = {key: until for key, until in self.until.items() if until > now}
        another = any(key[0] == place[0] and key != place for key in self.until)
        end = now + timedelta(seconds=max(_AT_LEAST, seconds))
        for key in {place, (place[0], "") if whole or another else place}:
            self.until[key] = max(end, self.until.get(key, end))
        return end

    def workspaces(self, now: datetime) -> list[int]:
        """The workspaces to which nothing is posted now."""
        return [home for (home, address), until in self.until.items() if not address and until > now]

    def in_doubt(self, place: Place, now: datetime) -> None:
        """Nobody knows what became of a post. After several in a row the workspace is left alone, ever longer, so that few
        are in doubt when its platform breaks down."""
        count = self.troubles.get(place[0], 0) + 1
        self.troubles[place[0]] = count
        rounds = count // _TROUBLES
        if rounds:
            self.pause(place, min(_TROUBLED * 2.0 ** (rounds - 1), _TROUBLED_AT_MOST), now, whole=True)

    def is_well(self, place: Place) -> None:
        """A post arrived."""
        self.troubles.pop(place[0], None)


@dataclass(slots=True)
class Appetite:
    """How many addresses to claim at once: what can be posted in a moment, since that is what is in doubt after a crash."""

    most: int = _FIRST

    def learn(self, posts: int, seconds: float) -> None:
        """So many went out in so long."""
        self.most = min(BATCH, max(_FIRST, round(posts * _WORTH / max(seconds, 1e-6))))
