"""One reminder in words, for whoever is to read it. What the reader may not see makes no item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handlers.contracts import words
from handlers.contracts.dates import label, standing
from handlers.dates.rule_text import rule_from, say_rule
from handlers.dates.workdays import WorkCalendar
from handlers.plan_choice import ref
from handlers.prep.progress import readiness
from handlers.reminders import opened
from handlers.reminders.rules import phase
from handlers.turn import Choice, Preview
from handlers.writing import clock, day, has_passed, is_day_alone, moment, plural, weekday_day
from storage.progress import answered

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.contracts.dates import Standing
    from handlers.contracts.rules import KeyDates
    from handlers.manners import Manners
    from handlers.prep.company import Scripts
    from handlers.settings.values import Settings
    from storage.plans import PlanHead
    from storage.tables import Cadence, Contract, ContractRecord, OwnReminder, Reminder
    from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Item:
    """A reminder as it is shown: a heading, lines, warnings and buttons; `short` is all that a list of several shows."""

    row: Reminder
    heading: str
    lines: tuple[str, ...]
    buttons: tuple[Choice, ...]
    preview: Preview
    warnings: tuple[str, ...] = ()
    name: str = ""

    @property
    def same(self) -> tuple[str, int, str]:
        """What makes two reminders of one morning one and the same thing to read: a deadline tells of its decision, too."""
        kind = kind_of(self.row)
        if self.row.subject == opened.SUBJECT:
            kind = self.row.occurrence
        return (self.row.subject, self.row.subject_id, "notice" if kind in _WEIGHT else kind)

    @property
    def weight(self) -> int:
        """Which of several that are the same is shown: the one that was answered, the nearest to the deadline."""
        answered = 10 if self.row.details.get("did") else 0
        return answered + self.urgency

    @property
    def urgency(self) -> int:
        """Deadlines come first in a list."""
        return _WEIGHT.get(kind_of(self.row), 0)


_WEIGHT = {"reassess": 1, "decision": 2, "notice": 3}


def kind_of(row: Reminder) -> str:
    """What a reminder is about: a repeat is about the deadline, a snoozed one about what was snoozed."""
    return "notice" if row.kind == "repeat" else row.details.get("kind", row.kind)


def words_of(verb: str, row: Reminder) -> str:
    """The words of a button on a reminder."""
    return f"reminder {verb} {row.id}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to put rows into words: read once for all rows of a message."""

    unit: Unit
    settings: Settings
    scripts: Scripts
    now: datetime
    contracts: dict[int, Contract]
    records: dict[int, list[ContractRecord]]
    cadences: dict[int, Cadence]
    own: dict[int, OwnReminder]

    @classmethod
    def of(
        cls,
        unit: Unit,
        settings: Settings,
        scripts: Scripts,
        rows: list[Reminder],
        now: datetime,
        place: str,
    ) -> Reading:
        """Read what these rows are about, as far as the reader of `place` may see it."""
        ids: dict[str, list[int]] = {}
        for row in rows:
            ids.setdefault(row.subject, []).append(row.subject_id)
        contracts = unit.contracts.these(ids["contract"]) if "contract" in ids else {}
        records = unit.contracts.records(list(contracts.values())) if contracts else {}
        cadences = unit.regular.cadences(ids["cadence"], place) if "cadence" in ids else {}
        own = unit.regular.own_these(ids["own"], place) if "own" in ids else {}
        return cls(unit, settings, scripts, now, contracts, records, cadences, own)

    @property
    def manners(self) -> Manners:
        """How the reader reads figures."""
        return self.settings.manners

    @property
    def today(self) -> date:
        """The day it is for the reader."""
        return self.now.astimezone(self.manners.tz).date()

    def item(self, row: Reminder) -> Item | None:
        """The row in words; None where it is not there for the reader, or not owed any more."""
        if row.subject == "contract":
            contract = self.contracts.get(row.subject_id)
            return None if contract is None else self._contract(row, contract)
        if row.subject == "cadence":
            cadence = self.cadences.get(row.subject_id)
            return None if cadence is None else self._checkin(row, cadence)
        if row.subject == "own":
            own = self.own.get(row.subject_id)
            return None if own is None else self._own(row, own)
        if row.subject == opened.SUBJECT:
            return self._opened(row)
        head = self.unit.plans.head(row.subject_id)
        return None if head is None else self._talks(row, head)

    def _contract(self, row: Reminder, contract: Contract) -> Item | None:
        calendar = WorkCalendar(self.manners.country, self.manners.region)
        stand = standing(contract, self.records[contract.id], calendar, self.today)
        end = date.fromisoformat(row.details["term_end"])
        dates = stand.of_term(end)
        if kind_of(row) != "notice":
            return _contract_day(self, row, stand)
        open_yet = dates.term_end == end and dates.deadline is not None
        return _deadline(self, row, stand, dates) if open_yet else _closed(self, row, stand)

    def _checkin(self, row: Reminder, cadence: Cadence) -> Item:
        due = date.fromisoformat(row.details["day"])
        name = cadence.title or f"Check-in with {cadence.supplier}"
        owner = words.at(self.unit.colleagues.by_id(cadence.owner_id))
        rule = say_rule(rule_from(cadence.rule), self.manners)
        lines = (f"{rule[0].upper()}{rule[1:]} · owner {owner}",)
        buttons = (_choice("Log it", "log", row, primary=True), _choice("Skip", "skip", row), *_later(row))
        heading = f"{name}: {weekday_day(due, self.manners)}"
        return Item(row, heading, lines, buttons, Preview.CHECKIN, name=cadence.supplier)

    def _own(self, row: Reminder, own: OwnReminder) -> Item:
        by = words.at(self.unit.colleagues.by_id(own.member_id))
        rule = "" if "once" in own.rule else f", {say_rule(rule_from(own.rule), self.manners)}"
        buttons = (_choice("Done", "done", row, primary=True), *_later(row))
        return Item(row, own.text, (f"Set by {by}{rule}",), buttons, Preview.REMINDER, name=own.text)

    def _opened(self, row: Reminder) -> Item | None:
        plans, contracts = opened.plans_of(self.unit, row), opened.contracts_of(self.unit, row)
        cadences, default = opened.cadences_of(self.unit, row), opened.is_default(self.unit, row)
        if not plans and not contracts and not cadences and not default:
            return None
        lines = opened.lines_of(row, plans, contracts, cadences, default=default)
        return Item(
            row, opened.heading_of(row), lines, opened.buttons_of(plans),
            Preview.NOTICE, opened.warnings_of(), f"#{row.details['name'] or row.details['channel']}",
        )  # fmt: skip

    def _talks(self, row: Reminder, head: PlanHead) -> Item | None:
        if head.talks_at is None or has_passed(head.talks_at, self.now, self.manners):
            return None
        left = (head.talks_at.astimezone(self.manners.tz).date() - self.today).days
        when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {plural(left, 'day')}"
        at = f": {moment(head.talks_at, self.now, self.manners)}"
        if left == 0:
            at = "" if is_day_alone(head.talks_at) else f": {clock(head.talks_at, self.manners)}"
        percent = readiness(self.scripts.of(head.script), answered(self.unit, [head])[head.id])
        lines = (f"{percent} % ready · {head.status}",)
        here = ref(head.id)
        buttons = (
            Choice("Show the plan", f"show {here}", primary=True),
            Choice("Contradictions", f"ready {here}"),
            _choice("Done", "done", row),
            *_later(row)[:1],
        )
        heading = f"Talks with {head.label} {when}{at}"
        return Item(row, heading, lines, buttons, Preview.TALKS, name=head.supplier)


