"""`contract decide` and `contract notice`: what the buttons of a reminder do, before one is posted or when it is far up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.contracts.dates import calendar_of, label, standing
from handlers.contracts.find import find, ref
from handlers.errors import Refused
from handlers.turn import Choice, Form, Reply, say

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.contracts.dates import Standing
    from handlers.contracts.rules import KeyDates
    from handlers.reminders.pressing import Pressed
    from storage.tables import Contract

DECIDE, NOTICE = "decide", "notice"
VERBS = frozenset({DECIDE, NOTICE})


def act(turn: Turn, verb: str, said: str) -> Reply:
    """Record a decision, or notice with its proof. The newest reminder of it is edited too. For those who may decide."""
    from handlers.contracts.recording import decision_form, keep_decision, keep_notice, notice_form
    from handlers.reminders import acting
    from handlers.reminders.pressing import check_decides

    said, term = _of_term(said) if turn.values is not None else (said, "")
    row = find(turn, said, f"contract {verb}")
    check_decides(turn, row)
    dates = _open(
        standing(row, turn.unit.contracts.records([row])[row.id], calendar_of(turn.settings), turn.today)
    )
    if dates is None:
        raise Refused(
            f"Nothing has to be sent or decided about {label(row)}.", example=f"contract show {row.supplier}"
        )
    if term and term != dates.term_end.isoformat():
        raise Refused(
            f"That is recorded for {label(row)} already. Nothing was changed.",
            example=f"contract show {row.supplier}",
        )
    pressed = _posted(turn, row, dates) if turn.values is None else None
    if pressed is not None:
        return acting.decide(turn, pressed, "") if verb == DECIDE else acting.notice(turn, pressed, "")
    if turn.values is None:
        title, fields = decision_form() if verb == DECIDE else notice_form(turn, row)
        words = f"contract {verb} {ref(row)} {dates.term_end.isoformat()}"
        return Reply(form=Form(words, title, fields, "Save"))
    told = keep_decision(turn, row, dates.term_end) if verb == DECIDE else keep_notice(turn, row, dates)
    return say(f"{label(row)}: {told}")


def _of_term(words: str) -> tuple[str, str]:
    """What a form is about: the contract, and the end of its term, so that one sent twice does not count for the next term."""
    contract, _, term = words.rpartition(" ")
    return (contract, term) if contract else (words, "")


def to_record(row: Contract, stand: Standing) -> tuple[Choice, ...]:
    """What can be recorded about a contract as it stands."""
    dates = _open(stand)
    if dates is None:
        return ()
    sent = "Notice sent + proof" if dates.duty == "notice" else "Request sent + proof"
    decide = () if stand.decision(dates) else (Choice("Record decision", f"contract {DECIDE} {ref(row)}"),)
    return (*decide, Choice(sent, f"contract {NOTICE} {ref(row)}"))


def _open(stand: Standing) -> KeyDates | None:
    """The dates of the term whose deadline is still to come; None where nothing has to be sent."""
    dates = stand.ahead if stand.now.deadline is None or stand.missed else stand.now
    return dates if dates.deadline is not None else None


def _posted(turn: Turn, row: Contract, dates: KeyDates) -> Pressed | None:
    """The newest reminder of this deadline that stands where the member may press it."""
    from handlers.reminders.items import kind_of
    from handlers.reminders.pressing import Pressed

    speaker, term = turn.incoming.speaker.id, dates.term_end.isoformat()
    found = [
        each.id
        for each in turn.unit.reminders.about("contract", row.id)
        if each.status in {"sent", "acknowledged"} and kind_of(each) == "notice" and each.posted
        and each.details.get("term_end") == term and (not each.direct or each.address == speaker)
    ]  # fmt: skip
    return Pressed(turn, found[-1]) if found else None
