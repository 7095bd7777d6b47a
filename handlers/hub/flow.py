"""The hub: what a member sees who says nothing but `/prep`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.plan_choice import ref
from handlers.turn import Choice, Choices, Heading, Reply, Text

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.turn import Part


def hub(turn: Turn) -> Reply:
    """Live plans, and what can be started."""
    plans = turn.unit.plans.live(most=5)
    lines = tuple(f"{plan.label} ({plan.status})" for plan in plans)
    parts: list[Part] = [Heading("Prep"), Text(lines or ("You have no plan yet.",))]
    options = [Choice(plan.supplier, f"show {ref(plan.id)}") for plan in plans]
    parts.append(Choices((*options, Choice("New plan", "new", primary=not plans), Choice("Help", "help"))))
    return Reply(tuple(parts))


HUB = Command("hub", hub, also=("home", "plans", "start"), reads=True)
COMMANDS = (HUB,)
