"""Takes what is due from the queue, puts it into sealed messages, and settles what became of them.

All of it is plain and synchronous, a short transaction each: the edge runs it in a worker thread and sends in between, with
no transaction open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from handlers.errors import Expected
from handlers.gate import seal
from handlers.marks import mark_of
from handlers.reminders.after import follow_up
from handlers.reminders.anew import owe_anew
from handlers.reminders.messages import compose
from handlers.reminders.places import nobody
from handlers.reminders.redirect import redirect
from handlers.settings.values import read_outside, read_settings
from handlers.turn import Address, WorkspaceKey
from storage.people import find_seat
from storage.queue import Queue
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from handlers.gate import Sealed
    from storage.database import Database, Handle
    from storage.queue import Claim, Home
    from storage.tables import Reminder

LEASE = timedelta(minutes=5)
BATCH = 60
_LOOK_AGAIN = timedelta(seconds=30)
_PUT_OFF = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes to one address as one message. `earlier` are the tokens under which it may have been posted before."""

    workspace: WorkspaceKey
    home: int
    to: Address
    content: Sealed = field(repr=False)
    ids: tuple[int, ...]
    token: str
    earlier: tuple[str, ...] = ()


What = Literal["sent", "later", "unsure", "gone", "outsiders"]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a bundle. `message` is the platform's id of what was posted, `again` when it is tried again."""

    bundle: Bundle
    what: What
    message: str = ""
    again: datetime | None = None


class Desk:
    """One process's desk. `platforms` are those it can send to: what is for others is left to others."""

    def __init__(
        self, database: Database, platforms: Sequence[str], trouble: Callable[[Exception], None]
    ) -> None:
        self._database = database
        self._platforms = tuple(platforms)
        self._trouble = trouble  # told of what broke for one address; others are not held up by it

    def take(self, now: datetime, token: str, most: int = BATCH) -> list[Bundle]:
        """Claim what is due and put it into messages; empty where nothing is due. `token` names this claim alone.

        What changed settings move is moved before, so that nothing goes out as it was owed before the change.
        """
        owe_anew(self._database, self._platforms, now, self._trouble)
        while True:
            with self._database.reading() as handle:
                if not Queue(handle.connection).has_due(self._platforms, now):
                    return []
            with self._database.writing() as handle:
                queue = Queue(handle.connection)
                claims = queue.claim(self._platforms, now, token, now + LEASE, most)
                homes = queue.homes(claim.workspace_id for claim in claims)
            bundles = self._bundles(claims, homes, now, token)
            if bundles or not claims:
                return bundles

    def _bundles(
        self, claims: list[Claim], homes: dict[int, Home], now: datetime, token: str
    ) -> list[Bundle]:
        found: list[Bundle] = []
        broken: list[int] = []
        groups = _groups(claims)
        while groups:
            with self._database.reading() as handle:
                try:
                    while groups:
                        group = groups[-1]
                        bundle = _Building(handle, homes[group[0].workspace_id], now).bundle(group, token)
                        groups.pop()
                        found += [bundle] if bundle else []
                except Exception as error:  # one message that cannot be built is put off, alone
                    self._trouble(error)
                    broken += [claim.id for claim in groups.pop()]
        self._set_aside(claims, found, broken, now, token)
        return found[::-1]

    def _set_aside(
        self, claims: list[Claim], found: list[Bundle], broken: list[int], now: datetime, token: str
    ) -> None:
        """End what is not owed any more, and put off what could not be built."""
        stale = {claim.id for claim in claims} - {i for b in found for i in b.ids} - set(broken)
        if not stale and not broken:
            return
        with self._database.writing() as handle:
            queue = Queue(handle.connection)
            queue.ended(sorted(stale), token, "cancelled")
            queue.later(broken, token, now + _PUT_OFF)

    def one_by_one(self, bundle: Bundle, now: datetime) -> list[Bundle]:
        """The same reminders, a message each: where one of them may not be posted, the others still may."""
        with self._database.reading() as handle:
            queue = Queue(handle.connection)
            home = queue.homes([bundle.home])[bundle.home]
            building = _Building(handle, home, now)
            built = [building.compose(bundle.to, [i], bundle.token, ()) for i in bundle.ids]
        return [found for found in built if found is not None]

    def settle(self, results: Sequence[Settled], now: datetime) -> None:
        """Keep what became of these messages, and owe what follows from them: all in one transaction."""
        with self._database.writing() as handle:
            queue = Queue(handle.connection)
            sent = [r for r in results if r.what == "sent"]
            queue.sent([(i, r.bundle.token, r.message) for r in sent for i in r.bundle.ids], now)
            homes = queue.homes(result.bundle.home for result in results)
            for result in results:
                self._settle(handle, queue, result, homes[result.bundle.home], now)

    def _settle(self, handle: Handle, queue: Queue, result: Settled, home: Home, now: datetime) -> None:
        bundle = result.bundle
        if result.what == "later":
            queue.later(bundle.ids, bundle.token, result.again or now + _LOOK_AGAIN, bundle.earlier)
        elif result.what == "unsure":
            tokens = (*bundle.earlier, bundle.token)
            queue.later(bundle.ids, bundle.token, now + _LOOK_AGAIN, tuple(dict.fromkeys(tokens)))
        else:
            unit, _ = _reader(handle, home, bundle.to, now)
            rows = unit.reminders.these(bundle.ids)
            if result.what == "sent":
                for row in rows:
                    self._follow_up(unit, row)
            else:
                redirect(unit, queue, rows, bundle.token, result.what)

    def _follow_up(self, unit: Unit, row: Reminder) -> None:
        try:
            follow_up(unit, row)
        except Expected as error:  # a contract that contradicts itself by now: what was sent stays sent
            self._trouble(error)


