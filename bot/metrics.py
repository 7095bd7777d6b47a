"""What is counted while Prep runs: plain numbers in memory, a microsecond a turn. `exposition` writes them out.

A label is one of few words that stand in the code. Nothing that was typed, and no name or id of a person, a channel, a
workspace or a plan ever gets here: what is not on a list counts as `other`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.gate import Outcome

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds
FACES = frozenset({"slack", "teams", "local"})
NO_COMMAND = ("guided", "unknown", "none")  # an answer to a question; not understood; nothing was looked at
OTHER = "other"


@dataclass(slots=True)
class Durations:
    """How many took how long. `counts` has one more place than BUCKETS has, for what took longer."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    total: float = 0.0

    def note(self, seconds: float) -> None:
        """One more."""
        self.counts[bisect_left(BUCKETS, seconds)] += 1
        self.total += seconds


class Metrics:
    """The counts of one process. `commands` are the names that may stand in a label."""

    def __init__(self, commands: Iterable[str]) -> None:
        self._commands = frozenset(commands) | set(NO_COMMAND)
        self.turns: Counter[tuple[str, str, str]] = Counter()  # face, command, outcome
        self.turn_seconds: dict[tuple[str, str], Durations] = {}  # face, outcome
        self.posts: Counter[tuple[str, str]] = Counter()  # platform, outcome
        self.passes: Counter[str] = Counter()  # outcome
        self.pass_seconds = Durations()
        self.posted = 0
        self.lost = 0
        self.last_pass: float | None = None  # seconds since 1970, of one that did not fail

    def turn(self, platform: str, command: str, outcome: str, seconds: float) -> str:
        """A turn has ended. Gives the command as it stands in labels, and may stand in a log."""
        command = command or ("unknown" if outcome == "broken" else "none")
        command = command if command in self._commands else OTHER
        face = platform if platform in FACES else OTHER
        self.turns[face, command, outcome] += 1
        key = (face, outcome)
        if key not in self.turn_seconds:
            self.turn_seconds[key] = Durations()
        self.turn_seconds[key].note(seconds)
        return command

    def post(self, platform: str, outcome: str) -> None:
        """A post of a reminder was attempted."""
        self.posts[platform if platform in FACES else OTHER, outcome] += 1


def outcome_of(outcome: Outcome) -> str:
    """How a turn ended, in one of four words."""
    if outcome.broken:
        return "broken"
    if outcome.repeated:
        return "repeated"
    return "refused" if outcome.refused else "answered"
