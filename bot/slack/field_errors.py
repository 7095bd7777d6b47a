"""What is wrong with a form that was sent, each at its own field. Pure, and within Slack's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.references import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.slack.incoming import Payload

_LONGEST = 2000


def at_fields(sent: Payload, wrong: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """What a submission is answered with where each error belongs to a field of it; what was typed stays. None elsewhere."""
    blocks: dict[str, str] = {}
    for block in sent.get("blocks") or ():
        if block.get("type") == "input":
            blocks.setdefault(str(block["block_id"]).split(":", 2)[-1], str(block["block_id"]))
    if not wrong or any(key not in blocks for key, _ in wrong):
        return None
    errors = {blocks[key]: readable(text)[:_LONGEST] for key, text in wrong}
    return {"response_action": "errors", "errors": errors}
