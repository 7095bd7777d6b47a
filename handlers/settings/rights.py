"""Who may change what holds for the whole workspace.

Leads may. While there is no lead, whoever installed Prep may, where the platform told who that was; else the first
member who changes a setting of the workspace becomes its lead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.errors import Refused
from handlers.settings.last_step import note_step
from handlers.settings.values import changed

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.settings.values import Kept

FIRST = "You are the first to set something here, so you are this workspace's lead now."


def must_set_for_all(turn: Turn, kept: Kept) -> bool:
    """Whether this member becomes the lead by this change. Raises Refused for everybody who may not make it.

    `kept` is what the workspace has set so far.
    """
    me, leads = turn.incoming.speaker.id, kept.get("leads", ())
    if me in leads:
        return False
    installer = kept.get("installer")
    if not leads and installer in {None, me}:
        return True
    raise Refused(
        "Settings of the whole workspace are changed by its leads. Yours are time zone and locale.",
        example="settings zone Europe/Berlin",
    )


def keep_for_all(turn: Turn, change: Kept) -> bool:
    """Change settings of the workspace; a value of None takes one away. Whether this made the member the first lead."""
    colleagues = turn.unit.colleagues
    kept = colleagues.workspace_settings()
    becomes_lead = must_set_for_all(turn, kept)
    if becomes_lead:
        kept["leads"] = [turn.incoming.speaker.id]
    colleagues.set_workspace(changed(kept, change))
    turn.unit.audit("set", "workspace", turn.unit.seat.workspace_id)
    return becomes_lead


def keep_own(turn: Turn, change: Kept, name: str = "settings") -> None:
    """Change the member's own settings; a value of None takes one away. `name` is what `undo` calls the setting."""
    old = turn.unit.seat.member_settings
    turn.unit.colleagues.set_own(changed(old, change))
    before = {key: old.get(key) for key in change}
    note_step(turn.unit, "setting", name=name, before=before, after=change)