def _choice(text: str, verb: str, row: Reminder, *, primary: bool = False) -> Choice:
    return Choice(text, words_of(verb, row), primary=primary)


def _later(row: Reminder) -> tuple[Choice, Choice]:
    return _choice("Snooze", "snooze", row), _choice("Reassign", "reassign", row)


def _closed(reading: Reading, row: Reminder, stand: Standing) -> Item | None:
    """A deadline that is over or was met: shown where something was done about it, else not owed any more."""
    if not row.details.get("did"):
        return None
    lines = (
        words.facts(stand, reading.manners, reading.today)[-1],
        words.people(reading.unit, stand.contract),
    )
    details = (_choice("Details for me", "details", row),)
    return Item(row, f"{stand.label}: settled", lines, details, Preview.CONTRACT, name=stand.label)


def _deadline(reading: Reading, row: Reminder, stand: Standing, dates: KeyDates) -> Item:
    """The notice deadline: before, late, or missed."""
    assert dates.deadline is not None
    today, manners, name = reading.today, reading.manners, stand.label
    at = phase(today, dates.deadline.send_by, dates.deadline.clause_date)
    warnings: tuple[str, ...] = ()
    if at == "before":
        heading = f"{name}: {words.send_by(dates, today, manners)}"
        first = words.arrival(dates, manners, today)
    elif at == "late":
        heading = (
            f"{name}: notice is late, it was to be sent by {weekday_day(dates.deadline.send_by, manners)}"
        )
        first = words.arrival(dates, manners, today)
        warnings = ("A faster method may still do, if the contract allows it: ask legal today.",)
    else:
        heading = f"{name}: the deadline of {weekday_day(dates.deadline.clause_date, manners)} was missed"
        first = words.meaning(dates, manners)
        warnings = ("This stays open until the lead has seen it.",)
    return Item(
        row, heading, _deadline_lines(reading, stand, dates, first, missed=at == "missed"),
        _deadline_buttons(row, stand, dates, missed=at == "missed"), Preview.CONTRACT, warnings, name,
    )  # fmt: skip


