"""A chart on a card: what Teams draws of it, and the same in words for whoever cannot."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.cards import MOST_BYTES, render
from handlers.gate import Shown
from handlers.turn import Chart, Heading, Level, Preview, Series
from tests.doubles.teams import cards
from tests.journeys.runner import part_lines
from tests.journeys.teams_reading import card_lines

D = Decimal
DAYS = (date(2026, 3, 18), date(2026, 3, 25), date(2026, 4, 1))
MOVED = Chart(
    "Price, EUR/pc",
    "EUR/pc",
    ("18 Mar", "25 Mar", "1 Apr"),
    (
        Series("We", (None, D("3.58"), D("3.68"))),
        Series("They", (D("4.12"), D("3.95"), D("3.80"))),
    ),
    (Level("Stop", D("4.05")),),
    DAYS,
    places=2,
)
VALUES = st.one_of(st.none(), st.decimals(-(10**6), 10**6, places=4))


def card(*parts: Any) -> dict[str, Any]:
    """The one card of these parts."""
    (found,) = render(Shown(tuple(parts), None, Preview.ANSWER, private=True))
    assert cards.faults(found) == []
    return found


def chart_of(found: dict[str, Any]) -> dict[str, Any]:
    (chart,) = (element for element in found["body"] if element["type"] == "Chart.Line")
    return chart


def test_lines_by_day_and_levels_from_the_first_to_the_last() -> None:
    chart = chart_of(card(MOVED))
    assert chart["data"] == [
        {"legend": "We", "values": [{"x": "2026-03-25", "y": 3.58}, {"x": "2026-04-01", "y": 3.68}]},
        {
            "legend": "They",
            "values": [
                {"x": "2026-03-18", "y": 4.12},
                {"x": "2026-03-25", "y": 3.95},
                {"x": "2026-04-01", "y": 3.8},
            ],
        },
        {"legend": "Stop", "values": [{"x": "2026-03-18", "y": 4.05}, {"x": "2026-04-01", "y": 4.05}]},
    ]
    assert chart["yMin"] < 3.58
    assert chart["yMax"] > 4.12


def test_rounds_of_one_day_stand_in_their_order() -> None:
    chart = chart_of(card(replace(MOVED, moments=("18 Mar", "18 Mar #2", "1 Apr"), days=())))
    assert [point["x"] for point in chart["data"][1]["values"]] == [1, 2, 3]
    assert chart["xAxisTitle"] == "18 Mar to 1 Apr"


def test_one_moment_is_one_point() -> None:
    one = replace(MOVED, moments=("1 Apr",), series=(Series("They", (D("3.80"),)),), days=DAYS[-1:])
    chart = chart_of(card(one))
    assert [len(line["values"]) for line in chart["data"]] == [1, 1]
    flat = replace(one, levels=())
    assert chart_of(card(flat))["yMin"] < 3.8 < chart_of(card(flat))["yMax"]


def test_whoever_cannot_draw_it_reads_the_same() -> None:
    assert card_lines(card(Heading("Acme"), MOVED)) == ["Acme", *part_lines(MOVED.written())]
    said = card_lines(card(replace(MOVED, whole=9)))
    assert said[-1] == "3 of 9 moments shown, first and last among them"


def test_figures_that_cannot_be_drawn_are_written() -> None:
    huge = replace(MOVED, series=(Series("We", (D(10) ** 16, D(1), D(2))),))
    found = card(huge)
    assert [element["type"] for element in found["body"]] == ["Table"]


@settings(max_examples=60)
@given(st.data(), st.integers(1, 20))
def test_every_chart_is_one_that_teams_draws(data: st.DataObject, count: int) -> None:
    series = tuple(
        Series(name, tuple(data.draw(st.lists(VALUES, min_size=count, max_size=count))))
        for name in ("We", "They")
    )
    title = data.draw(st.text(max_size=50))
    chart = Chart(title, title, tuple(f"m{at}" for at in range(count)), series, (Level("Stop", D(4)),))
    drawable = replace(chart, series=tuple(one for one in series if any(v is not None for v in one.values)))
    found = card(drawable)
    assert len(json.dumps(found).encode()) < MOST_BYTES / 4
