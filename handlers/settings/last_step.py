"""The last thing that a member did outside of plans: a setting of their own, or a button on a reminder. `undo` needs to know.

It stands among the member's own settings. What it holds are names of settings with their values, and ids.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from handlers.settings.values import changed
from storage.changes import newest_own_change

if TYPE_CHECKING:
    from storage.unit import Unit

KEY = "last_step"
Step = dict[str, Any]


def note_step(unit: Unit, what: str, **more: Any) -> None:
    """Keep what was done, in the place of the step before."""
    step = {"what": what, "at": unit.now.isoformat(), "behind": newest_own_change(unit)[1], **more}
    unit.colleagues.set_own({**unit.seat.member_settings, KEY: step})


def last_step(unit: Unit) -> tuple[Step, datetime] | None:
    """The last step that was not taken back, and when it was."""
    step = unit.seat.member_settings.get(KEY)
    return (step, datetime.fromisoformat(step["at"])) if isinstance(step, dict) else None


def is_newest(unit: Unit, step: Step, at: datetime) -> bool:
    """Whether nothing was done in a plan since."""
    newest, count = newest_own_change(unit)
    return newest is None or newest < at or (newest == at and count <= int(step["behind"]))


def forget_step(unit: Unit, **settings: Any) -> None:
    """Drop the step, and set what is given (None takes a setting away)."""
    unit.colleagues.set_own(changed(unit.seat.member_settings, {**settings, KEY: None}))
