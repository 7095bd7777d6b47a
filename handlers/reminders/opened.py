"""The warning that a channel was opened to outsiders, in words, for the owner of what is linked to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.contracts.dates import label
from handlers.figures import cut
from handlers.plan_choice import ref
from handlers.turn import Choice

if TYPE_CHECKING:
    from storage.plans import PlanHead
    from storage.tables import Contract, Reminder
    from storage.unit import Unit

SUBJECT, KIND = "channel", "opened"  # `subject_id` is the owner's
_WHY = {
    "shared": "It is shared with another company.",
    "people": "Somebody is in it who is a guest, of another company, or on the list of people who count as outside.",
    "unknown": "I cannot tell any more who is in it.",
}
_BEFORE = (
    "What was posted there before can be read by them as well. Confidential answers do not go there any more."
)


def plans_of(unit: Unit, row: Reminder) -> list[PlanHead]:
    """The reader's own plans among those that were linked."""
    found = [unit.plans.head(plan_id) for plan_id in row.details["plans"]]
    return [head for head in found if head is not None and head.level == "owner"]


def contracts_of(unit: Unit, row: Reminder) -> list[Contract]:
    """The reader's own contracts among those that named it."""
    found = unit.contracts.these(row.details["contracts"])
    return [found[i] for i in sorted(found) if found[i].owner_id == unit.seat.member_id]


def heading_of(row: Reminder) -> str:
    """`People from outside may read #acme now`."""
    return f"People from outside may read #{row.details['name'] or row.details['channel']} now"


def lines_of(row: Reminder, plans: list[PlanHead], contracts: list[Contract]) -> tuple[str, ...]:
    """Why it is open, and what of the reader's is linked to it."""
    about = tuple(f"Your plan {head.label} is about this channel." for head in plans)
    named = tuple(
        f"Your contract {label(row)} names it: its reminders come to you alone, as long as they are there."
        for row in contracts
    )
    return (_WHY[row.details["why"]], *about, *named)


def warnings_of() -> tuple[str, ...]:
    """What the owner should know besides."""
    return (_BEFORE,)


def buttons_of(plans: list[PlanHead]) -> tuple[Choice, ...]:
    """To look at the plans."""
    if len(plans) == 1:
        return (Choice("Show the plan", f"show {ref(plans[0].id)}", primary=True),)
    return tuple(Choice(cut(f"Show {head.label}", 40), f"show {ref(head.id)}") for head in plans[:5])
