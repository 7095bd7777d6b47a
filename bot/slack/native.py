"""What Slack draws itself and a workspace may refuse: charts and tables. Each can be written out instead. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.slack import charts, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

Block = dict[str, Any]

TABLE = "table"
KINDS = (charts.KIND, TABLE)  # what came to Slack last is the first that a workspace may not know
_WRITTEN = {charts.KIND: charts.in_text, TABLE: tables.in_text}


def kinds_in(blocks: Iterable[Block]) -> frozenset[str]:
    """Which of them are among blocks."""
    return frozenset(block["type"] for block in blocks if block["type"] in _WRITTEN)


def kinds_named_in(message: str) -> frozenset[str]:
    """Which of them are in a message in JSON; what people typed cannot look like it, since quotes in it are escaped."""
    return frozenset(kind for kind in KINDS if f'"type": "{kind}"' in message)


def without(blocks: Iterable[Block], kinds: Set[str]) -> list[Block]:
    """The same blocks with these kinds written out."""
    found = list(blocks)
    for kind in KINDS:  # a chart may be written out as a table
        found = _WRITTEN[kind](found) if kind in kinds else found
    return found


def fewer(kinds: Set[str]) -> list[frozenset[str]]:
    """What to write out to see which of these kinds are refused, in the order of trying."""
    alone = [frozenset((kind,)) for kind in KINDS if kind in kinds]
    return [*alone, frozenset(kinds)] if len(alone) > 1 else alone
