"""Rich text: what people typed stands in it as text, never as markup. Pure.

In a `rich_text` block Slack reads no markup at all, so `*bold*`, `<!channel>` and links that somebody typed stay what
they are: characters. References to people and channels are shown by name, and call nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Element = dict[str, Any]
Block = dict[str, Any]

MOST = 2800  # characters of one block


def text(content: str, *, bold: bool = False) -> Element:
    """A piece of text."""
    return {"type": "text", "text": content, **({"style": {"bold": True}} if bold else {})}


WARNING: Element = {"type": "emoji", "name": "warning"}


def section(pieces: list[Element]) -> Element:
    """Running text."""
    return {"type": "rich_text_section", "elements": pieces}


def preformatted(content: str) -> Element:
    """Text in columns."""
    return {"type": "rich_text_preformatted", "elements": [text(content)]}


def block(elements: list[Element]) -> Block:
    """A block of sections."""
    return {"type": "rich_text", "elements": elements}


def chopped(content: str, most: int = MOST) -> list[str]:
    """A text in pieces of at most `most` characters, parted at line ends or blanks where there are any."""
    pieces = []
    while len(content) > most:
        at = content.rfind("\n", 1, most)
        at = at if at > 0 else content.rfind(" ", 1, most)
        cut, skip = (at, 1) if at > most // 4 else (most, 0)
        pieces.append(content[:cut])
        content = content[cut + skip :]
    return [*pieces, content]


class Lines:
    """Lines of running text, gathered into blocks that are short enough."""

    def __init__(self) -> None:
        self._pieces: list[Element] = []
        self._length = 0
        self._blocks: list[Block] = []

    def add(self, *pieces: Element) -> None:
        """A line of pieces. One that is too long for a block is parted, the other pieces stay before its beginning."""
        *first, last = pieces
        bits = chopped(last["text"]) if last["type"] == "text" else []
        if len(bits) > 1:
            self._line([*first, {**last, "text": bits[0]}])
            for bit in bits[1:]:
                self._line([{**last, "text": bit}])
        else:
            self._line(list(pieces))

    def _line(self, pieces: list[Element]) -> None:
        length = sum(len(piece.get("text", "")) + 1 for piece in pieces)
        if self._length and self._length + length > MOST:
            self._end()
        if self._pieces:
            self._pieces.append(text("\n"))
        self._pieces += pieces
        self._length += length

    def _end(self) -> None:
        if any(piece.get("text", "x").strip() for piece in self._pieces):
            self._blocks.append(block([section(joined(self._pieces))]))
        self._pieces, self._length = [], 0

    def take(self) -> list[Block]:
        """The blocks of all lines so far."""
        self._end()
        taken, self._blocks = self._blocks, []
        return taken


def joined(pieces: Iterable[Element]) -> list[Element]:
    """The same pieces with neighbours of one style made one."""
    out: list[Element] = []
    for piece in pieces:
        if not piece.get("text", "x"):
            continue
        same = (
            out and out[-1]["type"] == piece["type"] == "text" and out[-1].get("style") == piece.get("style")
        )
        if same:
            out[-1] = {**out[-1], "text": out[-1]["text"] + piece["text"]}
        else:
            out.append(piece)
    return out
