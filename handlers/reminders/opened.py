"""The warning that a channel was opened to outsiders, in words, for the owner of what is linked to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.contracts.dates import label
from handlers.figures import cut
from handlers.plan_choice import ref
from handlers.turn import Choice

if TYPE_CHECKING:
    from storage.plans import PlanHead
    from storage.tables import Cadence, Contract, Reminder
    from storage.unit import Unit

SUBJECT, KIND = "channel", "opened"  # `subject_id` is the owner's
DEFAULT = "default"  # what is linked, where it is the workspace's default channel
_WHY = {
    "shared": "It is shared with another company.",
    "people": "Somebody is in it who is a guest, of another company, or on the list of people who count as outside.",
    "unknown": "I cannot tell any more who is in it.",
}
_DEFAULT = (
    "It is the default channel here: what they must not read goes to its owners, as long as they are there."
)
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


def cadences_of(unit: Unit, row: Reminder) -> list[Cadence]:
    """The reader's own check-ins among those that named it."""
    found = unit.regular.cadences(row.details.get("cadences", ()))
    return [
        found[i] for i in sorted(found) if found[i].owner_id == unit.seat.member_id and not found[i].stopped
    ]


def keepers_of(settings: dict[str, Any]) -> tuple[str, ...]:
    """Whom the default channel concerns, by the platform's ids: the leads, else whoever installed Prep."""
    installer = settings.get("installer")
    return tuple(settings.get("leads", ())) or ((installer,) if installer else ())


def is_default(unit: Unit, row: Reminder) -> bool:
    """Whether it is the workspace's default channel, and that concerns the reader."""
    settings = unit.seat.workspace_settings
    here = settings.get("default_channel") == row.details["channel"]
    return here and bool(row.details.get("defaults")) and row.address in keepers_of(settings)


def heading_of(row: Reminder) -> str:
    """`People from outside may read #acme now`."""
    return f"People from outside may read #{row.details['name'] or row.details['channel']} now"


def lines_of(
    row: Reminder,
    plans: list[PlanHead],
    contracts: list[Contract],
    cadences: list[Cadence],
    *,
    default: bool,
) -> tuple[str, ...]:
    """Why it is open, and what of the reader's is linked to it."""
    about = tuple(f"Your plan {head.label} is about this channel." for head in plans)
    named = tuple(
        f"Your contract {label(row)} names it: its reminders come to you alone, as long as they are there."
        for row in contracts
    )
    regular = tuple(
        f"Your check-in with {one.supplier} is announced there: it comes to you alone, as long as they are there."
        for one in cadences
    )
    posted = (_DEFAULT,) if default else ()
    return (_why(row), *about, *named, *regular, *posted)


def _why(row: Reminder) -> str:
    """People are named as the platform names them, to whoever reads it."""
    changed = [f"<@{name}>" for name in row.details.get("changed", ())]
    if not changed:
        return _WHY[row.details["why"]]
    count = "counts" if len(changed) == 1 else "count"
    return f"{', '.join(changed)} {count} as outside now: a guest, of another company, or on the list of such people."


def warnings_of() -> tuple[str, ...]:
    """What the owner should know besides."""
    return (_BEFORE,)


def buttons_of(plans: list[PlanHead]) -> tuple[Choice, ...]:
    """To look at the plans."""
    if len(plans) == 1:
        return (Choice("Show the plan", f"show {ref(plans[0].id)}", primary=True),)
    return tuple(Choice(cut(f"Show {head.label}", 40), f"show {ref(head.id)}") for head in plans[:5])
