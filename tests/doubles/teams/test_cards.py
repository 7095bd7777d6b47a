"""Cards as a person reads them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.doubles.teams import cards

CARD: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {"type": "TextBlock", "text": "Acme: 2 of 8"},
        {"type": "RichTextBlock", "inlines": ["plain ", {"type": "TextRun", "text": "bold"}]},
        {"type": "FactSet", "facts": [{"title": "Stop", "value": "4.10"}]},
        {
            "type": "ColumnSet",
            "columns": [
                {"type": "Column", "items": [{"type": "TextBlock", "text": "left"}]},
                {"type": "Column", "items": [{"type": "TextBlock", "text": "right"}]},
            ],
        },
        {
            "type": "Table",
            "rows": [
                {
                    "type": "TableRow",
                    "cells": [
                        {"type": "TableCell", "items": [{"type": "TextBlock", "text": text}]}
                        for text in ("price", "4.12")
                    ],
                }
            ],
        },
        {"type": "Container", "items": [{"type": "Image", "url": "https://x/y.png", "altText": "a chart"}]},
        {
            "type": "Chart.Line",
            "data": [
                {"legend": "We", "values": [{"x": "2026-03-18", "y": 3.6}, {"x": "2026-03-25", "y": 3.71}]}
            ],
            "fallback": {"type": "TextBlock", "text": "3.60, 3.71"},
        },
        {"type": "Input.Text", "id": "why", "label": "Why"},
        {
            "type": "Input.ChoiceSet",
            "id": "kind",
            "label": "Kind",
            "choices": [{"title": "full", "value": "1"}, {"title": "quick", "value": "2"}],
        },
        {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": "Open", "url": "https://x"}]},
    ],
    "actions": [
        {"type": "Action.Submit", "title": "Skip", "data": {"msteams": {"type": "messageBack"}}},
        {
            "type": "Action.ShowCard",
            "title": "More",
            "card": {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "hidden"}]},
        },
    ],
    "msteams": {"width": "Full"},
}

READ = """\
Acme: 2 of 8
plain bold
Stop: 4.10
left | right
price | 4.12
(a chart)
3.60, 3.71
Why: ____
Kind: full/quick
[Open]
[Skip] [More]
  hidden"""


def test_every_part_is_read() -> None:
    assert cards.read(CARD) == READ


@pytest.mark.skipif(not cards.SCHEMA_FILE.exists(), reason="no Adaptive Card schema beside the project")
def test_what_teams_draws_has_no_faults() -> None:
    assert cards.faults(CARD) == []


LINE = {"legend": "We", "values": [{"x": "2026-03-18", "y": 3.6}, {"x": "2026-03-25", "y": 3.71}]}


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"data": []}, "a line chart without data"),
        ({"points": 3}, "a line chart knows no points"),
        ({"data": [{"values": LINE["values"]}]}, "a line without a name, or with more than points"),
        ({"data": [{**LINE, "values": [{"x": 1, "y": "3.6"}]}]}, "a point that is no number"),
        ({"data": [{**LINE, "values": [{"x": 2, "y": 1}, {"x": 1, "y": 2}]}]}, "points out of order"),
        ({"data": [{**LINE, "values": [{"x": "18 Mar", "y": 1}]}]}, "a point at no day"),
    ],
)
def test_a_line_chart_that_teams_does_not_draw(more: dict[str, Any], fault: str) -> None:
    chart = {"type": "Chart.Line", "data": [LINE], "fallback": {"type": "TextBlock", "text": "x"}}
    assert cards.faults({**CARD, "body": [chart]}) == []
    assert cards.faults({**CARD, "body": [{**chart, **more}]}) == [fault]