def _groups(claims: Sequence[Claim]) -> list[list[Claim]]:
    """What goes out together: of one address, and with the same doubt whether it went out before."""
    groups: dict[tuple[int, str, bool, tuple[str, ...]], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.workspace_id, claim.address, claim.direct, claim.posting), []).append(claim)
    return list(groups.values())


def _reader(handle: Handle, home: Home, to: Address, now: datetime) -> tuple[Unit, bool]:
    """A unit that sees what the addressee sees, and whether there is such an addressee."""
    if to.direct:
        seat = find_seat(handle.connection, home.platform, home.external_id, to.id)
        if seat is not None:
            entries = read_outside(
                home.settings
            )  # what the platform knows of the person, the gate asks when it sends
            barred = frozenset(e.supplier for e in entries if e.supplier and e.person == to.id)
            return Unit(handle, seat, now, barred), True
    return Unit(handle, nobody(home.id, home.settings), now), not to.direct


@dataclass(frozen=True, slots=True)
class _Building:
    """Puts claimed reminders of one workspace into messages."""

    handle: Handle
    home: Home
    now: datetime

    def bundle(self, group: list[Claim], token: str) -> Bundle | None:
        first = group[0]
        to = Address(first.address, first.direct)
        return self.compose(to, [claim.id for claim in group], token, first.posting)

    def compose(self, to: Address, ids: list[int], token: str, earlier: tuple[str, ...]) -> Bundle | None:
        unit, known = _reader(self.handle, self.home, to, self.now)
        if not known:
            return None
        rows = [row for row in unit.reminders.these(ids) if row.status == "pending"]
        settings = read_settings(unit.seat.workspace_settings, unit.seat.member_settings)
        reply = compose(unit, settings, rows, self.now, to.id, public=not to.direct)
        if reply is None:
            return None
        outside = read_outside(self.home.settings)
        content = seal(reply, mark_of(unit), outside, to.id, _suppliers(unit))
        key = WorkspaceKey(self.home.platform, self.home.external_id)
        return Bundle(key, self.home.id, to, content, _kept(rows), token, earlier)


def _kept(rows: Sequence[Reminder]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def _suppliers(unit: Unit) -> set[str]:
    return unit.suppliers_read | (unit.plans.suppliers_read() if unit.plans_read else set())
