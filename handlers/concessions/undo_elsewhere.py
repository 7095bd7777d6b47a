"""`undo` where the last step was in no plan: a setting of one's own, or a button on a reminder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.errors import Refused
from handlers.plan_choice import ref, unsaid
from handlers.reminders.pressing import Pressed
from handlers.settings.last_step import forget_step, is_newest, last_step
from handlers.turn import Choice, Choices, Mark, Reply, Text
from storage.changes import newest_own_change

if TYPE_CHECKING:
    from handlers.command import Turn

_STAYS = {
    "snooze": ("putting a reminder off", "remind (lists yours); it comes back on the day that stands on it"),
    "reassign": ("handing a reminder over", "press Reassign on it again, or: contract set acme: owner @name"),
    "seen": ("having seen a reminder", "renewals (shows what is still due)"),
    "decide": ("recording a decision", "contract decide acme: ... (records another one)"),
    "notice": ("recording notice", "contract show acme (shows what was recorded)"),
    "log": ("logging a check-in", "checkin (lists them)"),
    "skip": ("skipping a check-in", "checkin (lists them)"),
}
"""What is not taken back, by the button that was pressed, and what does something about it."""


def undo_elsewhere(turn: Turn) -> Reply | None:
    """Take back the last step outside of plans, or say that it stays. None where the last step was in a plan."""
    found = last_step(turn.unit)
    if found is None:
        return None
    step, at = found
    if not is_newest(turn.unit, step, at):
        return None
    if step["what"] == "setting":
        return _setting(turn, step)
    return _done(turn, int(step["id"])) if step["what"] == "done" else _stays(turn, step["what"])


def _setting(turn: Turn, step: dict[str, Any]) -> Reply:
    """The member's own setting as it was before."""
    now = turn.unit.seat.member_settings
    name = str(step["name"])
    if any(now.get(key) != value for key, value in step["after"].items()):
        raise Refused(f"Your {name} was changed again since, so I leave it.", example=f"settings {name}")
    forget_step(turn.unit, **step["before"])
    button = Choice("Show settings", "settings")
    return Reply((Text((f"Taken back: your setting {name}.",)), Choices((button,))), mark=Mark.INSIDE)


def _done(turn: Turn, reminder_id: int) -> Reply:
    """A reminder that was ticked off is open again, also where it was posted."""
    pressed = Pressed(turn, reminder_id)
    did = list(pressed.row.details.get("did", ()))
    last = (did[-1]["what"], did[-1]["by"]) if did else ()
    if pressed.row.status != "acknowledged" or last != ("done", pressed.by):
        raise Refused("Somebody did more with that reminder since, so I leave it.", example="remind")
    pressed.reopen(did[:-1])
    forget_step(turn.unit)
    said = Text(("Taken back: the reminder is open again.",))
    edited = pressed.edited("It is open again.")
    return Reply((said, *edited.parts), mark=edited.mark, sends=edited.sends, supplier=edited.supplier)


def _stays(turn: Turn, what: str) -> Reply:
    """Nothing is changed; the last change in a plan is offered."""
    name, instead = _STAYS.get(what, ("a button on a reminder", "remind"))
    lines = (
        f"Your last step was {name}, and that I do not take back. Nothing was changed.",
        f"Instead: {instead}",
    )
    head = unsaid(turn, turn.unit)
    if head is None or newest_own_change(turn.unit, head.id)[0] is None:
        return Reply((Text(lines),), mark=Mark.INSIDE)
    button = Choice("Take back the last change in a plan", f"undo {ref(head.id)}", danger=True)
    return Reply((Text(lines), Choices((button,))), mark=Mark.INSIDE)
