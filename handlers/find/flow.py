"""`find WORDS`: in the names and texts of the plans, and in the contracts, that the member may see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.contracts.find import ref as contract_ref
from handlers.errors import Misread, Unknown
from handlers.plan_choice import ref
from handlers.reading.names import match
from handlers.reading.plain import excerpt, shortened, since
from handlers.turn import Choice, Choices, Heading, Reply, Text
from handlers.writing import full_day
from storage.search import search_plans

if TYPE_CHECKING:
    from handlers.command import Turn
    from storage.plans import PlanHead
    from storage.search import Hit
    from storage.tables import Contract

_MOST_WORDS, _LONGEST_WORD, _LONGEST = 6, 60, 300
_PLANS, _HITS, _LINES = 5, 3, 12
_COLUMNS = 64
_FOR = re.compile(r"^(?:for|about)\s+(?=\S)", re.IGNORECASE)
_EXAMPLE = "find payment terms"
_NAMES = {"alternative": "way without them", "question": "to ask", "open": "open point"}


def find(turn: Turn) -> Reply:
    """What holds all the words, plan by plan; a plan's name may be mistyped."""
    turn.rest = _FOR.sub("", turn.rest, count=1)
    words = _words(turn.rest)
    hits = search_plans(turn.unit, words)
    heads = _heads(turn, hits, turn.rest)
    contracts = [row for row in turn.unit.contracts.all() if _fits(row, words)]
    if not heads and not contracts:
        raise Unknown(
            f"Nothing that you can read holds {' and '.join(words)}.",
            example="find Acme, or “plans” for all of yours",
        )
    lines = [line for head in heads[:_PLANS] for line in _plan(head, hits, words)]
    lines += [_contract(turn, row) for row in contracts[:_PLANS]]
    rest = len(heads[_PLANS:]) + len(contracts[_PLANS:])
    if len(lines) > _LINES or rest:
        lines = [*lines[: _LINES - 1], "There is more: another word narrows it down."]
    choices = [Choice(shortened(head.label, 30), f"show {ref(head.id)}") for head in heads[:_PLANS]]
    choices += [
        Choice(shortened(f"{row.supplier} contract", 30), f"contract show {contract_ref(row)}")
        for row in contracts[:_PLANS]
    ]
    return Reply(
        (Heading(f"Found: {shortened(' '.join(words), 40)}"), Text(tuple(lines)), Choices(tuple(choices)))
    )


def _words(text: str) -> list[str]:
    if len(text) > _LONGEST:
        raise Misread(
            "That is too long to look for.", understood=f"I read {excerpt(text)}.", example=_EXAMPLE
        )
    words = [word for word in (part.strip("\"'“”,;?!") for part in text.split()) if word]
    if not words or not any(c.isalnum() for c in text):
        raise Misread("What shall I look for?", example=_EXAMPLE)
    return list(dict.fromkeys(word[:_LONGEST_WORD] for word in words[:_MOST_WORDS]))


def _heads(turn: Turn, hits: list[Hit], text: str) -> list[PlanHead]:
    """The plans with hits in the order of how many; a plan that is only called nearly so comes last."""
    plans = turn.unit.plans
    counts: dict[int, int] = {}
    for hit in hits:
        counts[hit.plan_id] = counts.get(hit.plan_id, 0) + (10 if hit.kind == "name" else 1)
    names = plans.names()
    latest = {plan_id: place for place, plan_id in enumerate(names)}
    near = [plan_id for plan_id in match(text, names).several if plan_id not in counts]
    ids = [*sorted(counts, key=lambda each: (-counts[each], latest.get(each, len(latest)))), *near]
    return [head for head in map(plans.head, ids[: 2 * _PLANS]) if head is not None]


def _plan(head: PlanHead, hits: list[Hit], words: list[str]) -> list[str]:
    lines = [shortened(f"{head.label} ({head.status})", _COLUMNS)]
    mine = [hit for hit in hits if hit.plan_id == head.id and hit.kind != "name"]
    lines += [
        shortened(f"  {_NAMES.get(hit.kind, hit.kind)}: {_around(hit.text, words)}", _COLUMNS)
        for hit in mine[:_HITS]
    ]
    if len(mine) > _HITS:
        lines.append(f"  and {len(mine) - _HITS} more")
    return lines


def _around(text: str, words: list[str]) -> str:
    """The part of a text in which the first word stands, on one line."""
    line = " ".join(text.split()).strip(" ·")
    found = re.search(re.escape(words[0]), line, re.IGNORECASE)
    return since(line, max(0, found.start() - 15) if found else 0)


def _contract(turn: Turn, row: Contract) -> str:
    end = f", ends {full_day(row.end, turn.manners)}" if row.end else ""
    return shortened(f"Contract: {row.supplier}{' ' + row.title if row.title else ''}{end}", _COLUMNS)


def _fits(row: Contract, words: list[str]) -> bool:
    fields = (
        row.supplier,
        row.normal,
        row.title,
        row.number,
        row.method,
        row.uplift_rule,
        row.minimum,
        row.in_use,
    )
    whole = " ".join(fields).casefold()
    return all(word.casefold() in whole for word in words)


COMMANDS = (Command("find", find, also=("search",), reads=True, whole=lambda _: False),)
