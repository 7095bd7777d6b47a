"""Text on a card: what people typed is shown as it stands. Pure.

All of it goes into text runs, which Teams draws without reading markdown or mentions in them. Only the titles of
check boxes have no such form, so there each sign that could mean something is escaped.
"""

from __future__ import annotations

import re
from typing import Any

from bot.references import readable
from bot.wrapping import FIRM, HELD, held

Element = dict[str, Any]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!~|<>&])")
MOST = 4000  # characters in one block; what is longer goes on in the next
_LONG_WORD = re.compile(r"\S{25}(?=\S)")
BREAK = "\u200b"  # where a word that is too long for a phone may break


def shown(text: str) -> str:
    """Text for a run, a title or a label: no control characters, references as people type them."""
    return readable(text).replace("\n", " ").replace("{{", "{" + HELD + "{")  # no function of a date


def escaped(text: str) -> str:
    """Text where markdown would be read."""
    return _MARKDOWN.sub(r"\\\1", shown(text))


def run(text: str, **style: Any) -> Element:
    """A piece of text in one style. Blanks side by side stay apart, and no word is too long for a phone."""
    spaced = held(_LONG_WORD.sub(r"\g<0>" + BREAK, shown(text))).replace("  ", FIRM * 2)
    return {"type": "TextRun", "text": spaced or FIRM, **style}


def block(*runs: Element, spacing: str = "None", **more: Any) -> Element:
    """One line, broken where it must be."""
    return {"type": "RichTextBlock", "inlines": list(runs), "spacing": spacing, **more}


def lines(texts: tuple[str, ...], **style: Any) -> list[Element]:
    """Each text on a line of its own; the first stands apart from what is above."""
    whole = [line for text in texts for line in text.split("\n")]
    each = [line[at : at + MOST] for line in whole for at in range(0, len(line) or 1, MOST)]
    return [block(run(text, **style), spacing="None" if at else "Small") for at, text in enumerate(each)]
