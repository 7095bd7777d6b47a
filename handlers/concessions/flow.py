"""`give`, `got` and `log`: who moved, from what to what, for what. The log is append-only; a correction is a new entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.asking import asking_which
from handlers.command import Command
from handlers.concessions.answer import all_parts, entry_parts, log_parts
from handlers.concessions.moves import MoveReader, moves_text
from handlers.concessions.repeats import AGAIN, ask_about_repeat, entry_to_repeat, mover
from handlers.concessions.rules import effective, positions
from handlers.concessions.undo import undo
from handlers.errors import Misread, Unknown
from handlers.facts import gather
from handlers.figures import cut
from handlers.not_a_plan import ask_about_name, begins_with_term, or_unknown_plan
from handlers.offers.flow import start_talks
from handlers.plan_choice import choose, open_book, ref
from handlers.reading.names import normal
from handlers.reading.trades import EXAMPLE
from handlers.terms.implied import with_implied
from handlers.terms.names import TermNames
from handlers.turn import Field, Form, Reply
from handlers.wrong_fields import FieldChecks
from storage.tables import Concession, Term, Trade

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.command import Turn
    from handlers.concessions.moves import Moves
    from handlers.concessions.rules import Entry, Side
    from handlers.terms.rules import Value
    from storage.book import PlanBook

_CORRECT = re.compile(
    r"(?:^|\s)correct(?:ion)?(?:\s+of)?\s*#?(?P<number>\d{1,6})\s*:?\s*(?P<text>.*)$", re.I | re.S
)
_NUMBER = re.compile(r"(?:^|\s)#?(?P<number>\d{1,6})(?=[\s:]|$)\s*:?\s*(?P<text>.*)$", re.S)
_ALL = re.compile(r"^(?P<plan>.*?)(?:^|\s+)(?:all|entries)(?:\s+(?P<page>\d{1,4}))?\s*$", re.I | re.S)
_MOVES = re.compile(r".*(?:->|→).*|(?:\S+\s+){1,5}\d[\d.,]*\s+to\s+\d[\d.,]*(?:\s+for\s.+)?", re.I | re.S)
"""What makes a line a move rather than a sentence in answer to an open question."""
_ENTRY = re.compile(r"(?:\S+\s+){0,4}#?\d{1,6}\s*:")
"""What makes a line a correction of an entry of the log: `correct acme 2: ...`."""


def give(turn: Turn) -> Reply:
    """Log what we gave, and for what."""
    return _log_entry(turn, "ours")


def got(turn: Turn) -> Reply:
    """Log what they gave, and for what."""
    return _log_entry(turn, "theirs")


def _log_entry(turn: Turn, side: Side) -> Reply:
    book, rest = open_book(turn, to_edit=True)
    command = "give" if side == "ours" else "got"
    if turn.values is None and not rest:
        return Reply(form=_form(f"{command} {ref(book.plan.id)}", "A move"))
    line = f"{command} {ref(book.plan.id)} {rest}"
    with or_unknown_plan(turn, rest, _names_term(book)):
        asked = ask_about_repeat(turn, book, side, lambda newest: _read(turn, book, side, rest, line, newest))
        if asked is not None:
            return asked
        ours, theirs = _read(turn, book, side, rest, line)
    if any("favour" in move for move in (ours if side == "ours" else theirs)[:1]):
        what = "what you gave" if side == "ours" else "what they gave"
        ask_about_name(turn, book, rest, line, what)
    return append_entry(turn, book, side, ours, theirs)


def _names_term(book: PlanBook) -> Callable[[str], bool]:
    """Whether words begin with a term of the plan, or one that every purchase has."""
    names = TermNames(book.rows(Term), "")
    return lambda left: begins_with_term(left) or names.begins(left)


def reader_for(turn: Turn, book: PlanBook, without: int | None = None) -> MoveReader:
    """A reader that knows where both sides stood; for a correction, before the entry that it replaces."""
    facts = gather(book, turn.settings)
    log = facts.log
    offers = facts.offers
    if without is not None:
        old = _entry(log, without)
        log = tuple(entry for entry in effective(log) if entry.moment < old.moment)
        offers = tuple(one for one in offers if one.moment < old.moment)
    names = TermNames(book.rows(Term), cut(book.plan.supplier, 24))
    stood = positions(offers, log, facts.openings)
    opened: dict[tuple[Side, str], Value] = {("ours", term): said for term, said in facts.openings.items()}
    return MoveReader(names, turn.manners, book.plan.currency, {**opened, **stood})


def _read(
    turn: Turn, book: PlanBook, side: Side, text: str, line: str, corrects: int | None = None
) -> tuple[Moves, Moves]:
    """Our moves and theirs, from words or from a form."""
    said = (
        text if turn.values is None else ", ".join(turn.values.get(side, "") for side in ("ours", "theirs"))
    )
    with_implied(book, said, turn.manners)
    reader = reader_for(turn, book, corrects)
    if turn.values is not None:
        checks = FieldChecks(_fields())
        ours, theirs = [], []
        with checks.at("ours"):
            ours = reader.side(turn.values.get("ours", ""), "ours")
        with checks.at("theirs"):
            theirs = reader.side(turn.values.get("theirs", ""), "theirs")
        checks.end()
        if not ours and not theirs:
            raise Misread("I need what moved on one side at least.", example=EXAMPLE)
        return ours, theirs
    with asking_which(turn, line):
        return reader.trade(text, side)


def append_entry(
    turn: Turn, book: PlanBook, side: Side, ours: Moves, theirs: Moves, corrects: int | None = None
) -> Reply:
    """Keep an entry of the log, and say how both sides stand now."""
    start_talks(book)
    row = book.keep(
        Concession(
            workspace_id=0, plan_id=0, side=mover(side, ours, theirs), ours=ours, theirs=theirs, corrects=corrects,
            seq=book.plan.revision, member_id=turn.unit.seat.member_id, at=turn.now,
        )
    )  # fmt: skip
    _use_up(book, ours)
    return Reply(entry_parts(turn, book, row.number))


def _use_up(book: PlanBook, ours: Moves) -> None:
    """A planned trade whose favour was given is not proposed again."""
    given = {normal(move["favour"]) for move in ours if "favour" in move}
    for trade in book.rows(Trade):
        if not trade.never and not trade.used and normal(trade.we) in given:
            trade.used = True
            book.keep(trade)


# ---- the log ----


def log(turn: Turn) -> Reply:
    """The log on one screen, all entries, or a correction."""
    found = _CORRECT.search(turn.rest)
    if found is not None:
        return _correct(turn, turn.rest[: found.start()], int(found["number"]), found["text"].strip())
    again = AGAIN.search(turn.rest)
    if again is not None:
        return _once_more(turn, turn.rest[: again.start()], int(again["number"]))
    every = _ALL.match(turn.rest)
    head, _ = choose(turn, words=every["plan"] if every else None, bare=True)
    sheet = turn.unit.plans.sheet_of(head)
    if every is not None:
        return Reply(all_parts(turn, sheet, int(every["page"] or 1)))
    key = ("log", turn.today, turn.manners, turn.settings.cost_of_capital, sheet.may_edit)
    return Reply(sheet.once(key, lambda: log_parts(turn, sheet)))


def _once_more(turn: Turn, plan: str, number: int) -> Reply:
    book, _ = open_book(turn, words=plan, bare=True, to_edit=True)
    row = entry_to_repeat(book, number)
    return append_entry(turn, book, "ours" if row.side == "ours" else "theirs", row.ours, row.theirs)


def correct(turn: Turn) -> Reply:
    """`correct PLAN 2: ...`, the same as `log PLAN correct 2: ...`."""
    found = _NUMBER.search(turn.rest)
    if found is None:
        example = "correct acme 2: warranty 36 -> 24 for training"
        raise Misread("Which entry? I need its number.", example=example)
    return _correct(turn, turn.rest[: found.start()], int(found["number"]), found["text"].strip())


def _correct(turn: Turn, plan: str, number: int, text: str) -> Reply:
    book, _ = open_book(turn, words=plan, bare=True, to_edit=True)
    rows = {row.number: row for row in book.rows(Concession)}
    old = rows.get(number)
    if old is None:
        there = f"The log has entries 1 to {max(rows)}." if rows else "The log is empty."
        raise Unknown(f"There is no entry #{number}. {there}", example="log")
    words = f"log {ref(book.plan.id)} correct {number}"
    if turn.values is None and not text:
        names = {term.normal: term.name for term in book.rows(Term)}
        return Reply(
            form=_form(
                words, f"Correct #{number}", moves_text(old.ours, names), moves_text(old.theirs, names)
            )
        )
    side: Side = "ours" if old.side == "ours" else "theirs"
    ours, theirs = _read(turn, book, side, text, f"{words}: {text}", number)
    return append_entry(turn, book, side, ours, theirs, number)


def _entry(log: tuple[Entry, ...], number: int) -> Entry:
    """The entry that counts in the place of the one with this number, else that one itself."""
    standing = (one for one in effective(log) if number in (one.number, one.corrects))
    return next(standing, None) or next(one for one in log if one.number == number)


def _form(words: str, title: str, ours: str = "", theirs: str = "") -> Form:
    return Form(words, title, _fields(ours, theirs), submit="Log it")


def _fields(ours: str = "", theirs: str = "") -> tuple[Field, Field]:
    return (
        Field("ours", "What did we give?", value=ours, hint="price 3.45 -> 3.58"),
        Field("theirs", "What did they give for it?", value=theirs, hint="cap 4 -> 3; empty: nothing"),
    )


def _corrects(rest: str) -> bool:
    return _CORRECT.search(rest) is not None


def _writes(rest: str) -> bool:
    return _corrects(rest) or AGAIN.search(rest) is not None


COMMANDS = (
    Command(
        "give", give, also=("gave", "we gave"), figures=True, whole=lambda rest: bool(_MOVES.fullmatch(rest))
    ),
    Command("got", got, also=("they gave",), figures=True, whole=lambda rest: bool(_MOVES.fullmatch(rest))),
    Command(
        "log",
        log,
        also=("concessions",),
        reads=lambda rest: not _writes(rest),
        figures=_corrects,
        whole=_writes,
    ),
    Command("correct", correct, figures=True, whole=lambda rest: bool(_ENTRY.match(rest))),
    Command("undo", undo),
)
