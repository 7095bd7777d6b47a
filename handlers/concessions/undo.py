"""`undo`: takes back one's own last change. The log keeps both an entry and that it was taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.concessions.moves import moves_text
from handlers.concessions.rules import effective
from handlers.concessions.undo_elsewhere import undo_elsewhere
from handlers.errors import Refused, Unknown
from handlers.facts import gather
from handlers.figures import cut
from handlers.plan_choice import open_book, ref
from handlers.turn import Choice, Choices, Reply, Text
from storage.changes import STAYS, forget, last_change, own_changes, take_back
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
_ENTRY = re.compile(r"(?:entry\s*)?#\s*(\d{1,9})", re.I)
"""One entry of the log, as the button beside it says: pressed again, it must not take back what came before."""
_OLDER = "older"
_STAYS = {
    "share": ("sharing the plan", "unshare {} @name (takes access away again)"),
    "unshare": ("taking access away", "share {} @name (lets somebody in again)"),
    "hand over": ("handing the plan over", ""),
    "post": ("posting its brief", ""),
    "contract": ("what you did with a contract", "contract set (corrects one)"),
    "reminder": ("what you did with a reminder", "remind (lists yours, to stop or set them)"),
    "check-in": ("what you did with a check-in", "checkin (lists them, to stop or set them)"),
    "workspace": ("a setting of the workspace", "settings (shows them, to set them again)"),
}
"""What is not taken back, by its action or subject, and what does something about it."""


def undo(turn: Turn) -> Reply:
    """Take back the member's own last change. Where the last step is one that stays, that is said first."""
    named = _LAST.sub("", turn.rest).strip()
    elsewhere = None if named else undo_elsewhere(turn)
    if elsewhere is not None:
        return elsewhere
    book, rest = open_book(turn, words=named, bare=True, to_edit=True)
    if (named_entry := _ENTRY.fullmatch(rest.strip())) is not None:
        return _this_entry(turn, book, int(named_entry[1]))
    newer = list(_newer(turn, book))
    if newer and rest.casefold() != _OLDER:
        return _stays(book, newer[0])
    for one in newer:
        forget(book, one)
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


def _this_entry(turn: Turn, book: PlanBook, number: int) -> Reply:
    """Take back this entry of the log and nothing else; only one's own newest one, as later ones may build on it."""
    row = _last_entry(turn, book)
    if row is None or row.number != number:
        raise Refused(
            f"Entry #{number} is not your newest one that counts: nothing was changed.",
            example=f"correct {cut(book.plan.supplier, 40)} {number}: price 3.60 -> 3.71",
        )
    for change in own_changes(book):
        if any(step["table"] == Concession.__tablename__ and step["id"] == row.id for step in change.rows):
            forget(book, change)
    return _said(book, _take_back(turn, book, row), "Show log", "log")


def _newer(turn: Turn, book: PlanBook) -> Iterator[PlanChange]:
    """Steps that stay, newer than all that can be taken back, the newest first. With a plan named, only its own."""
    for change in sorted(own_changes(book), key=lambda row: -row.number):
        (row, *_) = change.rows
        if row["table"] != STAYS:
            return
        if row["subject"] == "plan" or not turn.plan_named or turn.rest.endswith(_OLDER):
            yield change


def _stays(book: PlanBook, step: PlanChange) -> Reply:
    """Nothing is changed; the last change that could be taken back is offered."""
    row, supplier = step.rows[0], cut(book.plan.supplier, 40)
    what, instead = _STAYS.get(row["action"]) or _STAYS.get(row["subject"], ("a step of another kind", ""))
    older = max(
        (one for one in own_changes(book) if one.rows[0]["table"] != STAYS),
        key=lambda one: one.number, default=None,
    )  # fmt: skip
    said = f"Your last step was {what}, and that I do not take back. Nothing was changed."
    if older is None:
        raise Refused(said, example=instead.format(supplier))
    told = ", ".join(dict.fromkeys(_told(older.rows))) or "your last change"
    hint = [f"Instead: {instead.format(supplier)}"] if instead else []
    lines = (said, *hint, f"The change before it, still there: {cut(told, 120)}.")
    button = Choice("Take back the older one", f"undo {ref(book.plan.id)} {_OLDER}", danger=True)
    return Reply((Text(lines), Choices((button,))))


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
