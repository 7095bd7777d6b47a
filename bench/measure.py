"""A figure, its floor, and what we want of the ratio between them."""

from __future__ import annotations

import json
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

OUT = Path(__file__).parent / "out" / "latest.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing. `ours` and `floor` are in `unit`; `ratio` is ours / floor, or floor / ours where more is better.

    `goal` is the bound as text, as in `<= 1.3` or `>= 3`; `holds` whether the ratio keeps it.
    """

    name: str
    ours: float
    floor: float
    ratio: float
    goal: str
    holds: bool
    unit: str = "us"


def at_most(name: str, ours: float, floor: float, bound: float, unit: str = "us") -> Figure:
    """Ours may cost at most `bound` times the floor."""
    ratio = ours / floor
    return Figure(
        name, round(ours, 3), round(floor, 3), round(ratio, 3), f"<= {bound:g}", ratio <= bound, unit
    )


def at_least(name: str, ours: float, floor: float, bound: float, unit: str = "s") -> Figure:
    """Ours must be at least `bound` times as fast as the floor; both are durations."""
    ratio = floor / ours
    return Figure(
        name, round(ours, 3), round(floor, 3), round(ratio, 3), f">= {bound:g}", ratio >= bound, unit
    )


async def interleaved(
    ours: Callable[[], Awaitable[None]],
    floor: Callable[[], Awaitable[None]],
    *,
    rounds: int = 7,
    calls: int = 200,
    warm_up: int = 60,
) -> tuple[float, float]:
    """Microseconds a call at the median of each round, best round of each: (ours, floor). Rounds alternate, so that
    a noisy moment of the machine meets both."""
    await _timed(ours, warm_up)
    await _timed(floor, warm_up)
    mine, theirs = [], []
    for _ in range(rounds):
        theirs.append(await _timed(floor, calls))
        mine.append(await _timed(ours, calls))
    return min(mine), min(theirs)


async def _timed(call: Callable[[], Awaitable[None]], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        await call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e6


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    rows = [("name", "ours", "floor", "ratio", "goal", "")]
    rows += [
        (
            figure.name,
            f"{figure.ours:,.4g} {figure.unit}",
            f"{figure.floor:,.4g} {figure.unit}",
            f"{figure.ratio:.2f}",
            figure.goal,
            "holds" if figure.holds else "MISSED",
        )
        for figure in figures
    ]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def write(figures: Sequence[Figure]) -> None:
    """Keep the figures where other programs find them."""
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([asdict(figure) for figure in figures], indent=1) + "\n")
