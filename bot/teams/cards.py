"""From what is shown to an Adaptive Card 1.5. Pure.

Only what has passed the gate can be drawn. What a notification or a list of chats may show of it is the preview,
a fixed text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.teams.card_actions import choices
from bot.teams.card_forms import form
from bot.teams.card_table import table
from bot.teams.card_text import Element, block, lines, run
from handlers.turn import Choices, Facts, Heading, Note, Table, Text, Warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.gate import Shown
    from handlers.turn import Part

CONTENT = "application/vnd.microsoft.card.adaptive"
WARNING = "! "


def render(shown: Shown) -> dict[str, Any]:
    """The card of an answer."""
    body = [element for at, part in enumerate(shown.parts) for element in _part(part, at)]
    if shown.form is not None:
        body.append(form(shown.form))
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": shown.preview.value,
        "msteams": {"width": "Full"},
        "body": body,
    }


def message(shown: Shown) -> dict[str, Any]:
    """The card as a message. `summary` is what notifications show."""
    return {
        "type": "message",
        "summary": shown.preview.value,
        "attachments": [{"contentType": CONTENT, "content": render(shown)}],
    }


def _part(part: Part, at: int) -> Iterator[Element]:
    match part:
        case Heading(text):
            yield block(run(text, weight="Bolder", size="Large"), spacing="Medium")
        case Text(texts):
            yield from lines(texts)
        case Warn(texts):
            yield from lines(tuple(f"{WARNING}{text}" for text in texts), color="Attention")
        case Note(texts):
            yield from lines(texts, isSubtle=True)
        case Facts(pairs):
            for row, (label, value) in enumerate(pairs):
                spacing = "None" if row else "Small"
                yield block(run(f"{label}: ", weight="Bolder"), run(value), spacing=spacing)
        case Table():
            yield table(part)
        case Choices(options):
            yield from choices(options, f"ask{at}")
