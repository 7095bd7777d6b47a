"""From claimed reminders to sealed messages, one for each address. What they are about is read once for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.gate import seal
from handlers.marks import mark_of
from handlers.reminders.after import has_follow_up
from handlers.reminders.messages import compose
from handlers.reminders.places import nobody
from handlers.reminders.rules import keep_quiet
from handlers.settings.values import read_outside, read_settings
from handlers.sharing.looks import NOBODY, Look, look_of
from handlers.turn import Address, Mark, Reply, Warn, WorkspaceKey
from storage.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from handlers.gate import OutsideList, Sealed
    from handlers.prep.company import Scripts
    from handlers.settings.values import Settings
    from storage.database import Handle
    from storage.people import Seat
    from storage.queue import Claim, Home
    from storage.unit import Unit

PATIENCE = timedelta(minutes=15)
_PROMPT = timedelta(minutes=30)
_KEPT = "delivery"
_REPEAT = "I may have posted this before: whether it arrived could not be found out."
_REPEATS = "I may have posted some of this before: whether it arrived could not be found out."


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes to one address as one message.

    `earlier` are the tokens under which it may have been posted before, the last time at `doubted_at`. `repeat` is posted
    where that cannot be found out, once it was waited for (`waits`) for long enough; `repeats`: that is what is posted now.
    `follows` are the reminders after which something else is owed. `looks` are owed in place of a message.
    """

    workspace: WorkspaceKey
    home: int
    to: Address
    content: Sealed = field(repr=False)
    ids: tuple[int, ...]
    token: str
    earlier: tuple[str, ...] = ()
    doubted_at: datetime | None = None
    repeat: Sealed | None = field(default=None, repr=False)
    waits: bool = False
    repeats: bool = False
    follows: tuple[int, ...] = ()
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Tokens under which something may have been posted, and when it was last. `said`: it is posted again, saying so."""

    tokens: tuple[str, ...] = ()
    since: datetime | None = None
    said: bool = False


_NO_DOUBT = Doubt()
Group = list["Claim"]


def groups_of(claims: Sequence[Claim]) -> list[Group]:
    """What goes out together: of one address, and with the same doubt whether it went out before."""
    groups: dict[tuple[int, str, bool, tuple[str, ...]], Group] = {}
    for claim in claims:
        groups.setdefault((claim.workspace_id, claim.address, claim.direct, claim.posting), []).append(claim)
    return list(groups.values())


class Building:
    """Puts reminders of one workspace into messages, in one transaction."""

    def __init__(
        self,
        handle: Handle,
        home: Home,
        scripts: Scripts,
        now: datetime,
        ids: Iterable[int],
        people: Iterable[str],
    ) -> None:
        self._home = home
        self._scripts = scripts
        self._now = now
        self._batch = Batch(handle, home.id, home.settings, now, ids=ids, people=people)
        self._outside: OutsideList = read_outside(home.settings)
        self._everybody = nobody(home.id, home.settings)

    def reader(self, to: Address) -> Unit | None:
        """A unit that sees what the addressee sees; None where there is no such addressee."""
        if not to.direct:
            return self.anybody()
        seat = self._batch.seats.get(to.id)
        if seat is None:
            return None
        # what the platform knows of the person, the gate asks when it sends
        barred = frozenset(e.supplier for e in self._outside if e.supplier and e.person == to.id)
        return self._batch.unit(seat, self._now, barred)

    def anybody(self) -> Unit:
        """A unit that sees what every inside member sees."""
        return self._batch.unit(self._everybody, self._now)

    def asleep(self, group: Sequence[Claim]) -> dict[int, datetime]:
        """When to try again with what is late, where it is quiet there; what is in time comes when it was said."""
        if group[0].address == NOBODY:
            return {}
        late = [claim.id for claim in group if self._now - claim.due_at > _PROMPT]
        unit = self.reader(Address(group[0].address, group[0].direct)) if late else None
        if unit is None:
            return {}
        found = _settings_of(unit.seat)
        allowed = keep_quiet(self._now, found.quiet_from, found.quiet_to, found.manners.tz)
        return dict.fromkeys(late, allowed) if allowed > self._now else {}

    def bundle(self, group: Sequence[Claim], token: str) -> Bundle | None:
        """One message; None where nothing is to be said, or nobody is there to read it."""
        first = group[0]
        if first.address == NOBODY:
            return self._looks(group, token)
        doubts = [claim.doubted_at for claim in group if claim.doubted_at is not None]
        since = max(doubts, default=self._now) if first.posting else None
        doubt = Doubt(first.posting, since)
        return self.compose(Address(first.address, first.direct), [claim.id for claim in group], token, doubt)

    def _looks(self, group: Sequence[Claim], token: str) -> Bundle | None:
        rows = [
            row
            for row in self.anybody().reminders.these(claim.id for claim in group)
            if row.status == "pending"
        ]
        key = WorkspaceKey(self._home.platform, self._home.external_id)
        nothing = seal(Reply(), Mark.OPEN, (), NOBODY)
        ids, looks = tuple(row.id for row in rows), tuple(look_of(row) for row in rows)
        to = Address(NOBODY, direct=False)
        return Bundle(key, self._home.id, to, nothing, ids, token, looks=looks) if rows else None

    def together(self, bundles: Sequence[Bundle]) -> Bundle | None:
        """What was claimed for one address as one message. None where nothing of it is to be said any more."""
        tokens = tuple(dict.fromkeys(token for each in bundles for token in each.earlier))
        since = max((each.doubted_at for each in bundles if each.doubted_at is not None), default=None)
        doubt = Doubt(tokens, since, said=any(each.repeats for each in bundles))
        return self.compose(bundles[0].to, [i for each in bundles for i in each.ids], bundles[0].token, doubt)

    def compose(self, to: Address, ids: Sequence[int], token: str, doubt: Doubt = _NO_DOUBT) -> Bundle | None:
        """These reminders as one message."""
        unit = self.reader(to)
        if unit is None:
            return None
        rows = [row for row in unit.reminders.these(ids) if row.status == "pending"]
        settings = _settings_of(unit.seat)
        reply = compose(unit, settings, self._scripts, rows, self._now, to.id, public=not to.direct)
        if reply is None:
            return None
        key = WorkspaceKey(self._home.platform, self._home.external_id)
        repeat = replace(reply, parts=(Warn((_REPEATS if doubt.said else _REPEAT,)), *reply.parts))
        follows = tuple(row.id for row in rows if has_follow_up(row))
        return Bundle(
            key, self._home.id, to, self._sealed(unit, repeat if doubt.said else reply, to),
            tuple(row.id for row in rows), token, doubt.tokens, doubt.since,
            self._sealed(unit, repeat, to) if doubt.tokens else None,
            waits=doubt.since is not None and self._now - doubt.since < PATIENCE, repeats=doubt.said, follows=follows,
        )  # fmt: skip

    def _sealed(self, unit: Unit, reply: Reply, to: Address) -> Sealed:
        return seal(reply, mark_of(unit), self._outside, to.id, _suppliers(unit))


def _settings_of(seat: Seat) -> Settings:
    found = seat.worked_out.get(_KEPT)
    if found is None:
        found = seat.worked_out[_KEPT] = read_settings(seat.workspace_settings, seat.member_settings)
    return found


def _suppliers(unit: Unit) -> set[str]:
    return unit.suppliers_read | (unit.plans.suppliers_read() if unit.plans_read else set())
