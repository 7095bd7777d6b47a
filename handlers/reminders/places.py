"""Where and when something about a contract or a check-in is posted: the address, and the posting rules there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.contracts.dates import calendar_of
from handlers.reminders.rules import Posting, Quiet
from handlers.settings.values import Settings, read_settings
from storage.people import Seat

if TYPE_CHECKING:
    from storage.tables import Contract, Member
    from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Spot:
    """An address, with the settings and posting rules that hold there."""

    address: str
    direct: bool
    settings: Settings

    @property
    def posting(self) -> Posting:
        """When something may be posted there."""
        return posting_of(self.settings)


def posting_of(settings: Settings) -> Posting:
    """The posting rules of a place or person with these settings."""
    quiet = Quiet(settings.quiet_from, settings.quiet_to)
    return Posting(calendar_of(settings), settings.manners.tz, settings.posting, quiet)


def channel_spot(unit: Unit, channel: str) -> Spot:
    """A channel: it keeps the workspace's time."""
    return Spot(channel, False, read_settings(unit.seat.workspace_settings, {}))  # noqa: FBT003


def member_spot(unit: Unit, member: Member) -> Spot:
    """A member's direct message: it keeps the member's own time."""
    return Spot(member.external_id, True, read_settings(unit.seat.workspace_settings, member.settings))  # noqa: FBT003


def owner_of(unit: Unit, contract: Contract) -> Member:
    """The member who owns a contract."""
    member = unit.colleagues.by_id(contract.owner_id)
    assert member is not None  # the database keeps owners
    return member


def contract_spot(unit: Unit, contract: Contract) -> Spot:
    """The contract's channel, else the workspace's; the owner's direct message where it is restricted or has none."""
    channel = contract.channel or read_settings(unit.seat.workspace_settings, {}).default_channel
    if contract.restricted or not channel:
        return member_spot(unit, owner_of(unit, contract))
    return channel_spot(unit, channel)


def nobody(workspace_id: int, settings: dict[str, object]) -> Seat:
    """The seat of a channel: it sees what every inside member may see, and no plan."""
    return Seat(workspace_id, 0, "", "", settings, {})
