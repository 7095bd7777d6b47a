"""Buttons. Pressing one is the same as saying its words, so the words are its value, whole. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.batches import batches
from bot.slack.incoming import SAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handlers.turn import Choice

Block = dict[str, Any]

LABEL, VALUE, CONFIRM = 75, 2000, 300
MOST_IN_BLOCK = 25
MOST_VALUES = 6000  # characters of all values in one block, so that a message does not grow too long


def plain(text: str, most: int) -> Block:
    """Text without markup or emoji, shortened where it has to be."""
    return {"type": "plain_text", "text": shortened(text, most), "emoji": False}


def shortened(text: str, most: int) -> str:
    """At most `most` characters on one line, and never nothing."""
    line = " ".join(text.split()) or "…"
    return line if len(line) <= most else line[: most - 1] + "…"


def fits(choice: Choice) -> bool:
    """Whether a button can carry the words."""
    return len(choice.words) <= VALUE


def in_words(choice: Choice) -> list[str]:
    """What a button cannot carry or show whole, as lines to read."""
    lines = []
    if not fits(choice):
        lines.append(f"{choice.label}: too long for a button here. To do it, send me this:")
        lines += choice.words.split("\n")
    elif len(" ".join(choice.label.split())) > LABEL:
        lines.append(choice.label)
    if len(" ".join(choice.confirm.split())) > CONFIRM:
        lines.append(f"{choice.label}: {choice.confirm}")
    return lines


def blocks(options: Sequence[Choice], first: int) -> Iterator[Block]:
    """Rows of buttons; `first` is the number of buttons before them in this answer."""
    numbered = enumerate(filter(fits, options), first)
    for row in batches(numbered, lambda one: len(one[1].words), MOST_VALUES, MOST_IN_BLOCK):
        yield {"type": "actions", "elements": [_button(choice, number) for number, choice in row]}


def lone(choice: Choice, name: str) -> Block | None:
    """A row of one button, with a `name` that none of the numbered ones has; None where it cannot carry the words."""
    return {"type": "actions", "elements": [_button(choice, name)]} if fits(choice) else None


def _button(choice: Choice, name: int | str) -> Block:
    button: Block = {
        "type": "button",
        "action_id": f"{SAY}:{name}",
        "text": plain(choice.label, LABEL),
    }
    if choice.words:
        button["value"] = choice.words
    if choice.primary or choice.danger:
        button["style"] = "danger" if choice.danger else "primary"
    if choice.confirm:
        button["confirm"] = {
            "title": plain(choice.label, 100),
            "text": plain(choice.confirm, CONFIRM),
            "confirm": plain(choice.label, 30),
            "deny": plain("Cancel", 30),
        }
        if choice.danger:
            button["confirm"]["style"] = "danger"
    return button
