"""The weekly digest: what comes due in the next weeks, for the default channel, else for the leads.

It says what every inside member may see, whoever reads it: nothing of restricted contracts, nothing of plans, and of
decisions only whether they are due. Where nothing comes due, nothing is posted.

Where somebody in the channel counts as outside for one supplier, all of it goes to the leads. Without that supplier it would
look complete although it is not, and a word about what is missing would tell those people that something of theirs is due.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.contracts.dates import calendar_of, standing
from handlers.dates.recurrence import Rule
from handlers.dates.rule_text import rule_from
from handlers.errors import Expected
from handlers.figures import cut
from handlers.reminders.places import channel_spot, member_spot, nobody
from handlers.reminders.rules import next_moments, working_days
from handlers.settings.values import read_settings
from handlers.turn import Choice, Choices, Heading, Note, Part, Text, Warn
from handlers.writing import day, plural, weekday_day
from storage.reminders import Owed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from handlers.contracts.dates import Standing
    from handlers.manners import Manners
    from handlers.reminders.places import Spot
    from handlers.settings.values import Settings
    from storage.unit import Unit

SUBJECT = "digest"  # `subject_id` is the workspace's
AHEAD = timedelta(days=28)
_MOST = 12
_WARNED = 3
_NAME = 32


# ---- when it is owed ----


def owe_digest(unit: Unit, address: str = "") -> None:
    """Owe the next digest, to one address or to all that get it; one that is due by now is not left out."""
    workspace = unit.seat.workspace_id
    settings = read_settings(unit.seat.workspace_settings, {})
    waiting = {
        (row.address, row.direct): row
        for row in unit.reminders.about(SUBJECT, workspace)
        if row.status == "pending" and row.due_at <= unit.now
    }
    if not address:
        unit.reminders.cancel(SUBJECT, workspace)
    if settings.digest is None:
        return
    for spot in _spots(unit, settings):
        if address in {"", spot.address}:
            late = waiting.get((spot.address, spot.direct))
            unit.reminders.owe([_next(unit, spot, settings.digest, late.due_at if late else None)])


def _spots(unit: Unit, settings: Settings) -> list[Spot]:
    """The default channel, else each lead."""
    if settings.default_channel:
        return [channel_spot(unit, settings.default_channel)]
    leads = [unit.colleagues.by_external(name) for name in settings.leads]
    return [member_spot(unit, member) for member in leads if member is not None]


def _next(unit: Unit, spot: Spot, weekday: int, late: datetime | None) -> Owed:
    rule = Rule("weekly", weekdays=(weekday,), at=spot.settings.posting)
    due = late or next_moments(rule, spot.posting, unit.now, 1)[0]
    on = spot.posting.today(due).isoformat()
    return Owed(
        SUBJECT, unit.seat.workspace_id, SUBJECT, f"{on}/{spot.address}", spot.address, spot.direct, due,
        details={"day": on},
    )  # fmt: skip


# ---- what it says ----


def digest(unit: Unit, settings: Settings) -> tuple[Part, ...]:
    """The digest as it stands now, in the reader's own manners; empty where nothing comes due."""
    everybody = unit.seen_by(nobody(unit.seat.workspace_id, unit.seat.workspace_settings))
    today = unit.now.astimezone(settings.manners.tz).date()
    coming = _Coming(everybody, settings, today)
    lines = [line for _, line in sorted(coming.dates())]
    warned = coming.warnings()
    unit.take_note_of(everybody)
    if not lines and not warned:
        return ()
    parts: list[Part] = [Heading(f"Coming up until {day(today + AHEAD, today, settings.manners)}")]
    if warned:
        parts.append(Warn(tuple(warned)))
    if lines:
        parts.append(Text(tuple(lines[:_MOST])))
    if len(lines) > _MOST:
        parts.append(Note((f"and {len(lines) - _MOST} more: see “renewals” and “checkin”",)))
    return (*parts, Choices((Choice("All renewals", "renewals"),)))


class _Coming:
    """What comes due in the next weeks, as every inside member may see it."""

    def __init__(self, unit: Unit, settings: Settings, today: date) -> None:
        self._unit = unit
        self._today = today
        self._last = today + AHEAD
        self._manners: Manners = settings.manners
        self._calendar = calendar_of(settings)
        self._stands = list(self._standings())

    def _standings(self) -> Iterator[Standing]:
        contracts = self._unit.contracts.live()
        records = self._unit.contracts.records(contracts)
        for contract in contracts:
            try:
                found = standing(contract, records[contract.id], self._calendar, self._today)
            except Expected:
                continue  # a contract that contradicts itself has no dates, and does not take those of the others away
            if found.ahead.term_end >= self._today:
                yield found

    def dates(self) -> Iterator[tuple[date, str]]:
        """What is on which day."""
        for stand in self._stands:
            yield from self._of_contract(stand)
        for cadence in self._unit.regular.running():
            name = cadence.title or f"check-in with {cadence.supplier}"
            rule = rule_from(cadence.rule)
            for on in working_days(rule, self._calendar, self._today - timedelta(days=1), 1):
                if on <= self._last:
                    yield on, self._line(on, name)

    def _of_contract(self, stand: Standing) -> Iterator[tuple[date, str]]:
        dates, name = stand.ahead, cut(stand.label, _NAME)
        if dates.deadline is None:
            if dates.term_end <= self._last:
                yield dates.term_end, self._line(dates.term_end, f"{name}: ends, nothing to send")
            return
        send_by, open_yet = dates.deadline.send_by, stand.decision(dates) is None
        if send_by <= self._last:
            what = "send notice" if dates.duty == "notice" else "ask for renewal"
            late = ", late" if send_by < self._today else ""
            yield send_by, self._line(send_by, f"{name}: {what}{late}")
        due = dates.decision_due
        if open_yet and due is not None and self._today <= due <= self._last:
            yield due, self._line(due, f"{name}: decision due")

    def _line(self, on: date, what: str) -> str:
        return f"{weekday_day(on, self._manners)}  {what}"

    def warnings(self) -> list[str]:
        """What is over and still open, the longest first."""
        found = sorted(self._overdue())
        told = [line for _, line in found[:_WARNED]]
        more = len(found) - len(told)
        return [*told, f"and {plural(more, 'more', 'more')} overdue"] if more else told

    def _overdue(self) -> Iterator[tuple[date, str]]:
        for stand in self._stands:
            name, ahead = cut(stand.label, _NAME), stand.ahead
            if stand.missed and stand.now.deadline is not None:
                on = stand.now.deadline.clause_date
                yield on, f"{name}: the deadline of {day(on, self._today, self._manners)} was missed"
            due = ahead.decision_due
            if due is not None and due < self._today and stand.decision(ahead) is None and ahead.deadline:
                yield due, f"{name}: decision overdue since {day(due, self._today, self._manners)}"
