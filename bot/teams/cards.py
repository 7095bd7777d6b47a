"""From what is shown to an Adaptive Card 1.5. Pure.

Only what has passed the gate can be drawn. What a notification or a list of chats may show of it is the preview,
a fixed text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.batches import batches
from bot.teams.card_actions import choices
from bot.teams.card_chart import chart
from bot.teams.card_forms import form
from bot.teams.card_table import table
from bot.teams.card_text import Element, block, lines, run
from handlers.turn import Chart, Choices, Facts, Heading, Note, Table, Text, Warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handlers.gate import Shown
    from handlers.turn import Part

MOST_BYTES = (
    72 * 1024
)  # of a card's body; Teams takes 100 KB for the whole message, and nobody says how it counts
CONTENT = "application/vnd.microsoft.card.adaptive"
WARNING = "! "


def render(shown: Shown) -> list[dict[str, Any]]:
    """The cards of an answer: one, or as many as it takes."""
    wrong = dict(shown.wrong) if shown.form else {}
    parts = [part for part in shown.parts if not _is_at_fields(part, wrong)]
    body = [element for at, part in enumerate(parts) for element in _part(part, at)]
    if shown.form is not None:
        body.append(form(shown.form, wrong))
    return [bare(page, shown.preview.value) for page in batches(body, _bytes, MOST_BYTES)]


def messages(shown: Shown) -> list[dict[str, Any]]:
    """The answer as messages, one after the other."""
    return [message(card, shown) for card in render(shown)]


def message(card: dict[str, Any], shown: Shown) -> dict[str, Any]:
    """A card as a message. `summary` is what notifications show."""
    return message_of(card, shown.preview.value)


def message_of(card: dict[str, Any], summary: str) -> dict[str, Any]:
    """A card as a message, with fixed words for notifications."""
    return {
        "type": "message",
        "summary": summary,
        "attachments": [{"contentType": CONTENT, "content": card}],
    }


def bare(body: list[Element], fallback: str) -> dict[str, Any]:
    """A card of these elements, and fixed words for clients that cannot draw it."""
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": fallback,
        "msteams": {"width": "Full"},
        "body": body,
    }


def _is_at_fields(part: Part, wrong: Mapping[str, str]) -> bool:
    """Whether a part says what the fields of the form say, each its own."""
    return (
        bool(wrong) and isinstance(part, Text | Warn) and "\n".join(part.lines) == "\n".join(wrong.values())
    )


def _bytes(element: Element) -> int:
    return len(json.dumps(element, ensure_ascii=False).encode())


def _part(part: Part, at: int) -> Iterator[Element]:
    match part:
        case Heading(text):
            yield from lines((text,), weight="Bolder", size="Large")
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
            yield from table(part)
        case Chart():
            yield from chart(part)
        case Choices(options):
            yield from choices(options, f"ask{at}")
