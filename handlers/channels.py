"""Which channel is meant, and what is to be said about it before something is posted there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.gate import Why, for_every_supplier, why_not_in
from handlers.reading.plain import read_channel
from handlers.turn import AskChannel, Channel

if TYPE_CHECKING:
    from handlers.command import Turn


@dataclass(frozen=True, slots=True)
class Target:
    """A channel by the platform's id, with the lines that a person should know about it (none where all is well)."""

    id: str
    name: str
    warnings: tuple[str, ...] = ()
    present: bool = True


def channel_named(turn: Turn, text: str, suppliers: tuple[str, ...] = ()) -> Target:
    """The channel that `#name` or `<#C1|name>` means; `here` is the one where it was said.

    Warns where Prep is not in it, and where people from outside may read it, or look into it: then reminders go to the owner.
    """
    if text.strip().casefold() in {"here", "this channel"} and not turn.is_direct:
        wanted, name = turn.incoming.place.id, turn.incoming.place.name
    else:
        named = read_channel(text)
        wanted, name = named.id or named.name or "", named.name or ""
    return channel_called(turn, wanted, name, suppliers)


def channel_called(turn: Turn, wanted: str, name: str, suppliers: tuple[str, ...] = ()) -> Target:
    """The channel with this id of the platform's, or this name; `name` is how it is called where nobody can tell. Warns as
    `channel_named` does.
    """
    found = turn.fetch(AskChannel(wanted))
    channel = found if isinstance(found, Channel) else None
    if channel is None or _is_private_to_others(turn, channel):
        return Target(wanted, name or wanted, (_INVITE.format(name or wanted),), present=False)
    name = channel.name or name or wanted
    present = channel.present is True
    return Target(channel.id, name, _warnings(turn, channel, name, suppliers), present)


def _is_private_to_others(turn: Turn, channel: Channel) -> bool:
    """Whether the speaker has no way to know of this channel: then nothing is told of it, not even its name."""
    if channel.joinable is not False or channel.people is None or channel.id == turn.incoming.place.id:
        return False
    return turn.incoming.speaker.id not in {person.id for person in channel.people}


_INVITE = (
    "I am not in #{0} yet. Invite me there with: /invite @Prep (in Teams: add Prep to the team or the chat)"
)
_UNSURE = "I could not find out whether I am in #{0}. If I am not, invite me: /invite @Prep (in Teams: add Prep there)"
_OPEN = {
    Why.OUTSIDERS_HERE: "People from outside may read #{0}: what is due goes to the owner by direct message instead.",
    Why.LISTED_MAY_LOOK_IN: "Everybody with an account may look into #{0}, also people who count as outside: what is due "
    "goes to the owner by direct message instead. A private channel without them will do.",
}


def _warnings(turn: Turn, channel: Channel, name: str, suppliers: tuple[str, ...]) -> tuple[str, ...]:
    if channel.present is not True:
        return ((_UNSURE if channel.present is None else _INVITE).format(name),)
    outside = turn.settings.outside
    # of whom it will be is not known without suppliers, so everybody on the list counts, as for the gate
    why = why_not_in(channel, outside if suppliers else for_every_supplier(outside), suppliers)
    return (_OPEN[why].format(name),) if why is not None else ()
