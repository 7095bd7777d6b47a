"""Cards as a person reads them."""

from __future__ import annotations

import pytest

from tests.doubles.teams import cards

CARD = {
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
        {"type": "Chart.Line", "fallback": {"type": "TextBlock", "text": "3.60, 3.71"}},
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
