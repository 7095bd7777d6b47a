"""What is owed next, once something was sent: the repeat of what nobody acknowledged, the next of what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from handlers.contracts.dates import calendar_of, standing
from handlers.dates.rule_text import rule_from
from handlers.reminders import digest
from handlers.reminders.digest import owe_digest
from handlers.reminders.items import kind_of
from handlers.reminders.owing import CONTRACT, owe_contract
from handlers.reminders.places import channel_spot, contract_spot, member_spot
from handlers.reminders.rules import Window, next_moments, next_repeat
from storage.reminders import Owed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.reminders.places import Spot
    from handlers.reminders.rules import Reader, Repeat
    from storage.tables import Cadence, Contract, Member, OwnReminder, Reminder
    from storage.unit import Unit

DIGEST = digest.SUBJECT
CHECKIN, OWN = "cadence", "own"


def has_follow_up(row: Reminder) -> bool:
    """Whether anything may be owed after this row was sent."""
    return row.subject in {CHECKIN, CONTRACT, DIGEST} or (row.subject == OWN and "day" in row.details)


def follow_up(unit: Unit, row: Reminder) -> None:
    """Owe what follows from this row having been sent now. `unit` sees what the addressee sees."""
    if row.subject == CHECKIN:
        cadence = unit.regular.cadence(row.subject_id, row.address)
        if cadence is not None:
            owe_cadence(unit, cadence)
    elif row.subject == OWN and "day" in row.details:
        own = unit.regular.own_these([row.subject_id], row.address).get(row.subject_id)
        if own is not None and "once" not in own.rule:
            owe_own(unit, own)
    elif row.subject == DIGEST:
        owe_digest(unit, row.details.get("tried", [row.address])[0])
    elif row.subject == CONTRACT:
        contract = unit.contracts.find(row.subject_id)
        if contract is not None:
            _after_contract(unit, contract, row)


def _after_contract(unit: Unit, contract: Contract, row: Reminder) -> None:
    if row.kind in {"uplift", "end"} or row.details.get("step") == "missed":
        owe_contract(unit, contract)
    if row.details.get("leads") if row.kind == "repeat" else kind_of(row) == "notice":
        owe_repeat(unit, contract, row)


def owe_repeat(unit: Unit, contract: Contract, row: Reminder, posted: datetime | None = None) -> None:
    """Owe the next repeat of a deadline, to whoever is to be told by then. There is one chain of repeats at a time.

    `row` went out at `posted` (now, where not given).
    """
    spot = contract_spot(unit, contract)
    end = date.fromisoformat(row.details["term_end"])
    records = unit.contracts.records([contract])[contract.id]
    today = spot.posting.today(unit.now)
    dates = standing(contract, records, calendar_of(spot.settings), today).of_term(end)
    if dates.deadline is None or dates.term_end != end:
        return
    window = Window(dates.deadline.send_by, dates.deadline.clause_date)
    every = spot.settings.repeat_days
    since = spot.posting.today(posted or unit.now)
    repeat = next_repeat(since, _repeats(unit, contract, end, row), spot.posting, window, every)
    late = _still_owed(unit, row) if posted is None else []
    unit.reminders.cancel(CONTRACT, contract.id, ["repeat"])
    unit.reminders.owe(late)
    if repeat is not None:
        unit.reminders.owe(_Repeating(unit, contract, spot, row).rows(repeat))


def _still_owed(unit: Unit, row: Reminder) -> list[Owed]:
    """The same repeat for those whose morning is later, or whom it has not reached yet."""
    if row.kind != "repeat":
        return []
    which = row.occurrence.rpartition("/")[0]
    about = unit.reminders.about(row.subject, row.subject_id)
    return [
        Owed(
            r.subject, r.subject_id, r.kind, r.occurrence, r.address, r.direct, r.due_at, r.repeats, r.details
        )
        for r in about
        if r.status == "pending"
        and r.kind == "repeat"
        and r.id != row.id
        and r.occurrence.rpartition("/")[0] == which
    ]


def _repeats(unit: Unit, contract: Contract, end: date, row: Reminder) -> int:
    """How often it was repeated since anybody acknowledged it."""
    about = unit.reminders.about(CONTRACT, contract.id)
    same = [r for r in about if r.status == "sent" and r.details.get("term_end") == end.isoformat()]
    return max((r.repeats for r in (*same, row)), default=0)


@dataclass(frozen=True, slots=True)
class _Repeating:
    """The rows of one repeat. The first of them owes the next one, once it was sent."""

    unit: Unit
    contract: Contract
    spot: Spot
    row: Reminder

    def rows(self, repeat: Repeat) -> list[Owed]:
        spots = {(spot.address, spot.direct): spot for reader in repeat.to for spot in self._spots(reader)}
        return [
            Owed(
                CONTRACT,
                self.contract.id,
                "repeat",
                f"{self.row.details['term_end']}/{repeat.day.isoformat()}/{repeat.number}/{spot.address}",
                spot.address,
                spot.direct,
                spot.posting.not_before(repeat.day, self.unit.now),
                repeats=repeat.number,
                details={**_kept(self.row), "leads": number == 0},
            )
            for number, spot in enumerate(spots.values())
        ]

    def _spots(self, reader: Reader) -> list[Spot]:
        if reader == "place":
            return [self.spot]
        if reader == "backup":
            return self._members([self.contract.backup_id])
        leads = [self.unit.colleagues.by_external(name) for name in self.spot.settings.leads]
        found = [member_spot(self.unit, member) for member in leads if member is not None]
        return found or self._members([self.contract.owner_id])

    def _members(self, ids: Sequence[int | None]) -> list[Spot]:
        members: list[Member | None] = [self.unit.colleagues.by_id(i) for i in ids if i is not None]
        return [member_spot(self.unit, member) for member in members if member is not None]


def _kept(row: Reminder) -> dict[str, str]:
    return {key: row.details[key] for key in ("term_end", "target", "step") if key in row.details}


def _owner_id(what: Cadence | OwnReminder) -> int:
    return cast("OwnReminder", what).member_id if _is_own(what) else cast("Cadence", what).owner_id


def _is_own(what: Cadence | OwnReminder) -> bool:
    return hasattr(what, "member_id")  # it may be a plain row that was read for many at once


def regular_spot(unit: Unit, what: Cadence | OwnReminder) -> Spot:
    """The channel of something regular, else the direct message of its owner."""
    if what.channel:
        return channel_spot(unit, what.channel)
    owner = unit.colleagues.by_id(_owner_id(what))
    assert owner is not None  # the database keeps owners
    return member_spot(unit, owner)


def owe_cadence(unit: Unit, cadence: Cadence) -> Owed | None:
    """Owe the next check-in, and no other one."""
    return _owe_next(unit, cadence, regular_spot(unit, cadence), CHECKIN)


def owe_own(unit: Unit, own: OwnReminder) -> Owed | None:
    """Owe the next of a reminder of one's own: once, or as its rule says."""
    spot = regular_spot(unit, own)
    once = own.rule.get("once")
    if once is None:
        return _owe_next(unit, own, spot, OWN)
    due = datetime.fromisoformat(once).astimezone(UTC)
    row = Owed(OWN, own.id, "own", due.isoformat(), spot.address, spot.direct, due)
    unit.reminders.owe([row])
    return row


def _owe_next(unit: Unit, what: Cadence | OwnReminder, spot: Spot, subject: str) -> Owed | None:
    kind = "checkin" if subject == CHECKIN else "own"
    unit.reminders.cancel(subject, what.id, [kind])
    moments = [] if what.stopped else next_moments(rule_from(what.rule), spot.posting, unit.now, 1)
    for moment in moments:
        row = regular_row(what, spot, spot.posting.today(moment), moment)
        unit.reminders.owe([row])
        return row
    return None


def regular_row(what: Cadence | OwnReminder, spot: Spot, on: date, due: datetime) -> Owed:
    """One day of something regular as it is owed."""
    subject, kind = (OWN, "own") if _is_own(what) else (CHECKIN, "checkin")
    day = on.isoformat()
    return Owed(subject, what.id, kind, day, spot.address, spot.direct, due, details={"day": day})
