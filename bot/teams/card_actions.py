"""Buttons of a card. Pure.

A button carries words and nothing else. It is an `Action.Execute`, which is answered where it was pressed; a client
that knows none sends the same words as an `Action.Submit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.batches import batches
from bot.teams.card_text import Element, block, run, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handlers.turn import Choice

MOST = 6  # more in one set, and Teams hides the rest behind a menu
_ROOM = 42  # characters of labels side by side on a phone
_AROUND = 5  # what the edges of a button take, in characters
YES, NO = "Yes", "No"
ALONE = "alone"  # in what a button sends: it stands on a card that one person sees


def alone(card: Element) -> Element:
    """The same card, whose buttons say that one person alone sees it, so that what comes of them is not said in public.

    That is all it says: whoever makes it up gets an answer in private.
    """
    for action in _actions(card):
        for one in (action, action.get("fallback")):
            if isinstance(one, dict) and "data" in one:
                one["data"] = {**one["data"], ALONE: True}
    return card


def _actions(node: Any) -> Iterator[Element]:
    if isinstance(node, list):
        for item in node:
            yield from _actions(item)
    elif isinstance(node, dict):
        yield from node.get("actions", ())
        for key in ("body", "items"):
            yield from _actions(node.get(key))


def button(title: str, data: dict[str, Any], *, style: str = "default", inputs: bool = False) -> Element:
    """A button that sends `data`, and the fields of the card too if `inputs`."""
    body = {
        "title": shown(title),
        "data": data,
        "associatedInputs": "auto" if inputs else "none",
        "style": style,
    }
    verb = "form" if inputs else "press"
    return {
        "type": "Action.Execute",
        **body,
        "verb": verb,
        "fallback": {"type": "Action.Submit", **body},
    }


def choices(options: Sequence[Choice], name: str) -> list[Element]:
    """Rows of buttons; one that asks before it acts opens its question below. `name` parts it from other rows."""
    elements: list[Element] = []
    for row in batches(options, _width, _ROOM, MOST):  # as many side by side as fit a phone
        actions = [_action(option, f"{name}.{options.index(option)}") for option in row]
        elements.append({"type": "ActionSet", "actions": actions, "spacing": "Small"})
    asked = [(option, f"{name}.{at}") for at, option in enumerate(options) if option.confirm]
    return elements + [_question(option, identity) for option, identity in asked]


def _width(option: Choice) -> int:
    return len(option.label) + _AROUND


def _action(option: Choice, identity: str) -> Element:
    if option.confirm:
        toggle = {"type": "Action.ToggleVisibility", "targetElements": [identity]}
        return {**toggle, "title": shown(option.label), "style": _style(option)}
    return button(option.label, {"words": option.words}, style=_style(option))


def _question(option: Choice, identity: str) -> Element:
    yes = button(YES, {"words": option.words}, style=_style(option))
    no = {"type": "Action.ToggleVisibility", "title": NO, "targetElements": [identity]}
    asked = block(run(option.confirm, weight="Bolder"))
    return {
        "type": "Container",
        "id": identity,
        "isVisible": False,
        "style": "emphasis",
        "items": [asked, {"type": "ActionSet", "actions": [yes, no]}],
    }


def _style(option: Choice) -> str:
    if option.danger:
        return "destructive"
    return "positive" if option.primary else "default"
