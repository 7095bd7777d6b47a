"""`offer` records what one side put on the table and judges it; `offers` lists them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.asking import asking_which
from handlers.batna.standing import yardsticks
from handlers.command import Command
from handlers.concessions.rules import positions
from handlers.facts import gather
from handlers.figures import Figures, cut
from handlers.not_a_plan import begins_with_term, or_unknown_plan
from handlers.offers.reading import EXAMPLE, is_bare_price, read_offer, whose
from handlers.offers.rules import judge
from handlers.offers.wording import judged, points
from handlers.plan_choice import choose, open_book, ref
from handlers.terms.implied import with_implied
from handlers.terms.names import TermNames
from handlers.turn import Choice, Choices, Field, FieldKind, Form, Heading, Reply, Table, Text
from storage.tables import Offer, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.command import Turn
    from handlers.concessions.rules import Offered, Side
    from handlers.facts import Facts, Source
    from handlers.offers.rules import Yardsticks
    from handlers.turn import Part
    from storage.book import PlanBook

_TELLS = re.compile(r"\d|:|\bnew\b", re.IGNORECASE)
_SIDES = re.compile(r"(?:^|\s)(theirs?|ours?)\s*$", re.IGNORECASE)
_MOST_FIELDS = 12
_SHOWN = 8


def tells(rest: str) -> bool:
    """Whether the words after `offer` say an offer, rather than ask about it."""
    return _TELLS.search(re.sub(r"plan:\d+", "", rest)) is not None


def offer(turn: Turn) -> Reply:
    """Record an offer and judge it; without values the standing offer is judged."""
    if turn.values is None and not tells(turn.rest):
        return _standing(turn)
    book, rest = open_book(turn, to_edit=True)
    if turn.values is None and rest.lower() in ("", "new"):
        return Reply(form=_form(book))
    side, said = whose(_from_form(book, turn.values) if turn.values is not None else rest)
    terms = with_implied(book, said, turn.manners, bare_price=is_bare_price(said))
    names = TermNames(terms, cut(book.plan.supplier, 24))
    with (
        or_unknown_plan(turn, rest, lambda left: whose(left)[1] != left or begins_with_term(left)),
        asking_which(turn, f"offer {ref(book.plan.id)} {side}: {said}"),
    ):
        found = read_offer(said, side, terms, names, turn.manners, book.plan.currency)
    _record(turn, book, side, found.values, found.mode)
    return Reply(_judged(turn, book, side, found.mode))


def _record(turn: Turn, book: PlanBook, side: Side, values: dict[str, str], mode: str) -> None:
    start_talks(book)
    book.keep(
        Offer(
            workspace_id=0, plan_id=0, side=side, values=values, mode=mode, seq=book.plan.revision,
            member_id=turn.unit.seat.member_id, at=turn.now,
        )
    )  # fmt: skip


def start_talks(book: PlanBook) -> None:
    """What is offered or given away is said at the table, so the talks have begun."""
    if book.plan.status in ("preparing", "ready"):
        book.plan.status = "negotiating"


def _standing(turn: Turn) -> Reply:
    """The latest position of a side, theirs unless ours is asked for, judged anew."""
    found = _SIDES.search(turn.rest)
    side: Side = "ours" if found and found[1].lower().startswith("our") else "theirs"
    words = turn.rest[: found.start()] if found else None
    head, _ = choose(turn, words=words, bare=True)
    sheet = turn.unit.plans.sheet_of(head)
    if any(row.side == side for row in gather(sheet, turn.settings).offers) or _moved(turn, sheet, side):
        return Reply(_judged(turn, sheet, side, ""))
    name = cut(sheet.plan.supplier, 20)
    lines = (
        "No offer from them yet." if side == "theirs" else "We have made no offer yet.",
        f"  offer {name} {EXAMPLE if side == 'theirs' else EXAMPLE.replace('theirs', 'ours')}",
    )
    button = (Choices((Choice("Record an offer", f"offer {ref(head.id)} new"),)),) if sheet.may_edit else ()
    return Reply((Heading(f"{name} · offers"), Text(lines), *button))


def _moved(turn: Turn, source: Source, side: Side) -> bool:
    return any(step.side == side for entry in gather(source, turn.settings).log for step in entry.steps)


def _judged(turn: Turn, source: Source, side: Side, mode: str) -> tuple[Part, ...]:
    facts = gather(source, turn.settings)
    figures = Figures.of(source.plan, turn.manners, turn.today)
    plan = ref(source.plan.id)
    options = [Choice("BATNA", f"batna {plan}"), Choice("All offers", f"offers {plan}")]
    if source.may_edit:
        options += [Choice("Record offer", f"offer {plan} new"), Choice("Log a move", f"give {plan}")]
    return (*judged(facts, side, figures, mode=mode), Choices(tuple(options)))


# ---- the list ----


def offers(turn: Turn) -> Reply:
    """Every offer with the position it led to, the newest last."""
    head, _ = choose(turn, bare=True)
    sheet = turn.unit.plans.sheet_of(head)
    facts = gather(sheet, turn.settings)
    figures = Figures.of(sheet.plan, turn.manners, turn.today)
    marks = yardsticks(facts, turn.today)
    numbered = list(enumerate(zip(facts.offers, sheet.rows(Offer), strict=True), 1))
    rows = [_row(number, said, row.mode, facts, marks, figures) for number, (said, row) in numbered[-_SHOWN:]]
    plan = ref(head.id)
    options = [Choice("Judge theirs", f"offer {plan}"), Choice("Log", f"log {plan}")]
    if sheet.may_edit:
        options.append(Choice("Record offer", f"offer {plan} new"))
    columns = ("#", "day", "side", "price", "in full", "score", "")
    body = Table(columns, tuple(rows), frozenset((0, 3, 4, 5))) if rows else Text(("No offer yet.",))
    heading = Heading(f"{cut(sheet.plan.supplier, 40)} · offers")
    return Reply((heading, body, Choices(tuple(options))))


def _row(
    number: int, said: Offered, mode: str, facts: Facts, marks: Yardsticks, figures: Figures
) -> tuple[str, ...]:
    """An offer with what that side's whole position cost and scored at that moment."""
    before = [one for one in facts.offers if one.moment <= said.moment]
    log = [entry for entry in facts.log if entry.moment <= said.moment]
    stood = {
        term: value
        for (side, term), value in positions(before, log, facts.openings).items()
        if side == said.side
    }
    judgement = judge(facts.terms, stood, facts.frame, marks)
    money, total = judgement.money, judgement.score.total
    return (
        str(number),
        figures.day(said.at.astimezone(figures.manners.tz).date()),
        said.side,
        figures.price(money.price) if money else "-",
        figures.price(money.effective) if money else "-",
        "-" if total is None else figures.number(points(total)),
        mode,
    )


