"""`undo`: takes back one's own last change of a plan. The log keeps both an entry and that it was taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.concessions.moves import moves_text
from handlers.concessions.rules import effective
from handlers.errors import Refused, Unknown
from handlers.facts import gather
from handlers.figures import cut
from handlers.plan_choice import open_book, ref
from handlers.turn import Choice, Choices, Reply, Text
from storage.changes import forget, last_change, take_back
from storage.tables import Concession, Term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from handlers.command import Turn
    from storage.book import PlanBook
    from storage.tables import PlanChange

_LAST = re.compile(
    r"^(?:(?:that|it|the|my|last|latest|change|entry|move|one|in|of|for)\b\s*)+|\s+(?:last|latest)(?: \w+)?$",
    re.I,
)
"""`undo my last change in acme`: words that name no plan."""
_NAMED = {"term": "name", "alternative": "name", "answer": "key", "stakeholder": "role", "list_item": "text"}
_WORDS = {
    "list_item": "entry",
    "plan_channel": "the channel",
    "plan_name": "",
    "trade": "a trade",
    "mandate": "the mandate",
}


def undo(turn: Turn) -> Reply:
    """Take back the member's own last change of a plan."""
    book, _ = open_book(turn, words=_LAST.sub("", turn.rest).strip(), bare=True, to_edit=True)
    while (change := last_change(book)) is not None:
        if not any(row["table"] == "concession" for row in change.rows):
            return _reverted(book, change)
        forget(book, change)
        entry = _last_entry(turn, book)
        if entry is not None:
            return _said(book, _take_back(turn, book, entry), "Show log", "log")
    raise Unknown(
        "You have changed nothing here that I could take back.",
        example=f"edit {cut(book.plan.supplier, 40)} (lists the answers, whoever gave them)",
    )


def _said(book: PlanBook, text: str, label: str, words: str) -> Reply:
    return Reply((Text((cut(text, 200),)), Choices((Choice(label, f"{words} {ref(book.plan.id)}"),))))


def _reverted(book: PlanBook, change: PlanChange) -> Reply:
    """Every row as it was before. What somebody changed since is not lost by that."""
    what = ", ".join(dict.fromkeys(_told(change.rows))) or "your last change"
    if not take_back(book, change):
        raise Refused(
            f"That was changed again since, so I leave it as it is now: {cut(what, 120)}.",
            example=f"edit {cut(book.plan.supplier, 40)}",
        )
    return _said(book, f"Taken back: {what}.", "Show the plan", "show")


def _told(rows: list[dict[str, Any]]) -> Iterator[str]:
    """What was changed, by its names: never the figures."""
    for row in rows:
        table, cells = row["table"], row["before"] or row["after"]
        if table == "offer":
            yield f"the last offer that you recorded ({cells['side']})"
        elif table == "plan":
            changed = [name for name, value in cells.items() if value != (row["after"] or {}).get(name)]
            yield from (name.removesuffix("_at").replace("_", " ") for name in changed if name != "status")
        elif table in _NAMED:
            yield f"{_WORDS.get(table, table)} {cut(str(cells[_NAMED[table]]), 40)}"
        elif word := _WORDS.get(table, table):
            yield word


def _last_entry(turn: Turn, book: PlanBook) -> Concession | None:
    """The member's newest entry that counts."""
    counting = {entry.number for entry in effective(gather(book, turn.settings).log)}
    own = [
        row
        for row in book.rows(Concession)
        if row.member_id == turn.unit.seat.member_id and row.number in counting
    ]
    return max(own, key=lambda row: row.number, default=None)


def _take_back(turn: Turn, book: PlanBook, row: Concession) -> str:
    """An entry is taken back by an empty correction; a correction by one that says again what it had replaced."""
    before = next((one for one in book.rows(Concession) if one.number == row.corrects), None)
    book.keep(
        Concession(
            workspace_id=0, plan_id=0, side=row.side,
            ours=before.ours if before else [], theirs=before.theirs if before else [],
            corrects=row.number, seq=book.plan.revision, member_id=turn.unit.seat.member_id, at=turn.now,
        )
    )  # fmt: skip
    names = {term.normal: term.name for term in book.rows(Term)}
    moved = moves_text([*row.ours, *row.theirs], names)
    return f"Taken back: #{row.number} ({moved}). Both stay in the full log."
