"""A look that is owed at channels: somebody counts as outside from now on, and may sit where something is linked.

It stands in the queue like a message to nobody, so that one process takes it, and none loses it. Only the edge can ask who
is in a channel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.gate import OutsideEntry
from storage.reminders import Owed

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.turn import Person
    from storage.tables import Reminder
    from storage.unit import Unit

SUBJECT, NOBODY = "look", ""  # `subject_id` is the workspace's; the address is nobody's


@dataclass(frozen=True, slots=True)
class Look:
    """Whom to look for: a person by the platform's id, or whoever fits what was put on the list of outsiders. In these
    channels, where the platform told in which they are (None: it did not). Owed since `since`."""

    person: str = ""
    entry: OutsideEntry | None = None
    channels: frozenset[str] | None = None
    since: datetime | None = None

    def concerns(self, person: Person) -> bool:
        """Whether this is somebody who is looked for."""
        return person.id == self.person or (self.entry is not None and self.entry.fits(person))


def owe_look(unit: Unit, look: Look) -> None:
    """Owe it now. What is owed for the same cause already is owed once."""
    entry = look.entry
    listed = {"person": entry.person, "domain": entry.domain, "supplier": entry.supplier} if entry else {}
    kind = "listed" if entry else "person"
    occurrence = f"{entry.person or entry.domain} {entry.supplier}" if entry else look.person
    details = {
        "person": look.person,
        "entry": listed,
        "channels": None if look.channels is None else sorted(look.channels),
    }
    row = Owed(
        SUBJECT,
        unit.seat.workspace_id,
        kind,
        occurrence,
        NOBODY,
        direct=False,
        due_at=unit.now,
        details=details,
    )
    unit.reminders.owe([row])


def look_of(row: Reminder) -> Look:
    """What a row owes."""
    entry, channels = row.details["entry"], row.details["channels"]
    return Look(
        row.details["person"],
        OutsideEntry(**entry) if entry else None,
        None if channels is None else frozenset(channels),
        row.due_at,
    )
