"""Charts as Slack draws them (`data_visualization`, a line chart). Pure.

A chart takes 6 lines with a value for each of its 1 to 20 moments, and names of 20 characters. What does not fit is written
out. So is a chart in views and in a workspace that refuses it: what it takes for that stands in the block's id.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.references import readable
from bot.slack import tables
from handlers.turn import Chart, Note, Series, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Block = dict[str, Any]

KIND = "data_visualization"
MOST_LINES = 6
MOST_MOMENTS = 20
MOST_IN_NAME = 20
MOST_IN_TITLE = 50
_MOST = Decimal(10) ** 15  # beyond, figures lose digits on the way


def blocks(chart: Chart, names: Mapping[str, str]) -> Iterator[Block]:
    """The blocks of a chart, with what it cannot show written below it."""
    start = _start(chart)
    if not _fits(chart, start):
        yield from _in_words(chart, names)
        return
    yield _native(chart, start)
    notes = [_before(chart, at) for at in range(start)]
    notes.append(chart.left_out(len(chart.moments)))
    yield from (note([line]) for line in notes if line)


def are_in(blocks: Iterable[Block]) -> bool:
    """Whether there is a chart of Slack's own among blocks."""
    return any(block["type"] == KIND for block in blocks)


def in_text(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks with each chart of Slack's own as a table."""
    return [new for block in blocks for new in (_written_out(block) if block["type"] == KIND else [block])]


def note(lines: Sequence[str]) -> Block:
    """Small print."""
    return {
        "type": "context",
        "elements": [{"type": "plain_text", "text": line, "emoji": False} for line in lines],
    }


def _start(chart: Chart) -> int:
    """The first moment at which all lines have a value: Slack draws none with gaps."""
    return next(
        (at for at in range(len(chart.moments)) if all(None not in one.values[at:] for one in chart.series)),
        len(chart.moments),
    )


def _fits(chart: Chart, start: int) -> bool:
    lines = [*(one.name for one in chart.series), *(one.name for one in chart.levels)]
    figures = [value for one in chart.series for value in one.values if value is not None]
    return (
        start < len(chart.moments) <= MOST_MOMENTS
        and 0 < len(chart.series) <= len(set(lines)) == len(lines) <= MOST_LINES
        and len(set(chart.moments)) == len(chart.moments)
        and all(0 < len(name) <= MOST_IN_NAME for name in (*lines, *chart.moments))
        and all(abs(value) < _MOST for value in (*figures, *(one.value for one in chart.levels)))
    )


def _native(chart: Chart, start: int) -> Block:
    moments = chart.moments[start:]
    moving = [(one.name, one.values[start:]) for one in chart.series]
    still = [(one.name, (one.value,) * len(moments)) for one in chart.levels]
    unit = readable(chart.unit)[:MOST_IN_TITLE]
    return {
        "type": KIND,
        "block_id": f"chart {len(chart.series)} {chart.places} {chart.mark}{chart.group}",
        "title": readable(chart.title)[:MOST_IN_TITLE] or "Chart",
        "chart": {
            "type": "line",
            "series": [
                {
                    "name": name,
                    "data": [
                        {"label": label, "value": float(value)}
                        for label, value in zip(moments, values, strict=True)
                        if value is not None
                    ],
                }
                for name, values in (*moving, *still)
            ],
            "axis_config": {"categories": list(moments), **({"y_label": unit} if unit else {})},
        },
    }


def _before(chart: Chart, at: int) -> str:
    """What stood there before all lines begin: `18 Mar: They 4.12`."""
    said = [
        f"{one.name} {chart.figure(one.values[at])}" for one in chart.series if one.values[at] is not None
    ]
    return f"{chart.moments[at]}: {', '.join(said)}"


def _written_out(block: Block) -> list[Block]:
    return tables.in_text(_in_words(read(block), {}))


def read(block: Block) -> Chart:
    """The chart that a block was made of, as far as it is written out: without the lines that stay where they are."""
    _, count, places, marks = block["block_id"].split(" ", 3)
    chart = block["chart"]
    return Chart(
        title=block["title"],
        unit="",
        moments=tuple(chart["axis_config"]["categories"]),
        series=tuple(
            Series(one["name"], tuple(Decimal(repr(point["value"])) for point in one["data"]))
            for one in chart["series"][: int(count)]
        ),
        places=int(places),
        mark=marks[0],
        group=marks[1:],
    )


def _in_words(chart: Chart, names: Mapping[str, str]) -> list[Block]:
    found: list[Block] = []
    for part in chart.written():
        match part:
            case Table():
                found += tables.blocks(part, names)
            case Note(lines):
                found.append(note(lines))
    return found
