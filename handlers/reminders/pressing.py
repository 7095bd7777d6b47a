"""Buttons on reminders. Pressing edits the message in place and says who did it; a button grants nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handlers.contracts import words
from handlers.errors import Refused, Unknown
from handlers.reminders.items import Item, Reading, kind_of
from handlers.reminders.messages import compose
from handlers.reminders.places import nobody
from handlers.settings.last_step import note_step
from handlers.settings.values import read_settings
from handlers.turn import Address, Reply, Send, say

if TYPE_CHECKING:
    from handlers.command import Turn
    from storage.tables import Contract, Reminder

_WORDS = re.compile(r"(?P<verb>[a-z]+)\s+(?P<id>\d{1,16})\b\s*(?P<rest>.*)", re.DOTALL)
_GONE = "That reminder is not there for you, or it is over."
_OURS = ("sent", "acknowledged")


def split_press(text: str) -> tuple[str, int, str] | None:
    """The verb, the reminder's id and the words after it, if these are the words of a button."""
    found = _WORDS.fullmatch(text.strip())
    return (found["verb"], int(found["id"]), found["rest"].strip()) if found else None


class Pressed:
    """A reminder whose button was pressed, as the presser may see it. Raises Unknown for what does not exist for them."""

    def __init__(self, turn: Turn, reminder_id: int) -> None:
        self.turn = turn
        row = turn.unit.reminders.find(reminder_id)
        if row is None or row.status not in _OURS or (row.direct and row.address != turn.incoming.speaker.id):
            raise Unknown(_GONE, example="renewals")
        self.row: Reminder = row
        self.place = row.address if turn.incoming.place.id == row.address else ""

    def reading(self, rows: list[Reminder] | None = None) -> Reading:
        """What the rows are about, as far as the presser may see it."""
        turn, rows = self.turn, rows or [self.row]
        return Reading.of(turn.unit, turn.settings, turn.scripts, rows, turn.now, self.place)

    def item(self) -> Item:
        """The reminder in words."""
        found = self.reading().item(self.row)
        if found is None:
            raise Unknown(_GONE, example="renewals")
        return found

    def contract(self) -> Contract:
        """The contract that it is about."""
        found = self.turn.unit.contracts.find(self.row.subject_id) if self.row.subject == "contract" else None
        if found is None:
            raise Unknown(_GONE, example="renewals")
        return found

    # ---- what is done ----

    def note(self, what: str, status: str | None = None, **more: str) -> None:
        """Note on the message what was done, by whom."""
        entry = {"what": what, "by": self.by, "day": self.turn.today.isoformat(), **more}
        did = [*self.row.details.get("did", ()), entry]
        self.turn.unit.reminders.settle(self.row, status or self.row.status, did=did)
        note_step(self.turn.unit, what, id=self.row.id)

    def reopen(self, did: list[Any]) -> None:
        """The reminder waits for somebody again. `did` is what was done before."""
        self.turn.unit.reminders.settle(self.row, "sent", did=did)

    @property
    def by(self) -> str:
        """The presser's name with the sign."""
        speaker = self.turn.incoming.speaker
        return f"@{speaker.name or speaker.id}"

    def acknowledge(self) -> None:
        """Somebody has seen it: nothing of it is repeated any more."""
        reminders = self.turn.unit.reminders
        for row in reminders.about(self.row.subject, self.row.subject_id):
            if row.status == "sent" and kind_of(row) == kind_of(self.row) and row.id != self.row.id:
                reminders.settle(row, "acknowledged")
        reminders.cancel(self.row.subject, self.row.subject_id, ["repeat"])

    def edited(self, *private: str) -> Reply:
        """The message as it is now, in the place of what it was. `private` is for where nothing of it can be shown.

        Where it was not pressed in the message itself (one of several was opened alone), the presser sees that one as it is
        now, and the message follows.
        """
        row, message = self.row, self._message()
        if not row.posted or self.turn.incoming.message == row.posted:
            return replace(message, replaces=True) if message else say(*private)
        unit, settings, now = self.turn.unit, self.turn.settings, self.turn.now
        item = compose(unit, settings, self.turn.scripts, [row], now, self.place, public=False)
        reply = replace(item, replaces=True) if item else say(*private)
        if message is None:
            return reply
        return replace(reply, sends=(Send(Address(row.address, row.direct), message, message=row.posted),))

    def _message(self) -> Reply | None:
        """The message in which it was posted as it is now, for whoever reads it there."""
        unit, row = self.turn.unit, self.row
        if not row.direct:
            unit = unit.seen_by(nobody(unit.seat.workspace_id, unit.seat.workspace_settings))
        rows = [each for each in unit.reminders.together(row) if each.status in (*_OURS, "cancelled")]
        settings = read_settings(unit.seat.workspace_settings, unit.seat.member_settings)
        scripts, now = self.turn.scripts, self.turn.now
        found = compose(unit, settings, scripts, rows, now, row.address, public=not row.direct)
        if unit is not self.turn.unit:
            self.turn.unit.take_note_of(unit)
        return found


def may_decide(turn: Turn, contract: Contract) -> bool:
    """Whether the member may act for a contract: its owner, backup owner, or a lead."""
    seat = turn.unit.seat
    return seat.is_lead or seat.member_id in {contract.owner_id, contract.backup_id}


def check_decides(turn: Turn, contract: Contract) -> None:
    """Raises Refused for anybody but the owner, the backup owner and leads."""
    if not may_decide(turn, contract):
        owner = words.at(turn.unit.colleagues.by_id(contract.owner_id))
        raise Refused(
            f"That is for the owner, {owner}, the backup owner or a lead to do.", example="renewals"
        )


def opened(turn: Turn, pressed: Pressed, _rest: str) -> Reply:
    """One of several, alone, with all its buttons."""
    unit, row = turn.unit, pressed.row
    reply = compose(unit, turn.settings, turn.scripts, [row], turn.now, pressed.place, public=False)
    return reply or say(_GONE)


def details(turn: Turn, pressed: Pressed, _rest: str) -> Reply:
    """What is for the presser alone: the tender's start, what was recorded, how the dates follow."""
    contract = pressed.contract()
    from handlers.contracts.flow import details_of

    return details_of(turn, contract)


def seen(turn: Turn, pressed: Pressed, _rest: str) -> Reply:
    """Any inside member has seen it. A missed deadline stays open until a lead has."""
    pressed.item()
    pressed.note("seen", "acknowledged")
    missed = pressed.row.details.get("step") == "missed"
    if not missed or _counts_as_lead(turn, pressed):
        pressed.acknowledge()
    return pressed.edited("Noted: you have seen it.")


def _counts_as_lead(turn: Turn, pressed: Pressed) -> bool:
    """A lead; where none is set, the owner."""
    if turn.settings.leads:
        return turn.unit.seat.is_lead
    return turn.unit.seat.member_id == pressed.contract().owner_id


def done(turn: Turn, pressed: Pressed, _rest: str) -> Reply:
    """It is done. A notice deadline is done only by notice."""
    if kind_of(pressed.row) == "notice":
        raise Refused(
            "A notice deadline is not done until notice is recorded.", example="press Notice sent + proof"
        )
    pressed.item()
    pressed.note("done", "acknowledged")
    return pressed.edited("Done.")
