"""Words behind a command that may be the name of a plan: one that the member may not read, or that was never there.

Where the plan is left out, Prep takes the one that was meant last. `give nadir warranty` must not end as a favour of that
plan, so a name that fits no plan is refused, or asked about where it could be anything else. Whether there is such a plan is
not looked up: the answer and the work are the same.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous, Misread, Unknown
from handlers.figures import cut
from handlers.reading.plain import excerpt
from handlers.terms.names import usual_term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handlers.command import Turn
    from storage.book import PlanBook

_MOST_WORDS = 4
_WORD = re.compile(r"[^\s:,=]+")
_ORDINARY_WORDS = """
a an the our my their his her its some any one two three four five six seven eight nine ten first last next new old other
another more less most least all no not only full half double extra free spare additional further longer shorter long short
earlier later early late faster slower fast slow quicker quick better worse best good higher lower high low bigger smaller
larger large big small extended reduced increased improved guaranteed fixed firm flexible partial total annual yearly monthly
weekly quarterly daily regular special standard basic premium minimum maximum min max up down to of on at in by for with
without from as and or if it this that these those
price prices pricing cost costs fee fees rate rates rebate rebates discount discounts bonus credit refund surcharge payment
payments pay net days day week weeks month months year years deposit prepayment advance invoice invoicing billing currency
volume volumes quantity quantities order orders commitment commitments forecast forecasts call-off batch lot minimums moq
delivery deliveries lead freight shipping transport packaging packing pallets customs incoterm incoterms stock consignment
buffer safety storage warehouse warehousing logistics
warranty warranties guarantee guarantees liability insurance penalty penalties service services sla support maintenance repair
repairs training trainings consulting engineering development design tooling tool tools mould moulds sample samples prototype
prototypes testing test tests inspection inspections audit audits quality certificate certificates documentation
contract contracts term terms renewal extension exclusivity exclusive exit termination notice cap caps uplift increase
increases indexation index reference references logo case study testimonial press release visit visits site workshop
workshops marketing publicity joint pilot trial licence licences license licenses seat seats user users access data report
reports reporting review reviews meeting meetings dedicated named account manager contact hotline priority preferred
extend extending drop dropping waive waived waiving keep keeping accept accepted accepting agree agreed promise promised
offer offered move moved shift shifted give giving get getting add added include included including pay paying take taken
return returns recycling co2 carbon energy innovation roadmap integration installation commissioning setup implementation
migration onboarding handover spares parts accessories upgrade upgrades update updates
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
"""Words with which things begin that are negotiated. A name seldom begins with one, and where it does, the answer shows it."""


def unknown_plan(name: str) -> Unknown:
    """No plan of that name is there for the member."""
    return Unknown(
        f"No plan that you can read is called {cut(name, 40)}. Nothing was changed.",
        example="“plans” lists yours, “new Acme: housings” starts one",
    )


def name_before(turn: Turn, rest: str, fits: Callable[[str], bool]) -> str:
    """The words before what `fits`, where no plan was named: they can only have meant one. Empty where there are none."""
    if turn.plan_named or turn.values is not None:
        return ""
    for word in list(_WORD.finditer(rest))[:_MOST_WORDS]:
        left = rest[word.end() :].lstrip(" :,").strip()
        if not re.search(r"[^\W\d]", word[0]):
            return ""
        if left and fits(left):
            return rest[: word.end()].strip()
    return ""


def refuse_name_before(turn: Turn, rest: str, fits: Callable[[str], bool]) -> None:
    """Raises Unknown where words stand before what `fits` and no plan was named."""
    name = name_before(turn, rest, fits)
    if name:
        raise unknown_plan(name)


@contextmanager
def or_unknown_plan(turn: Turn, rest: str, fits: Callable[[str], bool]) -> Iterator[None]:
    """What cannot be read inside is told as a plan that is not there, where words stand before what `fits`."""
    try:
        yield
    except (Misread, Unknown):
        refuse_name_before(turn, rest, fits)
        raise


def begins_with_term(text: str) -> bool:
    """Whether a text begins with what people usually negotiate: `price 3.60`, `payment net 60`."""
    words = list(_WORD.finditer(text))[:3]
    return any(usual_term(text[: word.end()]) for word in words)


def ask_about_name(turn: Turn, book: PlanBook, said: str, words: str, what: str) -> None:
    """Raises Ambiguous where no plan was named and `said` may begin with the name of one.

    `words` is the command that keeps it for `book` all the same, `what` names that, as in `a favour for Acme`.
    """
    first = _WORD.search(said)
    if turn.plan_named or turn.values is not None or first is None:
        return
    word = first[0].casefold().strip("'\"().-")
    if not re.match(r"[^\W\d]", word) or word in _ORDINARY or word.rstrip("s") in _ORDINARY:
        return
    supplier = cut(book.plan.supplier, 24)
    raise Ambiguous(
        f"No plan that you can read is called {cut(first[0], 40)}. Is it {what}? Nothing was changed.",
        [(f"Yes, for {supplier}", words), ("My plans", "plans")],
        understood=f"I read {excerpt(said)}.",
    )
