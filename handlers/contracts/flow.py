"""Contracts: add, show, list, and what comes due."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.contracts import words
from handlers.contracts.adding import add
from handlers.contracts.changing import CHANGES, change
from handlers.contracts.dates import calendar_of, label, standing
from handlers.contracts.deciding import VERBS, act, to_record
from handlers.contracts.find import find, ref
from handlers.contracts.renewals import renewals
from handlers.contracts.whole import is_horizon, is_whole
from handlers.figures import cut
from handlers.turn import Audience, Choice, Choices, Heading, Note, Reply, Text, Via, Warn, say
from handlers.writing import day

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.contracts.dates import Standing
    from storage.tables import Contract

_MOST = 11
_TOLD = re.compile(r"^[^:]{1,80}:.*\b(?:ends?|until|to)\s+\S*\d", re.IGNORECASE | re.DOTALL)


def contract(turn: Turn) -> Reply:
    """`contract add / set / show / list / details`; a bare name is shown."""
    word, _, rest = turn.rest.partition(" ")
    verb = word.casefold().rstrip(":")
    if verb in CHANGES:
        return change(turn, rest.strip())
    if verb == "add" or (turn.values is not None and verb not in VERBS):
        turn.rest = rest.strip()
        return add(turn)
    if verb in {"list", "all"} or (not turn.rest and not _is_about_one(turn)):
        return listed(turn)
    if verb in VERBS:
        return act(turn, verb, rest.strip())
    if verb == "details":
        return details_of(turn, find(turn, rest.strip(), "contract details"))
    if _adds(turn.rest):
        return add(turn)
    return show(turn, rest.strip() if verb == "show" else turn.rest)


def _adds(rest: str) -> bool:
    """Whether a contract is told though `add` was left out: `contract Acme: end 2027-06-30`."""
    return _TOLD.search(rest) is not None and rest.partition(" ")[0].casefold() not in {"show", "details"}


def _is_about_one(turn: Turn) -> bool:
    here = turn.incoming.place.id
    return not turn.is_direct and sum(row.channel == here for row in turn.unit.contracts.all()) == 1


def standing_of(turn: Turn, row: Contract) -> Standing:
    """A contract as it stands on the member's day."""
    records = turn.unit.contracts.records([row])[row.id]
    return standing(row, records, calendar_of(turn.settings), turn.today)


def audience(turn: Turn) -> Audience:
    """A mention is answered to everybody there (the gate allows it or not), unless something restricted was read."""
    for_all = turn.incoming.via is Via.MENTION and not turn.unit.restricted_was_read
    return Audience.PLACE if for_all else Audience.ASKER


def show(turn: Turn, said: str) -> Reply:
    """One contract with its dates."""
    row = find(turn, said)
    stand = standing_of(turn, row)
    lines = [*words.facts(stand, turn.manners, turn.today), *([words.method(row)] if row.method else [])]
    lines += [
        words.people(turn.unit, row),
        *([words.status(stand, stand.now)] if stand.records and not stand.notice else []),
        *_places(row),
    ]
    parts: list[Heading | Text | Warn | Choices] = [Heading(label(row)), Text(tuple(lines))]
    if stand.missed:
        parts.append(Warn((words.missed_line(stand, turn.manners),)))
    buttons = [Choice("Details for me", f"contract details {ref(row)}", primary=True)]
    from handlers.reminders.pressing import may_decide

    if may_decide(turn, row):
        buttons += [*to_record(row, stand), Choice("Correct it", f"contract set {ref(row)}")]
    parts.append(Choices((*buttons, Choice("All renewals", "renewals"))))
    return Reply(tuple(parts), audience=audience(turn), supplier=row.normal)


def _places(row: Contract) -> list[str]:
    where = "Restricted: owner, backup and leads only" if row.restricted else ""
    channel = f"Reminders in #{row.channel_name or row.channel}" if row.channel and not row.restricted else ""
    number = f"Number {row.number}" if row.number else ""
    ladder = f"Reminded {', '.join(map(str, row.ladder))} days before" if row.ladder else ""
    return [line for line in (number, row.link, channel, ladder, where) if line]


def details_of(turn: Turn, row: Contract) -> Reply:
    """For the asker alone: when a tender has to start, what was decided, how the dates follow."""
    from handlers.reminders.pressing import may_decide

    stand = standing_of(turn, row)
    dates = stand.ahead if stand.now.deadline is None or stand.missed else stand.now
    lines = words.details(stand, dates, turn.manners, turn.today, full=may_decide(turn, row))
    return Reply((Heading(f"{label(row)}: details"), Text(tuple(lines))), supplier=row.normal)


def listed(turn: Turn) -> Reply:
    """All contracts that the member may see."""
    rows = turn.unit.contracts.all()
    if not rows:
        return say(
            "There is no contract yet that you can see.",
            "For example: contract add Acme: start 2026-07-01, end 2028-06-30, notice 90 days",
        )
    shown = [row for row in rows if not row.ended][:_MOST]
    records, calendar = turn.unit.contracts.records(shown), calendar_of(turn.settings)
    lines = tuple(_line(turn, standing(row, records[row.id], calendar, turn.today)) for row in shown)
    more = len(rows) - len(shown)
    note = (
        (Note((f"and {more} more: name one, as in “contract show {cut(rows[0].supplier, 20)}”",)),)
        if more
        else ()
    )
    buttons = Choices((Choice("What comes due", "renewals", primary=True),))
    return Reply((Heading("Contracts"), Text(lines), *note, buttons), audience=audience(turn))


def _line(turn: Turn, stand: Standing) -> str:
    """`Acme housings: to 30 Jun 2028`, the end of the term that runs."""
    restricted = " · restricted" if stand.contract.restricted else ""
    return f"{cut(stand.label, 40)}: to {day(stand.now.term_end, turn.today, turn.manners)}{restricted}"


def _reads(rest: str) -> bool:
    return rest.partition(" ")[0].casefold().rstrip(":") not in {"add", *CHANGES, *VERBS} and not _adds(rest)


COMMANDS = (
    Command("contract", contract, also=("contracts", "agreement"), reads=_reads, fits=is_whole),
    Command(
        "renewals",
        renewals,
        also=("renewal", "deadlines"),
        reads=True,
        whole=is_horizon,
    ),
)
