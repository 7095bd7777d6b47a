"""A chart on a card. Pure.

Teams draws `Chart.Line`, which the schema 1.5 does not know and a phone may not draw: whoever cannot gets the `fallback`,
the same figures as a table.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from bot.teams.card_table import table
from bot.teams.card_text import Element, lines, shown
from handlers.turn import Chart, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST = Decimal(10) ** 15  # beyond, figures lose digits on the way
_MARGIN = Decimal("0.1")  # of the height, above and below the lines


def chart(part: Chart) -> Iterator[Element]:
    """The chart, or its words where its figures cannot be drawn; below it what was left out."""
    if max(map(abs, _values(part)), default=MOST) >= MOST:
        yield from _in_words(part)
        return
    yield _drawn(part)
    note = part.left_out(len(part.moments))
    yield from lines((note,), isSubtle=True) if note else ()


def _in_words(part: Chart) -> list[Element]:
    found: list[Element] = []
    for each in part.written():
        found += table(each) if isinstance(each, Table) else lines(each.lines, isSubtle=True)
    return found


def _values(part: Chart) -> list[Decimal]:
    moving = chain.from_iterable(one.values for one in part.series)
    return [value for value in (*moving, *(one.value for one in part.levels)) if value is not None]


def _drawn(part: Chart) -> Element:
    values = _values(part)
    low, high = min(values), max(values)
    margin = (high - low) * _MARGIN or abs(high) * _MARGIN or Decimal(1)
    return {
        "type": "Chart.Line",
        "title": shown(part.title),
        "xAxisTitle": "" if part.days else f"{shown(part.moments[0])} to {shown(part.moments[-1])}",
        "yAxisTitle": shown(part.unit),
        "colorSet": "categorical",
        "yMin": float(low - margin),
        "yMax": float(high + margin),
        "data": _data(part),
        "spacing": "Small",
        "fallback": {"type": "Container", "items": _in_words(part)},
    }


def _data(part: Chart) -> list[dict[str, Any]]:
    """Each line with its points: by day, where each moment has one of its own, else by their order."""
    places: list[str | int] = (
        [day.isoformat() for day in part.days] if part.days else [*range(1, len(part.moments) + 1)]
    )
    found = [_line(one.name, zip(places, one.values, strict=True)) for one in part.series]
    ends = [places[0], places[-1]] if len(places) > 1 else places
    return found + [_line(one.name, ((place, one.value) for place in ends)) for one in part.levels]


def _line(name: str, points: Iterable[tuple[str | int, Decimal | None]]) -> dict[str, Any]:
    return {
        "legend": shown(name),
        "values": [{"x": x, "y": float(y)} for x, y in points if y is not None],
    }
