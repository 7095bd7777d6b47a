"""What was offered and conceded, as recorded; and what of it counts after corrections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from handlers.terms.rules import Value

Side = Literal["ours", "theirs"]
Moment: TypeAlias = "tuple[datetime, int, int]"


@dataclass(frozen=True, slots=True)
class Step:
    """One side's movement on one term, in the term's unit; `before` is None where it was not said."""

    side: Side
    term: str
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the concession log: what `mover` gave, and what the other side gave for it.

    A favour is something given that is no term ("a 27,000 minimum"). `corrects` is the number of the entry
    that this one takes the place of; a correction without any movement takes it back. `at` is aware UTC,
    `by` who wrote it, `seq` the order of recording among offers and entries of the same moment.
    """

    number: int
    mover: Side
    ours: tuple[Step, ...]
    theirs: tuple[Step, ...]
    at: datetime
    by: str = ""
    our_favour: str = ""
    their_favour: str = ""
    corrects: int | None = None
    seq: int = 0

    @property
    def moment(self) -> Moment:
        """Where it stands in time: a correction in the place of what it corrects."""
        return self.at, self.seq, self.number if self.corrects is None else self.corrects

    @property
    def steps(self) -> tuple[Step, ...]:
        """Both sides' movements, ours first."""
        return self.ours + self.theirs

    @property
    def empty(self) -> bool:
        """Whether nothing was given by anyone."""
        return not (self.steps or self.our_favour or self.their_favour)


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer by one side at one moment (aware UTC): term name -> value."""

    side: Side
    at: datetime
    values: Mapping[str, Value]
    seq: int = 0

    @property
    def moment(self) -> Moment:
        """Where it stands in time; of one moment and `seq`, offers come before log entries."""
        return self.at, self.seq, 0


def corrected_by(log: Iterable[Entry]) -> dict[int, int]:
    """Number of a corrected entry -> number of the correction that stands for it; the latest one wins."""
    return dict(sorted(_corrections(tuple(log))))


def _corrections(log: tuple[Entry, ...]) -> list[tuple[int, int]]:
    """(old, new) for each entry that corrects an earlier one; one that names nothing known corrects nothing."""
    known = {entry.number for entry in log}
    return [
        (entry.corrects, entry.number)
        for entry in log
        if entry.corrects is not None and entry.corrects in known and entry.corrects < entry.number
    ]


def effective(log: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that count: each correction in the place and at the time of the entry that it names.

    Entries keep their own numbers, and `corrects` names the entry at the root of a chain of corrections;
    what was taken back is gone.
    """
    entries = tuple(log)
    latest = corrected_by(entries)
    corrections = {new for _, new in _corrections(entries)}
    by_number = {entry.number: entry for entry in entries}
    kept = (_standing(entry, latest, by_number) for entry in entries if entry.number not in corrections)
    return tuple(entry for entry in kept if not entry.empty)


def _standing(original: Entry, latest: Mapping[int, int], by_number: Mapping[int, Entry]) -> Entry:
    """The last correction of an entry, in its place and at its time; the entry itself if there is none."""
    number = original.number
    while number in latest:
        number = latest[number]
    if number == original.number:
        return original
    return replace(by_number[number], at=original.at, seq=original.seq, corrects=original.number)
