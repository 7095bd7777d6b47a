"""The days before talks: a countdown to the owner and readers of a plan, each in private, never to a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.plans import LIVE
from storage.reminders import Owed

if TYPE_CHECKING:
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
    from handlers.reminders.places import member_spot  # what few turns need is loaded by them
    from handlers.reminders.rules import countdown

    rows = []
    for access in book.readers():
        member = unit.colleagues.by_id(access.member_id)
        if member is None:
            continue
        spot = member_spot(unit, member)
        for rung in countdown(spot.posting.today(plan.talks_at), spot.posting, unit.now):
            if rung.moment < plan.talks_at:
                occurrence = f"{plan.talks_at.isoformat()}/{rung.days_before}/{member.id}"
                rows.append(Owed(PLAN, plan.id, "talks", occurrence, spot.address, spot.direct, rung.moment))
    unit.reminders.owe(rows)
