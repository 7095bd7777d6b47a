"""`dates`: the days of one plan, and of what is signed with that supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.contracts.dates import calendar_of, standing
from handlers.contracts.find import ref as contract_ref
from handlers.figures import Figures, cut
from handlers.plan_choice import choose, ref
from handlers.reading.names import normal
from handlers.turn import Choice, Choices, Heading, Note, Reply, Text
from handlers.writing import moment, weekday_day

if TYPE_CHECKING:
    from handlers.command import Turn
    from storage.sheet import PlanSheet
    from storage.tables import Contract

_MOST = 3


def dates(turn: Turn) -> Reply:
    """When the talks are, by when it is to be decided and needed, and when a contract with them has to be seen to."""
    head, _ = choose(turn, bare=True)
    sheet = turn.unit.plans.sheet_of(head)
    contracts = _contracts(turn, {normal(sheet.plan.supplier)})
    lines = [*_own(turn, sheet), *(line for row in contracts if (line := _contract(turn, row)))]
    name = cut(sheet.plan.supplier, 24)
    hint = () if sheet.plan.talks_at else (Note((f"When you talk: set {name}: talks 2026-04-01 10:00",)),)
    options = (
        Choice("Show the plan", f"show {ref(head.id)}"),
        *(
            Choice(cut(f"Contract {row.title}".strip(), 30), f"contract show {contract_ref(row)}")
            for row in contracts
        ),
    )
    text = Text(tuple(lines) or ("No day is set in this plan.",))
    return Reply((Heading(f"{cut(head.label, 50)} · dates"), text, *hint, Choices(options)))


def _own(turn: Turn, sheet: PlanSheet) -> list[str]:
    plan = sheet.plan
    figures = Figures.of(plan, turn.manners, turn.today)
    return [
        *([f"Talks: {moment(plan.talks_at, turn.now, turn.manners)}"] if plan.talks_at else []),
        *([f"To be decided by {figures.day(plan.decide_by)}"] if plan.decide_by else []),
        *([f"Needed by {figures.day(plan.need_by)}"] if plan.need_by else []),
    ]


def _contracts(turn: Turn, names: set[str]) -> list[Contract]:
    return [row for row in turn.unit.contracts.live() if row.normal in names and row.end][:_MOST]


def _contract(turn: Turn, row: Contract) -> str:
    records = turn.unit.contracts.records([row])[row.id]
    ahead = standing(row, records, calendar_of(turn.settings), turn.today).ahead
    when = ahead.deadline.send_by if ahead.deadline else ahead.term_end
    what = {"notice": "send notice by", "request": "ask for renewal by"}.get(ahead.duty, "ends on")
    return f"Contract{' ' + row.title if row.title else ''}: {what} {weekday_day(when, turn.manners)}"
