"""What answers an action on a message: a dialog, which the person who took the action sees alone. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.teams.cards import CONTENT, render

if TYPE_CHECKING:
    from handlers.gate import Shown

Element = dict[str, Any]
TITLE = "Prep"


def words(text: str) -> dict[str, Any]:
    """Fixed words, after which the dialog ends."""
    return {"task": {"type": "message", "value": text}}


def card(shown: Shown) -> dict[str, Any]:
    """An answer as a dialog; its buttons lead to another one."""
    first, *rest = render(shown)
    for page in rest:
        first["body"] += page["body"]
    content = _as_submits(first)
    value = {
        "title": TITLE,
        "width": "medium",
        "height": "medium",
        "card": {"contentType": CONTENT, "content": content},
    }
    return {"task": {"type": "continue", "value": value}}


def _as_submits(node: Any) -> Any:
    """Dialogs know no `Action.Execute`: each gives way to the `Action.Submit` that stands behind it."""
    if isinstance(node, list):
        return [_as_submits(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "Action.Execute":
        return node["fallback"]
    return {key: _as_submits(value) for key, value in node.items()}
