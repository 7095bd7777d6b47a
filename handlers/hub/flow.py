"""The hub: what a member sees who says nothing but `/prep`. Few statements, whatever the number of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.figures import cut
from handlers.hub.dates import next_dates
from handlers.plan_choice import ref
from handlers.prep.asking import KIND
from handlers.prep.progress import applicable, is_answered, readiness
from handlers.turn import Choice, Choices, Heading, Note, Reply, Text
from storage.progress import answered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.command import Turn
    from handlers.turn import Part
    from storage.plans import PlanHead
    from storage.tables import Conversation

_MOST = 6
_KNOWN = 200  # of one member; who has more is told of these


def hub(turn: Turn) -> Reply:
    """Live plans with how ready they are, an unfinished question, the next dates, and what can be done."""
    heads = turn.unit.plans.live(most=_KNOWN)
    waiting = _waiting(turn, heads)
    label = _label(turn, waiting, heads) if waiting else ""
    waiting = waiting if label else None
    parts: list[Part] = [Heading("Prep"), Text(tuple(_plans(turn, heads)) or ("You have no plan yet.",))]
    if label:
        parts.append(Note((f"A question waits: {label}",)))
    dates = next_dates(turn, heads)
    if dates:
        parts.append(Text(("Next:", *(f"  {line}" for line in dates))))
    parts.append(_buttons(heads, waiting))
    return Reply(tuple(parts))


def _plans(turn: Turn, heads: Sequence[PlanHead]) -> list[str]:
    shown = heads[:_MOST]
    given = answered(turn.unit, shown) if shown else {}
    lines = []
    for head in shown:
        percent = readiness(turn.scripts.of(head.script), given[head.id])
        lines.append(
            f"{cut(head.label, 40)} · {percent} % ready"
            + (f" · {head.status}" if head.status != "preparing" else "")
        )
    if len(heads) > _MOST:
        lines.append(f"and {len(heads) - _MOST} more")
    return lines


def _waiting(turn: Turn, heads: Sequence[PlanHead]) -> Conversation | None:
    """The question that is open, or the latest that was put aside, of a plan that is live."""
    live = {head.id for head in heads}
    rows = [row for row in turn.unit.conversations.all() if row.kind == KIND and row.plan_id in live]
    return next((row for row in rows if row.is_open), rows[0] if rows else None)


def _label(turn: Turn, row: Conversation, heads: Sequence[PlanHead]) -> str:
    """The question that `resume` would ask there; empty where none is left."""
    head = next(head for head in heads if head.id == row.plan_id)
    script = turn.scripts.of(head.script)
    question = script.by_key.get(str(row.state.get("key", "")))
    given = answered(turn.unit, [head])[head.id]
    if question is None or (is_answered(given, question.key) and not _is_asked_again(turn, row)):
        left = [one for one in applicable(script, given) if not is_answered(given, one.key)]
        mine = [one for one in left if head.level == "owner" or not one.owner_only]
        question = next((one for one in mine if one.key not in given), mine[0] if mine else None)
    return cut(f"{head.supplier}: {question.prompt}") if question is not None else ""


def _is_asked_again(turn: Turn, row: Conversation) -> bool:
    """Whether a question that has an answer is open all the same, to change that very answer."""
    sheet = turn.unit.plans.sheet(row.plan_id or 0)
    newest = sheet.answers().get(str(row.state["key"])) if sheet is not None else None
    return newest is not None and newest.number == row.state.get("seen")


def _buttons(heads: Sequence[PlanHead], waiting: Conversation | None) -> Choices:
    options = []
    if waiting is not None and waiting.plan_id is not None:
        options.append(Choice("Resume", f"resume {ref(waiting.plan_id)}", primary=True))
    options += [Choice(cut(head.supplier, 30), f"show {ref(head.id)}") for head in heads[:_MOST]]
    options += [
        *([Choice("All plans", "plans")] if len(heads) > _MOST else []),
        Choice("New plan", "new", primary=not heads),
        Choice("Renewals", "renewals"),
        Choice("Help", "help"),
    ]
    return Choices(tuple(options))


HUB = Command("hub", hub, also=("home", "start"), reads=True)
COMMANDS = (HUB,)
