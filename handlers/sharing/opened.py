"""A channel that was opened to people from outside: whoever owns a plan that is about it, or a contract or check-in that
names it, is told, and the leads of the workspace's default channel.

The warning is a row in the queue like any reminder, written together with the note that the event was handled. While one
stands, nobody is told again; it stands until the channel was seen without outsiders.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers.gate import for_every_supplier, is_inside, is_inside_channel
from handlers.reminders.opened import DEFAULT, KIND, SUBJECT, keepers_of
from handlers.reminders.places import member_spot, nobody
from handlers.settings.values import read_outside, read_settings
from handlers.sharing.looks import Look, owe_look
from storage.channels import Link, home_of, links_of, named_channels, rename_channel
from storage.handled import first_time
from storage.reminders import Owed
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.gate import OutsideList
    from handlers.turn import Channel, Person, WorkspaceKey
    from storage.channels import Home
    from storage.database import Database
    from storage.tables import Reminder


_KINDS = ("plan", "contract", "cadence", DEFAULT)
_MOST_KEPT, _MOST_NAMED = 200, 5


@dataclass(frozen=True, slots=True)
class Seen:
    """What a platform tells of a channel after something happened to it; None where it tells nothing.

    `joined` are those who came in with it, `changed` those in it who count as outside from now on, `event` the platform's
    id of what happened.
    """

    id: str
    channel: Channel | None
    joined: tuple[Person, ...] = ()
    event: str = ""
    changed: tuple[Person, ...] = ()

    @property
    def before(self) -> Channel | None:
        """The channel without those who came in, or were inside until now."""
        if self.channel is None or self.channel.people is None:
            return self.channel
        new = {person.id for person in (*self.joined, *self.changed)}
        return replace(self.channel, people=tuple(one for one in self.channel.people if one.id not in new))

    @property
    def why(self) -> str:
        """What makes it open: `shared` with another company, `people` who are in it, or that it is `unknown`."""
        known = self.channel
        if known is None or known.shared is None or not known.people:
            return "unknown"
        return "shared" if known.shared else "people"


class Openings:
    """Keeps account of which channels are open. Synchronous, a short transaction each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def concerned(self, workspace: WorkspaceKey, joined: Sequence[Person] = ()) -> set[str]:
        """The channels of a plan, a contract or a check-in, and the default one; none where all these are surely inside."""
        with self._database.reading() as handle:
            home = home_of(handle.connection, workspace.platform, workspace.id)
            if home is None:
                return set()
            outside = for_every_supplier(read_outside(home.settings))
            if joined and all(is_inside(person, outside) for person in joined):
                return set()
            default = read_settings(home.settings, {}).default_channel
            return named_channels(handle.connection, home.id) | ({default} if default else set())

    def owe_look(
        self, workspace: WorkspaceKey, person: str, channels: frozenset[str], event: str, now: datetime
    ) -> None:
        """Somebody in these channels became a guest, or the like: that is to be looked at, once for the event."""
        with self._database.writing() as handle:
            home = home_of(handle.connection, workspace.platform, workspace.id)
            if home is None or (event and not first_time(handle.connection, home.id, f"became {event}", now)):
                return
            owe_look(Unit(handle, nobody(home.id, home.settings), now), Look(person, channels=channels))

    def looked(self, workspace: WorkspaceKey, look: Look, channel: Channel, now: datetime) -> None:
        """Note what a look at a channel showed, if anybody who was looked for is there."""
        with self._database.reading() as handle:
            home = home_of(handle.connection, workspace.platform, workspace.id)
        outside = for_every_supplier(read_outside(home.settings)) if home is not None else ()
        found = [one for one in channel.people or () if look.concerns(one) and not is_inside(one, outside)]
        if found:
            self.note(workspace, Seen(channel.id, channel, changed=tuple(found)), now)

    def note(self, workspace: WorkspaceKey, seen: Seen, now: datetime) -> None:
        """Owe the warnings that follow from what was seen, and note where a channel is closed again."""
        with self._database.writing() as handle:
            home = home_of(handle.connection, workspace.platform, workspace.id)
            if home is None:
                return
            event = f"opened {seen.id} {seen.event}"
            if seen.event and not first_time(handle.connection, home.id, event, now):
                return
            unit = Unit(handle, nobody(home.id, home.settings), now)
            links = [*links_of(handle.connection, home.id, seen.id), *_of_default(unit, home, seen.id)]
            owners: dict[int, list[Link]] = {}
            for link in links:
                owners.setdefault(link.owner_id, []).append(link)
            told = unit.reminders.about_these(SUBJECT, list(owners))
            outside = read_outside(home.settings)
            for owner, theirs in owners.items():
                mine = [row for row in told[owner] if row.details["channel"] == seen.id]
                _Account(unit, seen, outside, owner, mine).settle(theirs)

    def rename(self, workspace: WorkspaceKey, old: str, new: str) -> None:
        """A channel has another id from now on."""
        with self._database.writing() as handle:
            home = home_of(handle.connection, workspace.platform, workspace.id)
            if home is not None:
                rename_channel(handle.connection, home, old, new)


