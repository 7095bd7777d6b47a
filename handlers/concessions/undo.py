"""`undo`: takes back one's own last log entry or offer. The log keeps both the entry and that it was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.concessions.moves import moves_text
from handlers.concessions.rules import effective
from handlers.errors import Unknown
from handlers.facts import gather
from handlers.figures import cut
from handlers.plan_choice import open_book, ref
from handlers.turn import Choice, Choices, Reply, Text
from storage.tables import Concession, Offer, Term

if TYPE_CHECKING:
    from handlers.command import Turn
    from storage.book import PlanBook


def undo(turn: Turn) -> Reply:
    """Take back the member's own last entry or offer in a plan."""
    book, _ = open_book(turn, bare=True, to_edit=True)
    entry, offer = _last_entry(turn, book), _last_offer(turn, book)
    if entry is not None and (offer is None or entry.seq > offer.seq):
        said = _take_back(turn, book, entry)
    elif offer is not None:
        book.remove(offer)
        side = "theirs" if offer.side == "theirs" else "ours"
        said = f"Taken back: the last offer that you recorded ({side})."
    else:
        raise Unknown(
            "You have logged nothing here that I could take back. Other answers are changed with `edit`.",
            example="edit",
        )
    return Reply((Text((cut(said, 200),)), Choices((Choice("Show log", f"log {ref(book.plan.id)}"),))))


def _last_entry(turn: Turn, book: PlanBook) -> Concession | None:
    """The member's newest entry that counts."""
    counting = {entry.number for entry in effective(gather(book, turn.settings).log)}
    own = [
        row
        for row in book.rows(Concession)
        if row.member_id == turn.unit.seat.member_id and row.number in counting
    ]
    return max(own, key=lambda row: row.number, default=None)


def _last_offer(turn: Turn, book: PlanBook) -> Offer | None:
    own = [row for row in book.rows(Offer) if row.member_id == turn.unit.seat.member_id]
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
