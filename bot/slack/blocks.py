"""From what is shown to Block Kit. Pure, and within Slack's limits by construction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.turn import Choices, Facts, Heading, Note, Table, Text, Warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handlers.gate import Shown
    from handlers.turn import Choice, Part

Block = dict[str, Any]
SECTION = 3000
BLOCKS = 50
BUTTONS = 5


def escape(text: str) -> str:
    """Text that Slack shows as it is: no mention, link or markup in it does anything."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def render(shown: Shown) -> list[Block]:
    """The blocks of a message."""
    return [block for part in shown.parts for block in _part(part)]


def _part(part: Part) -> Iterator[Block]:
    match part:
        case Heading(text):
            yield _section(f"*{escape(text)}*")
        case Text(lines):
            yield from _lines(lines)
        case Warn(lines):
            yield from _lines([f":warning: {line}" for line in lines])
        case Note(lines):
            yield {"type": "context", "elements": [{"type": "mrkdwn", "text": escape("\n".join(lines))[:SECTION]}]}
        case Facts(pairs):
            yield from _lines([f"{label}: {value}" for label, value in pairs])
        case Table(columns, rows):
            yield _section("```" + escape("\n".join("  ".join(row) for row in (columns, *rows)))[: SECTION - 6] + "```")
        case Choices(options):
            for start in range(0, len(options), BUTTONS):
                yield {"type": "actions", "elements": [_button(c, n) for n, c in enumerate(options[start : start + BUTTONS])]}


def _lines(lines: Sequence[str]) -> Iterator[Block]:
    yield _section(escape("\n".join(lines))[:SECTION])


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _button(choice: Choice, number: int) -> Block:
    button: Block = {
        "type": "button",
        "action_id": f"say_{number}",
        "text": {"type": "plain_text", "text": choice.label[:75]},
        "value": choice.words[:2000],
    }
    if choice.primary or choice.danger:
        button["style"] = "primary" if choice.primary else "danger"
    return button
