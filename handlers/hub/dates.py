"""The next dates on the hub. A feature with dates of its own adds a source to `SOURCES`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from handlers.figures import cut
from handlers.writing import day, has_passed, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from handlers.command import Turn
    from storage.plans import PlanHead
    from storage.tables import Contract, Reminder

_MOST = 4
_LOOKED_AT = 20
_SEND = {"automatic": "notice must be sent", "on request": "renewal must be asked for"}


@dataclass(frozen=True, slots=True)
class HubDate:
    """Something that is coming: when (aware UTC, for the order), and how it is said on one line."""

    when: datetime
    line: str


def talks(turn: Turn, heads: Sequence[PlanHead]) -> Iterable[HubDate]:
    """The talks that are still to come."""
    for head in heads:
        if head.talks_at is not None and not has_passed(head.talks_at, turn.now, turn.manners):
            yield HubDate(
                head.talks_at, f"{moment(head.talks_at, turn.now, turn.manners)} talks with {head.supplier}"
            )


def after_the_deal(turn: Turn, _heads: Sequence[PlanHead]) -> Iterable[HubDate]:
    """Days by which notice is to be sent, ends of contracts and check-ins, as far as the member may see them."""
    rows = turn.unit.reminders.coming(_LOOKED_AT)
    ids = {
        subject: [r.subject_id for r in rows if r.subject == subject] for subject in ("contract", "cadence")
    }
    contracts = turn.unit.contracts.these(ids["contract"])
    cadences = turn.unit.regular.cadences(ids["cadence"])
    for row in rows:
        if row.subject == "contract" and row.subject_id in contracts:
            yield _contract_date(turn, row, contracts[row.subject_id])
        elif row.subject == "cadence" and row.subject_id in cadences:
            name = cadences[row.subject_id].title or f"check-in with {cadences[row.subject_id].supplier}"
            yield HubDate(row.due_at, f"{moment(row.due_at, turn.now, turn.manners)} {name}")


def _contract_date(turn: Turn, row: Reminder, contract: Contract) -> HubDate:
    target, name = date.fromisoformat(row.details["target"]), f"{contract.supplier} {contract.title}".strip()
    what = "ends" if row.kind == "end" else _SEND.get(contract.renewal, _SEND["automatic"])
    late = ", it is late" if row.kind == "notice" and target < turn.today else ""
    when = datetime.combine(target, time(), turn.manners.tz)
    return HubDate(when.astimezone(UTC), f"{day(target, turn.today, turn.manners)} {name}: {what}{late}")


SOURCES: tuple[Callable[[Turn, Sequence[PlanHead]], Iterable[HubDate]], ...] = (talks, after_the_deal)


def next_dates(turn: Turn, heads: Sequence[PlanHead]) -> list[str]:
    """The next few dates, the soonest first."""
    found = [one for source in SOURCES for one in source(turn, heads)]
    return [cut(one.line) for one in sorted(found, key=lambda one: one.when)[:_MOST]]
