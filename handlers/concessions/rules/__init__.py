"""The arithmetic of concessions. Pure, `Decimal` only, unrounded; shares and ratios are fractions."""

from __future__ import annotations

from handlers.concessions.rules.alarms import NEAR, Alarm, alarms, is_gift
from handlers.concessions.rules.measures import (
    Reciprocity,
    Track,
    given,
    pattern,
    range_used,
    ratios,
    reciprocity,
    sizes,
    track,
    tracks,
)
from handlers.concessions.rules.paths import Point, Stand, path, positions, stands
from handlers.concessions.rules.records import Entry, Offered, Side, Step, corrected_by, effective
from handlers.concessions.rules.rounds import Round, rounds

__all__ = [
    "NEAR",
    "Alarm",
    "Entry",
    "Offered",
    "Point",
    "Reciprocity",
    "Round",
    "Side",
    "Stand",
    "Step",
    "Track",
    "alarms",
    "corrected_by",
    "effective",
    "given",
    "is_gift",
    "path",
    "pattern",
    "positions",
    "range_used",
    "ratios",
    "reciprocity",
    "rounds",
    "sizes",
    "stands",
    "track",
    "tracks",
]
