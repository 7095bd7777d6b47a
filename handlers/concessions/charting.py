"""`chart`: both sides' movement on one term over time, with stop, target and BATNA drawn in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.asking import asking_which
from handlers.command import Command
from handlers.concessions.chart import chart_parts
from handlers.errors import Ambiguous, Misread, Unknown
from handlers.figures import cut
from handlers.plan_choice import choose, ref
from handlers.reading.plain import excerpt
from handlers.terms.names import TermNames, usual_term
from handlers.turn import Reply
from storage.tables import Term

if TYPE_CHECKING:
    from handlers.command import Turn, Typed
    from storage.sheet import PlanSheet

_MOST_WORDS = 4  # of what names a term: `for the lead time`
_LEAD = re.compile(r"(?:(?:of|for|on|about)\s+)?(?:the\s+)?", re.IGNORECASE)


def chart(turn: Turn) -> Reply:
    """The chart of a plan: of its price, or of the term that is named."""
    sheet, words = _plan_and_words(turn)
    name = _term(turn, sheet, words) if words else ""
    key = ("chart", name, turn.today, turn.manners, turn.settings.cost_of_capital, sheet.may_edit)
    return Reply(sheet.once(key, lambda: chart_parts(turn, sheet, name)))


def _plan_and_words(turn: Turn) -> tuple[PlanSheet, str]:
    """The plan that is meant, and what names a term. Words that name neither are a plan that is not there."""
    rest = turn.rest.strip()
    try:
        head, left = choose(turn, words=rest, bare=True)
    except Unknown:
        if not rest:
            raise
        sheet = _unnamed(turn, rest)
        if sheet is None:
            raise
        return sheet, rest
    return turn.unit.plans.sheet_of(head), left[_end_of_lead(left) :]


def _unnamed(turn: Turn, words: str) -> PlanSheet | None:
    """The plan that was left out, where the words name a term of it, or one that every purchase has."""
    try:
        head, _ = choose(turn, words="")
    except (Ambiguous, Unknown):
        if usual_term(words):
            raise
        return None
    sheet = turn.unit.plans.sheet_of(head)
    known = usual_term(words) or TermNames(sheet.rows(Term), "").exact(words)
    return sheet if known else None


def _end_of_lead(left: str) -> int:
    found = _LEAD.match(left)
    return 0 if found is None or found.end() == len(left) else found.end()


def _term(turn: Turn, sheet: PlanSheet, words: str) -> str:
    """The name of the term that is meant. Raises Misread, or asks where it is only nearly one."""
    supplier = cut(sheet.plan.supplier, 24)
    terms = sheet.rows(Term)
    with asking_which(turn, f"chart {ref(sheet.plan.id)} {words}"):
        found = TermNames(terms, supplier).find(words)
    if found is not None:
        return found.name
    there = ", ".join(term.name for term in terms)
    raise Misread(
        f"That names no term of this plan. Its terms are: {cut(there, 300)}."
        if there
        else "This plan has no terms yet.",
        understood=f"I read {excerpt(words)}.",
        example=f"chart {supplier} {terms[0].name}"
        if terms
        else f"term {supplier} price: target 3.70, stop 4.05",
    )


def _is_whole(typed: Typed) -> bool:
    """Whether the words after `chart` are hardly an answer to an open question: a plan and a few words, or a usual term."""
    ends = [found.end() for found in re.finditer(r"\S+", typed.rest)][:-1]
    named = any(typed.is_plan(typed.rest[:end]) for end in ends[-_MOST_WORDS:])
    return named or bool(usual_term(typed.rest))


COMMANDS = (Command("chart", chart, also=("graph",), reads=True, fits=_is_whole),)
