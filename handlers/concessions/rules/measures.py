"""How far each side moved: sizes, ratios, share of range, money, reciprocity. Nothing is rounded."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from handlers.concessions.rules.paths import path
from handlers.terms.rules import TermSpec, amount, better_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handlers.concessions.rules.records import Entry, Offered, Side
    from handlers.terms.rules import Value

Pattern = Literal["shrinking", "steady", "growing", "mixed"]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Track:
    """One side's movement on one term.

    `values` are in the term's unit (or level names), `sizes` the steps' absolute lengths, `given` the net
    way towards the other side (negative: away from it), `money` what that is worth a year, `range_used` the
    share of the way from the first value to the reservation. `guess` marks a share that rests on a guessed
    stop.
    """

    side: Side
    term: str
    values: tuple[Value, ...]
    sizes: tuple[Decimal, ...]
    ratios: tuple[Decimal, ...]
    given: Decimal | None
    money: Decimal | None
    range_used: Decimal | None
    guess: bool
    pattern: Pattern | None


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """What they gave for what we gave: money a year on each side and its ratio, and share of range per term.

    `ratio` and the shares are theirs / ours; None and left out where ours is nothing or theirs is not known.
    """

    ours: Decimal
    theirs: Decimal
    ratio: Decimal | None
    shares: Mapping[str, Decimal]


def sizes(numbers: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Step sizes c_k = |o_k - o_(k-1)|, in the term's unit."""
    return tuple(abs(after - before) for before, after in itertools.pairwise(numbers))


def ratios(steps: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """c_k / c_(k-1); below 1 the steps shrink, which serves the one who makes them (Tey 2021, OBHDP 165:153)."""
    return tuple(after / before for before, after in itertools.pairwise(steps) if before != 0)


def range_used(numbers: Sequence[Decimal], reservation: Decimal | None) -> Decimal | None:
    """|o_k - o_0| / |reservation - o_0|, a fraction; None without a reservation, or where it was the start."""
    if not numbers or reservation is None or reservation == numbers[0]:
        return None
    return abs(numbers[-1] - numbers[0]) / abs(reservation - numbers[0])


def pattern(steps: Sequence[Decimal]) -> Pattern | None:
    """What the sizes of the steps do; None with fewer than two of them."""
    if len(steps) < 2:
        return None
    pairs = list(itertools.pairwise(steps))
    if all(before == after for before, after in pairs):
        return "steady"
    if all(after <= before for before, after in pairs):
        return "shrinking"
    return "growing" if all(after >= before for before, after in pairs) else "mixed"


def given(side: Side, term: TermSpec, before: Value | None, after: Value | None) -> Decimal | None:
    """How far a move goes towards the other side, in units; negative: away from it. None if it has no place."""
    gain = better_by(term, after, before)
    if gain is None or gain == 0:
        return gain
    return gain if side == "theirs" else -gain


def track(side: Side, term: TermSpec, offers: Iterable[Offered], log: Iterable[Entry]) -> Track | None:
    """One side's movement on one term; None where that side never said a value."""
    opening = term.opening if side == "ours" else None
    points = path(side, term.name, offers, log, opening=opening)
    if not points:
        return None
    values = tuple(point.value for point in points)
    numbers = [number for value in values if (number := amount(term, value)) is not None]
    net = given(side, term, values[0], values[-1])
    reservation = amount(term, term.stop if side == "ours" else term.their_stop)
    steps = sizes(numbers)
    return Track(
        side=side,
        term=term.name,
        values=values,
        sizes=steps,
        ratios=ratios(steps),
        given=net,
        money=None if net is None or term.unit_worth is None else net * term.unit_worth,
        range_used=range_used(numbers, reservation),
        guess=side == "theirs",
        pattern=pattern(steps),
    )


def tracks(terms: Iterable[TermSpec], offers: Iterable[Offered], log: Iterable[Entry]) -> tuple[Track, ...]:
    """Every side's movement on every term that it said anything about, theirs before ours."""
    offered, entries = tuple(offers), tuple(log)
    sides: tuple[Side, Side] = ("theirs", "ours")
    found = (track(side, term, offered, entries) for term in terms for side in sides)
    return tuple(one for one in found if one is not None)


def reciprocity(all_tracks: Iterable[Track]) -> Reciprocity:
    """sum(theirs) / sum(ours) in money, and in shares of range term by term where their stop has been guessed."""
    known = tuple(all_tracks)
    ours = sum((one.money for one in known if one.side == "ours" and one.money is not None), ZERO)
    theirs = sum((one.money for one in known if one.side == "theirs" and one.money is not None), ZERO)
    used = {(one.side, one.term): one.range_used for one in known if one.range_used is not None}
    shares = {
        term: used["theirs", term] / share
        for (side, term), share in used.items()
        if side == "ours" and share != 0 and ("theirs", term) in used
    }
    return Reciprocity(ours, theirs, theirs / ours if ours > 0 else None, shares)
