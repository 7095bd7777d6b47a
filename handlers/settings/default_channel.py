"""What is not posted in the workspace's default channel, because of who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.gate import Why, for_every_supplier, why_not_in

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.turn import Channel

_MOST_NAMED = 5


def kept_from(turn: Turn, channel: Channel | None) -> str:
    """What will not be posted in the default channel, and why; empty where everything will."""
    outside, which = turn.settings.outside, "reminders go to owners"
    why = why_not_in(channel, outside)
    if why is None:
        why = why_not_in(channel, for_every_supplier(outside))
        named = sorted(
            {entry.supplier for entry in outside if why_not_in(channel, outside, [entry.supplier])}
        )
        which = f"reminders about {', '.join(named[:_MOST_NAMED])} go to owners"
        which = which if len(named) <= _MOST_NAMED else "reminders about some suppliers go to owners"
    if why is None:
        return ""
    if why is Why.OUTSIDERS_HERE:
        return f"People from outside may read it, so {which} instead."
    return (
        f"Everybody with an account may look into it, also people who count as outside, so {which} instead. "
        "A private channel without them will do."
    )
