"""`log this`: a form for one entry of the log, filled in with what somebody has just read, such as a message of a channel.

The words that are filled in are data: nothing in them is obeyed, and nothing is kept before the form is sent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.concessions.flow import append_entry, reader_for
from handlers.concessions.repeats import ask_about_repeat
from handlers.errors import Misread, Unknown
from handlers.plan_choice import open_book, ref
from handlers.reading.trades import EXAMPLE
from handlers.terms.implied import with_implied
from handlers.turn import Field, FieldKind, Form, Reply
from handlers.wrong_fields import FieldChecks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.command import Turn
    from handlers.concessions.moves import Moves
    from handlers.concessions.rules import Side
    from storage.plans import PlanHead

WORDS = "log this"
LONGEST = 300  # characters of one favour in the log
_SIDE = re.compile(r"^(?P<side>ours|theirs)\s*:\s*", re.IGNORECASE)
_MOST_PLANS = 100
_MOVED = Field(
    "moved", "What moved", FieldKind.LINES, optional=False, hint="price 3.45 -> 3.58, or a favour in words"
)
_RETURNED = Field("returned", "In return for", hint="cap 4 -> 3; empty: nothing")


def log_this(turn: Turn) -> Reply:
    """The form, or the entry once it was sent. `log this theirs: ...` says who moved."""
    if turn.values is not None:
        return _sent(turn, turn.values)
    heads = [head for head in turn.unit.plans.live(most=_MOST_PLANS) if head.level != "read"]
    if not heads:
        raise Unknown(
            "You have no live plan that this could be logged in.", example="new Acme: housings (starts one)"
        )
    said = _SIDE.match(turn.rest)
    side = said["side"].lower() if said else "ours"
    text = " ".join(turn.rest[said.end() if said else 0 :].split())
    return Reply(form=_form(heads, _likely(turn, heads), side, text))


def _likely(turn: Turn, heads: list[PlanHead]) -> str:
    """The plan that is chosen at first: the last named here, that of the channel, the only one; else none."""
    plans = turn.unit.plans
    found = plans.in_focus(turn.place)
    if found is None and not turn.is_direct:
        found = plans.of_channel(turn.incoming.place.id)
    if found is None and len(heads) == 1:
        found = heads[0]
    return ref(found.id) if found is not None else ""


def _form(heads: list[PlanHead], plan: str, side: str, text: str) -> Form:
    cut = "Only its beginning fits into the log. " if len(text) > LONGEST else ""
    return Form(
        WORDS,
        "Log as concession",
        (
            Field(
                "plan", "Plan", FieldKind.CHOICE, plan, optional=False,
                options=tuple((ref(head.id), head.label) for head in heads),
            ),
            Field(
                "side", "Who moved?", FieldKind.CHOICE, side, optional=False,
                options=(("ours", "We did"), ("theirs", "They did")),
            ),
            replace(_MOVED, value=text[:LONGEST]),
            _RETURNED,
        ),
        submit="Log it",
        intro=f"{cut}Only you see this, and whoever may read the plan sees the entry.",
        open_label="Open",
    )  # fmt: skip


def _sent(turn: Turn, values: Mapping[str, str]) -> Reply:
    if not values.get("plan"):
        raise Misread("Which plan is it for? Choose one.", example=EXAMPLE)
    book, _ = open_book(turn, words=values["plan"], bare=True, to_edit=True)
    side: Side = "theirs" if values.get("side") == "theirs" else "ours"
    other: Side = "ours" if side == "theirs" else "theirs"
    moved, returned = values.get("moved", ""), values.get("returned", "")
    with_implied(book, f"{moved}, {returned}", turn.manners)

    def read(without: int | None = None) -> tuple[Moves, Moves]:
        reader = reader_for(turn, book, without)
        moves: dict[Side, Moves] = {side: [], other: []}
        checks = FieldChecks((_MOVED, _RETURNED))
        with checks.at("moved"):
            moves[side] = reader.side(moved, side)
        with checks.at("returned"):
            moves[other] = reader.side(returned, other)
        checks.end()
        return moves["ours"], moves["theirs"]

    asked = ask_about_repeat(turn, book, side, read)
    if asked is not None:
        return asked
    ours, theirs = read()
    if not (ours if side == "ours" else theirs):
        raise Misread("I need what moved: a value, or a favour in words.", example=EXAMPLE)
    return append_entry(turn, book, side, ours, theirs)


COMMANDS = (Command(WORDS, log_this, figures=True),)
