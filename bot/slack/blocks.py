"""From what is shown to Block Kit. Pure, and within Slack's limits by construction: what is too long for one message is
parted into several, and nothing is left out.

A message takes 50 blocks and, measured, about 13,000 characters of them all together. Notifications get nothing but
the fixed text of `Shown.preview`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bot.references import readable
from bot.slack import buttons, charts, rich, tables
from bot.wrapping import held
from handlers.turn import Chart, Choices, Facts, Heading, Note, Table, Text, Warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handlers.gate import Shown
    from handlers.turn import Part, Preview

Block = dict[str, Any]
Page = list[Block]

BLOCKS = 48
CHARACTERS = 11_000  # of a message's blocks, written as JSON
NOTE = 1800
ONLY_YOU = "Only you · "
_ONCE = frozenset(("table", charts.KIND))  # of these, one a message


def pages(shown: Shown, names: Mapping[str, str] | None = None, *, only_you: bool = False) -> list[Page]:
    """The messages of an answer, each a list of blocks; none where there is nothing to show.

    `names` are what ids stand for. `only_you`: everybody else in the channel sees nothing of it, and the heading says so.
    The blocks themselves are shared between answers that are the same: nobody changes them.
    """
    return [list(page) for page in _drawn(shown.parts, frozenset((names or {}).items()), only_you)]


# the same answer is often asked for again within a call, and drawing it costs more than finding it
@lru_cache(256)
def _drawn(
    parts: tuple[Part, ...], names: frozenset[tuple[str, str]], only_you: bool
) -> tuple[tuple[Block, ...], ...]:
    return tuple(tuple(page) for page in _pages(_Drawing(dict(names), only_you).blocks(parts)))


@lru_cache(256)
def written(
    parts: tuple[Part, ...], names: frozenset[tuple[str, str]], preview: Preview, *, only_you: bool, kind: str
) -> tuple[str, ...]:
    """The messages that answer a slash command as Slack takes them, in JSON. `kind` is their `response_type`."""
    head = {"response_type": kind, "text": preview.value}
    return tuple(json.dumps({**head, "blocks": page}) for page in _drawn(parts, names, only_you))


def all_of(parts: tuple[Part, ...], names: Mapping[str, str]) -> Page:
    """All blocks of an answer below each other, however many they are."""
    return list(_Drawing(names, only_you=False).blocks(parts))


def message(page: Page, shown: Shown) -> dict[str, Any]:
    """A message as Slack takes it. The text is all that notifications show."""
    return {"text": shown.preview.value, "blocks": page}


class _Drawing:
    """One answer being drawn from top to bottom."""

    def __init__(self, names: Mapping[str, str], only_you: bool) -> None:  # private
        self._names = names
        self._only_you = only_you
        self._lines = rich.Lines()
        self._buttons = 0

    def blocks(self, parts: Sequence[Part]) -> Iterator[Block]:
        for part in parts:
            match part:
                case Note() | Table() | Chart() | Choices():
                    yield from self._apart(part)
                case _:
                    self._running(part)
        yield from self._lines.take()

    def _running(self, part: Part) -> None:
        match part:
            case Heading(text):
                mark = ONLY_YOU if self._only_you else ""
                self._only_you = False
                self._lines.add(rich.text(mark + self._shown(text), bold=True))
            case Text(lines):
                for line in lines:
                    self._lines.add(rich.text(self._shown(line)))
            case Warn(lines):
                for line in lines:
                    self._lines.add(rich.WARNING, rich.text(f" {self._shown(line)}"))
            case Facts(pairs):
                for label, value in pairs:
                    self._lines.add(
                        rich.text(f"{self._shown(label)}: ", bold=True), rich.text(self._shown(value))
                    )

    def _apart(self, part: Part) -> Iterator[Block]:
        """Parts that are blocks of their own."""
        match part:
            case Note(lines):
                yield from self._lines.take()
                text = "\n".join(self._shown(line) for line in lines)
                yield from (_context(piece) for piece in rich.chopped(text, NOTE) if piece.strip())
            case Table():
                yield from self._lines.take()
                yield from tables.blocks(part, self._names)
            case Chart():
                yield from self._lines.take()
                yield from charts.blocks(part, self._names)
            case Choices(options):
                for line in (line for option in options for line in buttons.in_words(option)):
                    self._lines.add(rich.text(line))
                yield from self._lines.take()
                yield from buttons.blocks(options, self._buttons)
                self._buttons += len(options)

    def _shown(self, text: str) -> str:
        return held(readable(text, self._names))


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def _pages(blocks: Iterator[Block]) -> Iterator[Page]:
    page: Page = []
    length = 0
    for block in blocks:
        size = len(json.dumps(block, ensure_ascii=False))
        second = block["type"] in _ONCE and any(one["type"] == block["type"] for one in page)
        if page and (len(page) == BLOCKS or length + size > CHARACTERS or second):
            yield page
            page, length = [], 0
        page.append(block)
        length += size
    if page:
        yield page
