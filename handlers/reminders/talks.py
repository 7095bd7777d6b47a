"""The days before talks: a countdown to the owner and readers of a plan, each in private, never to a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.plans import LIVE
from storage.reminders import Owed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from storage.book import PlanBook
    from storage.unit import Unit

PLAN = "plan"


def owe_changed_talks(unit: Unit) -> None:
    """Owe anew for every plan whose talks, readers or status changed in this turn. The core calls it after each flow."""
    for book in unit.books:
        if book.reminders_changed:
            owe_talks(unit, book)


def owe_talks(unit: Unit, book: PlanBook) -> None:
    """Owe the countdown of a plan to each of its readers, and nothing else about it any more."""
    plan = book.plan
    unit.reminders.cancel(PLAN, plan.id)
    if plan.talks_at is None or plan.archived or plan.status not in LIVE:
        return
    unit.reminders.owe(
        countdowns(unit, plan.id, plan.talks_at, [access.member_id for access in book.readers()])
    )


def countdowns(unit: Unit, plan_id: int, at: datetime, readers: Iterable[int]) -> list[Owed]:
    """The days before talks at a moment, for each of these members at their own hour."""
    from handlers.reminders.places import member_spot  # what few turns need is loaded by them
    from handlers.reminders.rules import countdown

    rows = []
    for member in filter(None, map(unit.colleagues.by_id, readers)):
        spot = member_spot(unit, member)
        for rung in countdown(spot.posting.today(at), spot.posting, unit.now):
            if rung.moment < at:
                occurrence = f"{at.isoformat()}/{rung.days_before}/{member.id}"
                rows.append(Owed(PLAN, plan_id, "talks", occurrence, spot.address, spot.direct, rung.moment))
    return rows