def _deadline_lines(
    reading: Reading, stand: Standing, dates: KeyDates, first: str, *, missed: bool
) -> tuple[str, ...]:
    who = words.people(reading.unit, stand.contract)
    state = words.decision_state(stand, dates, reading.today)
    last = (f"{who} · {state}" if state else who, words.status(stand, dates))
    if missed:
        return (first, *last)
    return tuple(
        x for x in (first, words.otherwise(dates, reading.manners), words.method(stand.contract), *last) if x
    )


def _deadline_buttons(row: Reminder, stand: Standing, dates: KeyDates, *, missed: bool) -> tuple[Choice, ...]:
    buttons = [_choice("Details for me", "details", row), _choice("Seen", "seen", row)]
    if missed:
        return (*buttons, _choice("Reassign", "reassign", row))
    undecided = stand.decision(dates) is None
    if undecided:
        buttons.append(_choice("Record decision", "decide", row, primary=True))
    sent = "Notice sent + proof" if dates.duty == "notice" else "Request sent + proof"
    buttons.append(_choice(sent, "notice", row, primary=not undecided))
    return (*buttons, *_later(row))


def _contract_day(reading: Reading, row: Reminder, stand: Standing) -> Item:
    """Another day in the life of a contract."""
    contract, manners = stand.contract, reading.manners
    target = date.fromisoformat(row.details["target"])
    when = day(target, reading.today, manners)
    kind = kind_of(row)
    about = {
        "reassess": "time to look at this supplier afresh, before the renewal is decided",
        "decision": "the decision on the renewal is due",
        "end": f"ends on {when}",
        "uplift": f"prices may rise on {when}",
        "review": f"review of commitments on {when}",
    }[kind]
    lines = [words.people(reading.unit, contract)]
    if kind in {"reassess", "decision"} and stand.ahead.deadline is not None:
        said = words.send_by(stand.ahead, reading.today, manners)
        lines.insert(0, said[0].upper() + said[1:])
    if kind == "review" and contract.minimum:
        lines.insert(0, f"Minimum commitment: {contract.minimum}")
    if kind == "uplift" and contract.uplift_rule:
        lines.insert(0, f"Rule: {contract.uplift_rule}")
    act = _choice("Record decision", "decide", row, primary=True) if kind == "decision" else None
    done = None if act else _choice("Done", "done", row, primary=True)
    buttons = [_choice("Details for me", "details", row), act or done, *_later(row)]
    return Item(
        row, f"{label(contract)}: {about}", tuple(lines), tuple(b for b in buttons if b), Preview.CONTRACT,
        name=label(contract),
    )  # fmt: skip
