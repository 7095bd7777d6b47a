"""An entry that says what the newest one said already is asked about before it is logged twice. A message that a platform
sends again is another matter: that never becomes a second turn."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import told
from handlers.errors import Ambiguous, Misread, Unknown
from handlers.figures import cut
from handlers.plan_choice import ref
from handlers.writing import clock, moment
from storage.tables import Concession, Offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.command import Turn
    from handlers.concessions.moves import Moves
    from handlers.concessions.rules import Side
    from handlers.turn import Reply
    from storage.book import PlanBook

AGAIN = re.compile(r"(?:^|\s)again\s+#?(?P<number>\d{1,6})\s*$", re.IGNORECASE)
"""The words of the button that logs an entry a second time: `log plan:1 again 3`."""
SOON = timedelta(minutes=30)
"""For so long a favour said twice is taken for a slip. A step from one value to another is one until something moved."""


def ask_about_repeat(
    turn: Turn, book: PlanBook, side: Side, read: Callable[[int], tuple[Moves, Moves]]
) -> Reply | None:
    """Raises Ambiguous where the newest entry says the same, and no offer came in between.

    A form that was sent ends with the question instead: its words are in the log, so nothing is lost by that.

    `read` gives our moves and theirs as if the entry of that number were not there: after `net 60` the same words say
    that nothing moves.
    """
    newest = _newest(book)
    if newest is None or not (newest.ours or newest.theirs):
        return None
    if any(row.seq > newest.seq for row in book.rows(Offer)):
        return None
    steps_only = all("term" in move for move in (*newest.ours, *newest.theirs))
    if not (steps_only or turn.now - newest.at <= SOON):
        return None
    with suppress(Misread):
        ours, theirs = read(newest.number)
        if (newest.side, newest.ours, newest.theirs) == (mover(side, ours, theirs), ours, theirs):
            asked = _already(turn, book, newest)
            if turn.values is None:
                raise asked
            return told.error(asked, turn.incoming)
    return None


def mover(side: Side, ours: Moves, theirs: Moves) -> Side:
    """Who moved: the side that was named, unless only the other one did."""
    if ours if side == "ours" else theirs:
        return side
    return "theirs" if side == "ours" else "ours"


def _already(turn: Turn, book: PlanBook, newest: Concession) -> Ambiguous:
    plan = ref(book.plan.id)
    return Ambiguous(
        f"That is entry #{newest.number} already, logged {_when(turn, newest)}. Nothing was changed.",
        [("Log it again", f"log {plan} again {newest.number}"), ("Leave it", f"log {plan}")],
    )


def entry_to_repeat(book: PlanBook, number: int) -> Concession:
    """The entry that is to be logged once more. Raises Unknown where it is not the newest any more: pressed twice."""
    newest = _newest(book)
    if newest is None or newest.number != number:
        raise Unknown(
            "The log has moved on since that was asked. Nothing was changed.",
            example=f"log {cut(book.plan.supplier, 40)}",
        )
    return newest


def _newest(book: PlanBook) -> Concession | None:
    return max(book.rows(Concession), key=lambda row: row.number, default=None)


def _when(turn: Turn, row: Concession) -> str:
    """`at 10:03`, `at 10:03 by Bob`, `1 Apr 10:03`."""
    here = turn.manners.tz
    today = row.at.astimezone(here).date() == turn.today
    when = f"at {clock(row.at, turn.manners)}" if today else moment(row.at, turn.now, turn.manners)
    if row.member_id == turn.unit.seat.member_id:
        return when
    member = turn.unit.colleagues.by_id(row.member_id)
    return f"{when} by {cut(member.name, 30) if member is not None and member.name else 'a colleague'}"
