"""`mandate`: the ceiling that somebody with authority allowed, and until when. The newest one counts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.asking import asking_which
from handlers.batna.standing import stand
from handlers.batna.wording import limit_lines, mandate_warnings
from handlers.command import Command
from handlers.errors import Misread
from handlers.facts import gather
from handlers.figures import Figures, cut
from handlers.not_a_plan import or_unknown_plan
from handlers.plan_choice import open_book, ref
from handlers.prep.answers.figures import price
from handlers.prep.answers.mandates import EXAMPLE, read_mandate
from handlers.prep.feeding import keep_mandate
from handlers.reading.dates import read_date
from handlers.reading.names import normal
from handlers.terms.rules import term_for
from handlers.turn import Choice, Choices, Field, FieldKind, Form, Heading, Note, Reply, Text, Warn
from handlers.wrong_fields import FieldChecks
from storage.tables import Mandate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.command import Turn, Typed
    from handlers.facts import Facts
    from handlers.turn import Part
    from storage.book import PlanBook

_NOBODY = re.compile(r"(?:nobody|no one|none|not) ?(?:yet|so far)?[.!]?", re.IGNORECASE)
_CEILING = re.compile(r"(?:up to |max(?:imum)?\.? |[A-Z]{3} |[€$£] ?)?\d", re.IGNORECASE)
_SHOWN = 3


def mandate(turn: Turn) -> Reply:
    """Record a mandate, or show what there is and open a form."""
    book, rest = open_book(turn, to_edit=True)
    if turn.values is not None:
        rest = _from_form(turn, book, turn.values)
    if not rest:
        return Reply(_history(turn, book), form=_form(book))
    if _NOBODY.fullmatch(rest):
        return _nobody(turn, book, rest)
    with or_unknown_plan(turn, rest, _is_ceiling), asking_which(turn, f"mandate {ref(book.plan.id)} {rest}"):
        said = read_mandate(rest, turn.manners, turn.today)
    row = keep_mandate(book, said)
    assert row is not None  # only a mandate without a figure may have nowhere to go
    if _is_owner(turn, book, said.by):
        row.basis = {**row.basis, "own": True}
    answered = book.answers().get("mandate")
    if answered is None or answered.gap:  # an answer that says more, such as who signs, stays
        book.answer("mandate", rest)
    return Reply(_recorded(turn, book))


def _is_ceiling(words: str) -> bool:
    return _CEILING.match(words) is not None or _NOBODY.fullmatch(words) is not None


def _is_owner(turn: Turn, book: PlanBook, by: str) -> bool:
    """Whether the one who allowed it is the plan's owner."""
    owner = turn.unit.colleagues.by_id(book.plan.owner_id)
    return owner is not None and normal(by.lstrip("@")) in {normal(owner.name), normal(owner.external_id)}


def _nobody(turn: Turn, book: PlanBook, rest: str) -> Reply:
    book.answer("mandate", rest, gap=True)
    lines = ["Noted: nobody has allowed a ceiling yet. It stays a gap until somebody does."]
    if book.rows(Mandate):
        lines.append("The mandate recorded earlier still counts; a new one takes its place.")
    button = Choices((Choice("Record a mandate", f"mandate {ref(book.plan.id)}"),))
    return Reply((Text(tuple(lines)), button))


def _recorded(turn: Turn, book: PlanBook) -> tuple[Part, ...]:
    facts = gather(book, turn.settings)
    figures = Figures.of(book.plan, turn.manners, turn.today)
    warnings = (*mandate_warnings(facts.mandate, figures), *_stop_beyond(facts, figures))
    lines = (*_lines(turn, book, figures, most=1), *limit_lines(stand(facts, turn.today), figures))
    return (
        Heading(f"{cut(book.plan.supplier, 40)} · mandate"),
        Text(lines),
        *((Warn(warnings),) if warnings else ()),
        Choices((Choice("BATNA", f"batna {ref(book.plan.id)}"),)),
    )