def _of_default(unit: Unit, home: Home, channel: str) -> list[Link]:
    """That a channel is the default one concerns the leads, else whoever installed Prep."""
    if read_settings(home.settings, {}).default_channel != channel:
        return []
    found = [unit.colleagues.by_external(name) for name in keepers_of(home.settings)]
    return [Link(DEFAULT, home.id, member.id, frozenset()) for member in found if member is not None]


@dataclass(frozen=True, slots=True)
class _Account:
    """What one owner was told about one channel so far."""

    unit: Unit
    seen: Seen
    outside: OutsideList
    owner: int
    told: list[Reminder]

    def settle(self, theirs: Sequence[Link]) -> None:
        opened = [link for link in theirs if not self._inside(self.seen.channel, link)]
        standing = [row for row in self.told if not row.details.get("closed")]
        if self.seen.changed and self._is_told(opened, standing):
            return
        if all(self._inside(self.seen.before, link) for link in opened):  # nobody was there until now
            for row in standing:
                self.unit.reminders.settle(row, row.status, closed=True)
            standing = []
        if opened and not standing:
            self._owe(opened)

    def _is_told(self, opened: Sequence[Link], standing: Sequence[Reminder]) -> bool:
        """Whether warnings that stand name all who changed, for all that is open: a guest's new picture is no news."""
        who = {name for row in standing for name in row.details.get("who", ())}
        about = {(kind, i) for row in standing for kind in _KINDS for i in row.details.get(f"{kind}s", ())}
        return who.issuperset(one.id for one in self.seen.changed) and about.issuperset(
            (link.subject, link.id) for link in opened
        )

    def _inside(self, channel: Channel | None, link: Link) -> bool:
        # the default channel takes what is about any supplier
        outside = self.outside if link.names else for_every_supplier(self.outside)
        return is_inside_channel(channel, outside, link.names)

    def _owe(self, opened: Sequence[Link]) -> None:
        member = self.unit.colleagues.by_id(self.owner)
        assert member is not None  # the database keeps owners
        details = {
            "channel": self.seen.id,
            "name": self.seen.channel.name if self.seen.channel else "",
            "why": self.seen.why,
            "who": self._outsiders(),
            "changed": [one.id for one in self.seen.changed[:_MOST_NAMED]],
            **{f"{kind}s": [x.id for x in opened if x.subject == kind] for kind in _KINDS},
        }
        spot = member_spot(self.unit, member)
        row = Owed(
            SUBJECT,
            self.owner,
            KIND,
            f"{self.seen.id}/{len(self.told) + 1}",
            spot.address,
            direct=spot.direct,
            due_at=self.unit.now,
            details=details,
        )
        self.unit.reminders.owe([row])

    def _outsiders(self) -> list[str]:
        people = (self.seen.channel.people if self.seen.channel else None) or ()
        outside = for_every_supplier(self.outside)
        return [one.id for one in people if not is_inside(one, outside)][:_MOST_KEPT]