# ---- the form ----


def _form(book: PlanBook) -> Form:
    terms = [
        Field(f"t{term.id}", cut(f"{term.name} {term.unit}".strip(), 40))
        for term in book.rows(Term)[:_MOST_FIELDS]
    ]
    if not terms:
        raise TermNames((), cut(book.plan.supplier, 24)).unknown("price")
    side = Field(
        "side", "Whose offer", FieldKind.CHOICE, "theirs", options=(("theirs", "theirs"), ("ours", "ours"))
    )
    mode = Field(
        "mode", "How", FieldKind.CHOICE, options=(("verbal", "verbal"), ("in writing", "in writing"))
    )
    return Form(f"offer {ref(book.plan.id)} new", "An offer", (side, *terms, mode), submit="Judge it")


def _from_form(book: PlanBook, values: Mapping[str, str]) -> str:
    """The fields of the form as the line that says the same."""
    fields = [
        f"{term.name} {said}" for term in book.rows(Term) if (said := values.get(f"t{term.id}", "").strip())
    ]
    return f"{values.get('side') or 'theirs'}: {', '.join(filter(None, (*fields, values.get('mode'))))}"


COMMANDS = (
    Command(
        "offer",
        offer,
        reads=lambda rest: not tells(rest),
        figures=tells,
        whole=lambda rest: re.search(r"\b(?:theirs?|ours?)\b\s*:", rest, re.IGNORECASE) is not None,
    ),
    Command("offers", offers, reads=True),
)