def _stop_beyond(facts: Facts, figures: Figures) -> tuple[str, ...]:
    price = term_for("price", facts.terms)
    if price is None or facts.mandate is None:
        return ()
    stop, ceiling = figures.value(price, price.stop), figures.price(facts.mandate.ceiling)
    beyond = price.stop is not None and not isinstance(price.stop, str) and price.stop > facts.mandate.ceiling
    return (f"The stop of {stop} lies beyond the {ceiling}: set the stop to it, or ask",) if beyond else ()


def _history(turn: Turn, book: PlanBook) -> tuple[Part, ...]:
    figures = Figures.of(book.plan, turn.manners, turn.today)
    lines = _lines(turn, book, figures, most=_SHOWN)
    warnings = tuple(mandate_warnings(gather(book, turn.settings).mandate, figures))
    return (
        Heading(f"{cut(book.plan.supplier, 40)} · mandate"),
        Text(lines or ("Nobody has allowed a ceiling yet.",)),
        *((Warn(warnings),) if warnings else ()),
        Note((f"mandate {cut(book.plan.supplier, 20)} {EXAMPLE}",)),
    )


def _lines(turn: Turn, book: PlanBook, figures: Figures, *, most: int) -> tuple[str, ...]:
    """`4.05 EUR/pc by CFO until 30 Jun, recorded by Ann on 16 Mar`, the newest first."""
    lines: list[str] = []
    for row in reversed(book.rows(Mandate)[-most:]):
        until = f" until {figures.day(row.valid_until)}" if row.valid_until else ", no end date"
        who = turn.unit.colleagues.by_id(row.member_id)
        on = figures.day(row.at.astimezone(turn.manners.tz).date())
        said = f"{figures.price(row.ceiling)} {figures.each()} by {cut(row.by, 24)}{until}"
        lines += [said, f"  recorded by {cut(who.name if who else 'somebody', 24)} on {on}"]
    return tuple(lines)


def _form(book: PlanBook) -> Form:
    return Form(f"mandate {ref(book.plan.id)}", "Mandate", _fields(book))


def _fields(book: PlanBook) -> tuple[Field, ...]:
    return (
        Field("ceiling", f"Up to which price ({book.plan.currency})", hint="4.05", optional=False),
        Field("by", "Who allowed it", hint="CFO", optional=False),
        Field("until", "Until when", FieldKind.DATE, hint="empty: no end date"),
    )


def _from_form(turn: Turn, book: PlanBook, values: Mapping[str, str]) -> str:
    """The fields as the line that says the same. Raises WrongFields for all that cannot be read."""
    ceiling, by, until = (values.get(key, "").strip() for key in ("ceiling", "by", "until"))
    if _NOBODY.fullmatch(ceiling) or _NOBODY.fullmatch(by):
        return "nobody yet"
    checks = FieldChecks(_fields(book))
    with checks.at("ceiling"):
        _check_ceiling(turn, book, ceiling)
    with checks.at("by"):
        if not normal(by):
            raise Misread("Who allowed that figure?", example="CFO")
    with checks.at("until"):
        if until and read_date(until, turn.today, turn.manners) < turn.today:
            later = (turn.today + timedelta(days=90)).isoformat()
            raise Misread("That day has passed, so the mandate would have run out.", example=later)
    checks.end()
    return f"{ceiling} by {by} until {until}" if until else f"{ceiling} by {by}"


def _check_ceiling(turn: Turn, book: PlanBook, ceiling: str) -> None:
    figure = ceiling.removeprefix("up to ")
    found = price(figure, turn.manners, what="a ceiling", example="4.05")
    if found.currency is not None and found.currency != book.plan.currency:
        raise Misread(
            f"This plan is in {book.plan.currency}.", understood=f"I read {found.currency}.", example="4.05"
        )


def _tells(typed: Typed) -> bool:
    """Whether the words record something although a question is open: `mandate signed by the CFO on 3 May` does not."""
    by = re.match(r"(?P<plan>.*?)\bby\s+\S+.*\d", typed.rest)
    if by is not None and (not by["plan"].strip() or typed.is_plan(by["plan"].strip())):
        return True
    return re.search(r"\d\s*(?:[A-Z]{3}\s*)?(?:by|from)\s|\bnobody\b", typed.rest) is not None


COMMANDS = (Command("mandate", mandate, also=("mandates",), figures=True, fits=_tells),)
