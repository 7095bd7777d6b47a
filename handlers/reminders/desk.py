"""Takes what is due from the queue, puts it into sealed messages, and settles what became of them.

All of it is plain and synchronous, a short transaction each: the edge runs it in a worker thread and sends in between, with
no transaction open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from handlers.errors import Expected
from handlers.prep.company import Scripts
from handlers.reminders.after import DIGEST, follow_up
from handlers.reminders.anew import owe_anew
from handlers.reminders.building import PATIENCE, Building, Bundle, groups_of
from handlers.reminders.redirect import Ended, redirect
from storage.queue import Queue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from storage.database import Database, Handle
    from storage.queue import Claim, Home
    from storage.tables import Reminder
    from storage.unit import Unit

LEASE = timedelta(minutes=5)
BATCH = 2000
_LOOK_AGAIN = timedelta(seconds=30)
_LOOK_AT_LEAST = timedelta(minutes=5)
_PUT_OFF = timedelta(hours=1)
_MOVED = frozenset({"gone", "outsiders", "joinable", "malformed"})


What = Literal["sent", "later", "unsure", "gone", "outsiders", "joinable", "malformed", "looked"]


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
        self,
        database: Database,
        platforms: Sequence[str],
        trouble: Callable[[Exception], None],
        scripts: Scripts | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self._database = database
        self._lease = lease
        self._scripts = scripts or Scripts()
        self._platforms = tuple(platforms)
        self._trouble = trouble  # told of what broke for one address; others are not held up by it

    def take(self, now: datetime, token: str, most: int = BATCH, held: Sequence[int] = ()) -> list[Bundle]:
        """Claim what is due for at most so many addresses, but in the workspaces `held`, and put it into messages; empty
        where nothing is due. `token` names this claim alone.

        What changed settings move is moved before, so that nothing goes out as it was owed before the change.
        """
        owe_anew(self._database, self._platforms, now, self._trouble)
        while True:
            with self._database.reading() as handle:
                if not Queue(handle.connection).has_due(self._platforms, now, held):
                    return []
            with self._database.writing() as handle:
                queue = Queue(handle.connection)
                claims = queue.claim(self._platforms, now, token, now + self._lease, most, held)
                homes = queue.homes(claim.workspace_id for claim in claims)
            bundles = self._bundles(claims, homes, now, token)
            if bundles or not claims:
                return bundles

    def _bundles(
        self, claims: list[Claim], homes: dict[int, Home], now: datetime, token: str
    ) -> list[Bundle]:
        found: list[Bundle] = []
        put_off: dict[int, datetime] = {}
        groups = groups_of(claims)
        while groups:
            with self._database.reading() as handle:
                at = _Workplaces(handle, homes, self._scripts, now)
                at.look([(g[0].workspace_id, g[0].address if g[0].direct else "", _ids(g)) for g in groups])
                try:
                    while groups:
                        building, group = at[groups[-1][0].workspace_id], groups[-1]
                        asleep = building.asleep(group)
                        awake = [claim for claim in group if claim.id not in asleep]
                        bundle = building.bundle(awake, token) if awake else None
                        groups.pop()
                        put_off |= asleep
                        found += [bundle] if bundle else []
                except Exception as error:  # one message that cannot be built is put off, alone
                    self._trouble(error)
                    put_off |= dict.fromkeys(_ids(groups.pop()), now + _PUT_OFF)
        self._set_aside(claims, found, put_off, token, now)
        return found[::-1]

    def _set_aside(
        self,
        claims: list[Claim],
        found: list[Bundle],
        put_off: dict[int, datetime],
        token: str,
        now: datetime,
    ) -> None:
        """End what is not owed any more, and put off what is late in quiet hours or could not be built."""
        stale = {claim.id for claim in claims} - {i for b in found for i in b.ids} - put_off.keys()
        if not stale and not put_off:
            return
        with self._database.writing() as handle:
            queue = Queue(handle.connection)
            queue.ended(sorted(stale), token, "cancelled")
            self._after_nothing(handle, queue, [claim for claim in claims if claim.id in stale], now)
            for claim in claims:  # what is in doubt stays so
                if claim.id in put_off:
                    queue.later([claim.id], token, put_off[claim.id], claim.posting, claim.doubted_at)

    def _after_nothing(self, handle: Handle, queue: Queue, claims: list[Claim], now: datetime) -> None:
        """What follows although nothing was to be said: after an empty digest comes the next one."""
        at = _Workplaces(handle, queue.homes(claim.workspace_id for claim in claims), self._scripts, now)
        at.look([(claim.workspace_id, "", [claim.id]) for claim in claims])
        for claim in claims:
            unit = at[claim.workspace_id].anybody()
            for row in unit.reminders.these([claim.id]):
                if row.subject == DIGEST:
                    self._follow_up(unit, row)

    def one_by_one(self, bundle: Bundle, now: datetime) -> list[Bundle]:
        """The same reminders, a message each: where one of them may not be posted, the others still may. Each is held under
        a token of its own from now on, so that it is told apart from the others after a crash."""
        names = {i: f"{bundle.token}-{number}" for number, i in enumerate(bundle.ids, start=1)}
        with self._database.writing() as handle:
            Queue(handle.connection).renamed(names, bundle.token)
            building = self._building(handle, [bundle], now)
            built = [building.compose(bundle.to, [i], names[i]) for i in bundle.ids]
        return [found for found in built if found is not None]

    def together(self, bundles: Sequence[Bundle], now: datetime) -> list[Bundle]:
        """What was claimed for one address, as one message."""
        with self._database.reading() as handle:
            built = self._building(handle, bundles, now).together(bundles)
        return [built] if built is not None else []

    def _building(self, handle: Handle, bundles: Sequence[Bundle], now: datetime) -> Building:
        """For what goes to one address."""
        first = bundles[0]
        home = Queue(handle.connection).homes([first.home])[first.home]
        ids = [i for bundle in bundles for i in bundle.ids]
        return Building(handle, home, self._scripts, now, ids, [first.to.id])

    def settle(self, results: Sequence[Settled], now: datetime) -> int:
        """Keep what became of these messages, and owe what follows from them: all in one transaction. How many reminders
        nobody can be told of."""
        with self._database.writing() as handle:
            queue = Queue(handle.connection)
            sent = [r for r in results if r.what == "sent"]
            queue.sent([(i, r.bundle.token, r.message) for r in sent for i in r.bundle.ids], now)
            at = _Workplaces(handle, queue.homes(r.bundle.home for r in results), self._scripts, now)
            looked = [(r.bundle, _needed(r)) for r in results if _needed(r)]
            at.look([(b.home, b.to.id if b.to.direct else "", ids) for b, ids in looked])
            return sum(self._settle(queue, result, at, now) for result in results)

    def _settle(self, queue: Queue, result: Settled, at: _Workplaces, now: datetime) -> int:
        bundle = result.bundle
        if result.what == "later":
            again = result.again or look_again(bundle.doubted_at, now)
            queue.later(bundle.ids, bundle.token, again, bundle.earlier, bundle.doubted_at)
        elif result.what == "unsure":
            tokens = tuple(dict.fromkeys((*bundle.earlier, bundle.token)))
            queue.later(bundle.ids, bundle.token, look_again(None, now), tokens, now)
        elif result.what == "looked":
            queue.ended(bundle.ids, bundle.token, "cancelled")  # the same cause may be owed again later
        elif _needed(result):
            unit = at[bundle.home].reader(bundle.to) or at[bundle.home].anybody()
            rows = unit.reminders.these(_needed(result))
            sent = result.what == "sent"
            ended = Ended(tuple(rows)) if sent else redirect(unit, queue, rows, bundle.token, result.what)
            for row in (
                *ended.told,
                *ended.lost,
            ):  # what comes back does so, whoever could not be reached this time
                self._follow_up(unit, row)
            return len(ended.lost)
        return 0

    def _follow_up(self, unit: Unit, row: Reminder) -> None:
        try:
            follow_up(unit, row)
        except Expected as error:  # a contract that contradicts itself by now: what was sent stays sent
            self._trouble(error)


def look_again(doubted_at: datetime | None, now: datetime) -> datetime:
    """When it is looked again whether something arrived: ever later, and once patience is over."""
    if doubted_at is None or now - doubted_at >= PATIENCE:
        return now + _LOOK_AGAIN
    pause = min(max(_LOOK_AGAIN, now - doubted_at), _LOOK_AT_LEAST)
    return min(now + pause, doubted_at + PATIENCE)


def _needed(result: Settled) -> tuple[int, ...]:
    """The reminders that have to be read to settle this."""
    if result.what == "sent":
        return result.bundle.follows
    return result.bundle.ids if result.what in _MOVED else ()


def _ids(group: Sequence[Claim]) -> list[int]:
    return [claim.id for claim in group]


class _Workplaces:
    """What is built with, for each workspace that a claim touches, in one transaction."""

    def __init__(self, handle: Handle, homes: dict[int, Home], scripts: Scripts, now: datetime) -> None:
        self._handle, self._homes, self._scripts, self._now = handle, homes, scripts, now
        self._found: dict[int, Building] = {}

    def look(self, parts: Sequence[tuple[int, str, Sequence[int]]]) -> None:
        """Read what these reminders are about: (workspace, person or nothing, reminders)."""
        for workspace in {part[0] for part in parts}:
            mine = [part for part in parts if part[0] == workspace]
            ids, people = [i for _, _, found in mine for i in found], [who for _, who, _ in mine if who]
            home = self._homes[workspace]
            self._found[workspace] = Building(self._handle, home, self._scripts, self._now, ids, people)

    def __getitem__(self, workspace: int) -> Building:
        return self._found[workspace]
