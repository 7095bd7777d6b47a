"""Settings changed: what is owed about contracts, check-ins, people's own reminders and talks is worked out anew.

The turn only notes that it is to be done. It is done before anything else is delivered, a part at a time, each in a short
transaction of its own. Only what is pending moves; what was sent stays sent, and nothing that is over is said again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.dates.rule_text import rule_from
from handlers.errors import Expected
from handlers.reminders.after import CHECKIN, OWN, regular_row, regular_spot
from handlers.reminders.changing import follow_contract, put_off
from handlers.reminders.digest import owe_digest
from handlers.reminders.owing import CONTRACT, PLANNED, planned
from handlers.reminders.places import nobody
from handlers.reminders.rules import working_days
from handlers.reminders.talks import PLAN, countdowns
from storage.anew import Anew, Busy, is_asked, part
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from storage.anew import Job
    from storage.database import Database
    from storage.reminders import Owed
    from storage.tables import Cadence, OwnReminder, Reminder

PART = 50
_LOOK_AHEAD = 3


def owe_anew(
    database: Database, platforms: Sequence[str], now: datetime, trouble: Callable[[Exception], None]
) -> None:
    """Do all that was asked, part by part. What cannot be worked out keeps what it was owed, and `trouble` is told.

    Where somebody else is in the way it is left for the next time.
    """
    with database.reading() as handle:
        if not is_asked(handle.connection, platforms):
            return
    try:
        while _do_part(database, platforms, now, trouble):
            pass
    except Busy as busy:
        trouble(busy)


def _do_part(
    database: Database, platforms: Sequence[str], now: datetime, trouble: Callable[[Exception], None]
) -> bool:
    """Whether there was a part to do."""
    with part(database) as handle:
        anew = Anew(handle)
        job = anew.next(platforms)
        if job is not None:
            unit = Unit(handle, nobody(job.workspace_id, job.settings), now)
            anew.note(job, _Part(unit, anew, job, trouble).run())
        return job is not None


class _Part:
    """One part of a job, in one transaction."""

    def __init__(self, unit: Unit, anew: Anew, job: Job, trouble: Callable[[Exception], None]) -> None:
        self._unit, self._anew, self._job, self._trouble = unit, anew, job, trouble

    def run(self) -> int | None:
        """The id of the last one that was done, or None where there was none left of this subject."""
        done = {"contract": self._contracts, "cadence": self._cadences, "own": self._own, "plan": self._talks}
        done["digest"] = self._digest
        ids = done[self._job.subject]()
        return ids[-1] if ids else None

    def _replace(self, subject: str, kinds: Sequence[str], rows: dict[int, list[Owed]]) -> None:
        self._unit.reminders.cancel(subject, list(rows), kinds)
        self._unit.reminders.owe([row for found in rows.values() for row in found])

    def _contracts(self) -> list[int]:
        unit = self._unit
        contracts = self._anew.contracts(self._job, PART)
        unit.contracts.lock(contracts)
        records = unit.contracts.records(contracts)
        owed = unit.reminders.about_these(CONTRACT, list(records))
        found: dict[int, list[Owed]] = {}
        for contract in contracts:
            try:
                found[contract.id] = planned(unit, contract, records[contract.id], owed[contract.id])
            except Expected as error:  # a contract that contradicts itself keeps what it was owed
                self._trouble(error)
        self._replace(CONTRACT, PLANNED, found)
        for contract in contracts:
            if contract.id in found:
                follow_contract(unit, contract, owed[contract.id])
        return [contract.id for contract in contracts]

    def _cadences(self) -> list[int]:
        return self._regular(self._anew.cadences(self._job, PART), CHECKIN, "checkin")

    def _own(self) -> list[int]:
        return self._regular(self._anew.own(self._job, PART), OWN, "own")

    def _regular(self, found: Sequence[Cadence | OwnReminder], subject: str, kind: str) -> list[int]:
        owed = self._unit.reminders.about_these(subject, [what.id for what in found])
        recurring = [
            what for what in found if "once" not in what.rule
        ]  # a moment that was said stays the same
        rows = {what.id: list(_next_day(self._unit, what, owed[what.id], kind)) for what in recurring}
        self._replace(subject, [kind], rows)
        for what in found:
            put_off(self._unit, what, owed[what.id])
        return [what.id for what in found]

    def _digest(self) -> list[int]:
        owe_digest(self._unit)
        return []  # there is one a workspace, so nothing is left

    def _talks(self) -> list[int]:
        found = self._anew.talks(self._job, PART, self._unit.now)
        rows = {
            talks.plan_id: countdowns(self._unit, talks.plan_id, talks.at, talks.readers) for talks in found
        }
        self._replace(PLAN, ["talks"], rows)
        return list(rows)


def _next_day(unit: Unit, what: Cadence | OwnReminder, owed: Sequence[Reminder], kind: str) -> Iterator[Owed]:
    """The next day of something regular that was not posted yet; one that was due by now is not left out."""
    spot, rule = regular_spot(unit, what), rule_from(what.rule)
    posting = replace(spot.posting, at=rule.at)
    today = posting.today(unit.now)
    posted = {
        row.occurrence for row in owed if row.kind == kind and row.status not in {"pending", "cancelled"}
    }
    waits = {row.occurrence for row in owed if row.kind == kind and row.status == "pending"}
    for day in working_days(rule, posting.calendar, today - timedelta(days=1), _LOOK_AHEAD):
        due = posting.moment(day)
        if due <= unit.now and day.isoformat() in waits:
            due = posting.soon(unit.now)
        elif due <= unit.now or day.isoformat() in posted:
            continue
        yield regular_row(what, spot, day, due)
        return
