"""Settings on which reminders depend: a change of one asks that what is owed be worked out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.settings.values import read_outside, read_settings
from storage.anew import ask

if TYPE_CHECKING:
    from handlers.settings.values import Settings
    from storage.people import Seat
    from storage.unit import Unit


def ask_where_settings_changed(unit: Unit, before: Seat) -> None:
    """Note what is to be owed anew after this turn. The core calls it after each flow that may have written."""
    if unit.seat is before:
        return
    after = unit.seat
    if before.workspace_settings.get("outside") != after.workspace_settings.get("outside"):
        _look_for_listed(unit, before)
    if before.workspace_settings.get("digest") != after.workspace_settings.get("digest"):
        from handlers.reminders.digest import owe_digest  # what few turns need is loaded by them

        owe_digest(
            unit
        )  # at once, so that it is not too late for one that is due before anything else is delivered
    everybody = _timing(read_settings(before.workspace_settings, {}))
    if everybody != _timing(read_settings(after.workspace_settings, {})):
        ask(unit.connection, after.workspace_id, 0, unit.now)
    elif _zone(before) != _zone(after):
        ask(unit.connection, after.workspace_id, after.member_id, unit.now)


def _look_for_listed(unit: Unit, before: Seat) -> None:
    """Whoever fits what was put on the list may sit in a channel where something is linked, whoever's that is."""
    from handlers.sharing.looks import Look, owe_look

    listed = read_outside(before.workspace_settings)
    for entry in read_outside(unit.seat.workspace_settings):
        if entry not in listed:
            owe_look(unit, Look(entry=entry))


def _zone(seat: Seat) -> str:
    return read_settings(seat.workspace_settings, seat.member_settings).manners.zone


def _timing(found: Settings) -> tuple[object, ...]:
    """All of the settings on which the day, the hour or the address of a reminder depends."""
    manners = found.manners
    return (
        manners.zone, manners.country, manners.region, found.ladder, found.posting, found.quiet_from, found.quiet_to,
        found.repeat_days, found.reassess_days, found.default_channel, found.leads,
        found.digest,
    )  # fmt: skip
