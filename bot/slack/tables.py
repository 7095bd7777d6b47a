"""Tables as Slack shows them: narrow ones in columns of monospaced text, which look right at any width; wider ones as
Slack's own table, which a phone lets people push to the side. Pure.

A message takes one table of Slack's own, of 100 rows, 20 columns and 10,000 characters. What is more goes into the next.
Where there are none of Slack's own (in views, and in a workspace that refuses them), a wide table is written out row by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from bot.batches import batches
from bot.references import readable
from bot.slack import rich
from bot.wrapping import FIRM, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handlers.turn import Table

Block = dict[str, Any]
Row = list[str]

NARROW = 36  # columns of monospaced text beside each other on a phone
MOST_CELLS = 20
MOST_ROWS = 60
MOST_CHARACTERS = 5000
MOST_IN_CELL = 400  # so that twenty of them stay within a table
MOST_IN_HEAD = 100
_SHORT = 64  # characters of a row that stands on one line below its first cell
_FIGURE = 10
_GAP = "  "
_EMPTY = "\u00a0"  # a cell must not be empty
_HEADLESS = "headless"  # the id of a table without heads


def blocks(table: Table, names: Mapping[str, str]) -> Iterator[Block]:
    """The blocks of a table."""
    rows = [[_cell(cell, names) for cell in row] for row in table.rows]
    head = [_cell(cell, names) for cell in table.columns]
    count = max((len(row) for row in (head, *rows)), default=0)
    grid = [row + [""] * (count - len(row)) for row in ([head, *rows] if any(head) else rows)]
    if not any(any(row) for row in grid):
        return
    widths = [max(_width(row[at]) for row in grid) for at in range(count)]
    if sum(widths) + len(_GAP) * (count - 1) <= NARROW:
        yield from _columns(grid, widths, table.right)
        return
    for start in range(0, count, MOST_CELLS):
        part = [row[start : start + MOST_CELLS] for row in grid]
        right = {at - start for at in table.right}
        headed = any(head) and all(len(cell) <= MOST_IN_HEAD for cell in head)
        yield from _native(part, right, headed=headed)


def are_in(blocks: Iterable[Block]) -> bool:
    """Whether there is a table of Slack's own among blocks."""
    return any(block["type"] == "table" for block in blocks)


def in_text(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks with each of Slack's own tables written out: a row is its first cell, and the others by their heads."""
    return [new for block in blocks for new in (_written_out(block) if block["type"] == "table" else [block])]


def _written_out(table: Block) -> list[Block]:
    rows = [["" if cell["text"] == _EMPTY else str(cell["text"]) for cell in row] for row in table["rows"]]
    head = [] if table.get("block_id") == _HEADLESS else rows[0]
    lines = rich.Lines()
    for row in rows[1 if head else 0 :]:
        first, *others = row
        cells = [_headed(head[at] if head else "", cell) for at, cell in enumerate(others, 1) if cell]
        if first:
            lines.add(rich.text(first, bold=True))
        short = " · ".join(cells)
        for line in [short] if cells and len(short) <= _SHORT else cells:
            lines.add(rich.text(held(f"  {line}")))
    return lines.take()


def _headed(head: str, cell: str) -> str:
    """A cell behind its head; a figure is not parted from it at the end of a line."""
    return f"{head}{FIRM if len(cell) <= _FIGURE else ' '}{cell}" if head else cell


def _cell(cell: str, names: Mapping[str, str]) -> str:
    return " ".join(readable(cell, names).split())


def _columns(grid: Sequence[Row], widths: Sequence[int], right: frozenset[int]) -> Iterator[Block]:
    lines = [
        _GAP.join(
            _padded(cell, width, right=at in right)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in grid
    ]
    for piece in rich.chopped("\n".join(lines)):
        yield rich.block([rich.preformatted(piece)])


def _width(cell: str) -> int:
    """How many columns of monospaced text a cell takes: characters of some scripts take two."""
    return len(cell) + sum(east_asian_width(character) in "WF" for character in cell)


def _padded(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _width(cell))
    return blanks + cell if right else cell + blanks


def _native(grid: Sequence[Row], right: set[int], *, headed: bool) -> Iterator[Block]:
    settings = [
        {"align": "right" if at in right else "left", "is_wrapped": at not in right}
        for at in range(len(grid[0]))
    ]
    head = [grid[0]] if headed else []
    parts = list(batches(_short(grid[len(head) :]), _characters, MOST_CHARACTERS, MOST_ROWS))
    for rows in parts or ([[]] if head else []):
        yield _table(head, rows, settings)


def _short(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows with cells of bearable length; what is longer goes on in a row below."""
    for row in rows:
        cells = [rich.chopped(cell, MOST_IN_CELL) for cell in row]
        for line in range(max(len(cell) for cell in cells)):
            yield [cell[line] if line < len(cell) else "" for cell in cells]


def _characters(row: Row) -> int:
    return sum(len(cell) or 1 for cell in row)


def _table(head: Sequence[Row], rows: Sequence[Row], settings: Sequence[Block]) -> Block:
    cells = [[{"type": "raw_text", "text": held(cell) or _EMPTY} for cell in row] for row in (*head, *rows)]
    table: Block = {"type": "table", "rows": cells, "column_settings": list(settings)}
    return table if head else table | {"block_id": _HEADLESS}
