"""An answer as a modal, and somebody's Home. Pure, and within Slack's limits: a view takes 100 blocks, and neither a
table nor a chart of Slack's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.slack import blocks, native
from bot.slack.buttons import plain
from bot.slack.incoming import ANSWER
from handlers.turn import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.slack.blocks import Block
    from handlers.gate import Shown
    from handlers.turn import Part

View = dict[str, Any]
MOST = 100
NAME = "Prep"
LEFT_OUT = "There is more than fits here. To see all of it, say in Messages: hub"


def answer(shown: Shown, names: Mapping[str, str]) -> View | None:
    """The modal that shows an answer; None where there is nothing to show, or no room for it."""
    found = _blocks(shown.parts, names)
    if not 0 < len(found) <= MOST:
        return None
    return {
        "type": "modal",
        "callback_id": ANSWER,
        "title": plain(NAME, 24),
        "close": plain("Close", 24),
        "blocks": found,
    }


def home(sections: Iterable[Shown], names: Mapping[str, str]) -> View:
    """A Home with these answers below each other."""
    found: list[Block] = []
    for shown in sections:
        found += [*([{"type": "divider"}] if found else []), *_blocks(shown.parts, names)]
    if len(found) > MOST:
        found = [*found[: MOST - 1], *_blocks((Text((LEFT_OUT,)),), {})]
    return {"type": "home", "blocks": found}


def _blocks(parts: Sequence[Part], names: Mapping[str, str]) -> list[Block]:
    return native.without(blocks.all_of(tuple(parts), names), frozenset(native.KINDS))
