"""The mark that content gets by what was read for it, not by what somebody thought of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.turn import Mark

if TYPE_CHECKING:
    from storage.unit import Unit


def mark_of(unit: Unit) -> Mark:
    """How far what was made with this unit may travel. A restricted contract goes to the asker alone, like a plan."""
    if unit.owner_part_was_read:
        return Mark.OWNER
    return Mark.PLAN if unit.plan_was_read else mark_of_contracts(unit)


def mark_of_contracts(unit: Unit) -> Mark:
    """The same for what tells of contracts alone: a message to somebody else that is about no plan."""
    if unit.restricted_was_read:
        return Mark.PLAN
    return Mark.INSIDE if unit.contract_was_read else Mark.OPEN
