"""`new`: a plan is started; what was left out is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers.calling import has_command, said
from handlers.command import is_public
from handlers.errors import Misread
from handlers.figures import cut
from handlers.plan_choice import ref
from handlers.prep.answers.deals import DealAnswer, read_deal
from handlers.prep.asking import KIND as GUIDED
from handlers.prep.asking import in_direct
from handlers.prep.guide import Guide, Ready
from handlers.prep.guiding import go_on, kept_and_on
from handlers.reading.names import normal
from handlers.reading.plain import excerpt
from handlers.turn import Choice, Choices, Heading, Note, Reply, Text
from storage.plans import LIVE
from storage.tables import Plan

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.prep.company import Scripts
    from handlers.turn import Part
    from storage.tables import Conversation

KIND = "new"
EXAMPLE = "new Acme: housings"
_SCRIPT = re.compile(
    r"^(?P<first>another\s+)?(?:a\s+)?(?P<script>quick|full)\b[\s:,]*(?P<rest>.*)$", re.I | re.S
)
_SCRIPT_END = re.compile(r"^(?P<rest>.+?)\s*[,;]\s*(?P<script>quick|full)$", re.I | re.S)
_ANOTHER = re.compile(r"^another\s+(?P<rest>.+)$", re.I | re.S)
_PICK = {"quick": "quick", "short": "quick", "full": "full", "long": "full"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be started. Empty strings for what was not said; `another` although a live plan is there."""

    supplier: str = ""
    what: str = ""
    script: str = ""
    another: bool = False


def read_wish(text: str) -> Wish:
    """`quick Acme: housings`, `Acme: housings, full`, `another Acme: housings`. Raises Misread for a name too long."""
    rest, script, another = text.strip(), "", False
    if found := _ANOTHER.match(rest):
        rest, another = found["rest"], True
    if found := _SCRIPT.match(rest) or _SCRIPT_END.match(rest):
        rest, script = found["rest"].strip(), found["script"].lower()
    supplier, mark, what = rest.partition(":")
    if not mark and "," in rest:
        supplier, _, what = rest.partition(",")
    return checked(Wish(supplier.strip(' "'), what.strip(), script, another))


def checked(wish: Wish) -> Wish:
    """The same wish. Raises Misread for what is no name, or too long for one."""
    if wish.supplier and not normal(wish.supplier):
        raise Misread(f"{excerpt(wish.supplier)} is no name.", example=EXAMPLE)
    if len(wish.supplier) > 80 or len(wish.what) > 200:
        said = ": ".join(filter(None, (wish.supplier, wish.what)))
        raise Misread("That is too long for a name.", understood=f"I read {excerpt(said)}.", example=EXAMPLE)
    return wish


def new(turn: Turn) -> Reply:
    """Start a plan, or ask for what is missing."""
    if is_public(turn.incoming):
        return _point_to_direct(turn)
    return begin(turn, read_wish(turn.rest))


def _point_to_direct(turn: Turn) -> Reply:
    """A mention is read by everybody, and that a plan exists is confidential."""
    here = f", or use {said(turn.incoming, EXAMPLE)} here" if has_command(turn.incoming) else ""
    return Reply(
        (
            Text(("Preparing is between you and me: everybody here can read a mention.",)),
            Note((f"Nothing was started. Type {EXAMPLE} to me in a direct message{here}.",)),
            Choices((Choice("Start in private", "new"),)),
        )
    )


def begin(turn: Turn, wish: Wish) -> Reply:
    """Start a plan as far as it was said."""
    if not wish.supplier:
        return _ask_supplier(turn, wish)
    there = [] if wish.another else _live(turn, wish.supplier)
    if there:
        return _there_already(wish, there)
    return _started(turn, wish)


def _ask_supplier(turn: Turn, wish: Wish) -> Reply:
    if not turn.is_direct:
        return Reply(
            (
                Text(("Which supplier, and what are you buying?",)),
                Note((f"For example: {said(turn.incoming, EXAMPLE)}",)),
            )
        )
    turn.unit.conversations.begin(KIND, None, {"script": wish.script})
    return Reply(
        (Text(("Which supplier is it, and what are you buying?",)), Note(("For example: Acme: housings",))),
        asks=True,
    )


def _bought_once(turn: Turn, wish: Wish) -> DealAnswer | None:
    """The deal in `new acme: 500 pumps once`: such a quantity would be a strange title."""
    deal = _deal(turn, f"{wish.supplier}, {wish.what}")
    return deal if deal is not None and deal.one_off and deal.what else None


def _live(turn: Turn, supplier: str) -> list[tuple[int, str]]:
    """The member's live plans that carry this name. Those of others do not exist here."""
    return [
        (head.id, head.label) for head, _ in turn.unit.plans.named([normal(supplier)]) if head.status in LIVE
    ]


def _there_already(wish: Wish, there: list[tuple[int, str]]) -> Reply:
    """Resume a live plan for this supplier, or start another."""
    again = f"new another {wish.script} {wish.supplier}: {wish.what}".replace("  ", " ").rstrip(": ")
    options = [Choice(cut(f"Go on with {label}", 40), f"resume {ref(plan)}") for plan, label in there]
    return Reply(
        (
            Text((f"You have a plan for {wish.supplier} already. Go on with it, or start another?",)),
            Choices((*options[:8], Choice("Start another", again))),
        )
    )


def _started(turn: Turn, wish: Wish) -> Reply:
    bought = _bought_once(turn, wish)
    guide = create(turn, replace(wish, what=bought.what) if bought else wish)
    before = _told(turn, guide)
    if bought and (deal := guide.find("deal")):
        said = guide.keep(Ready(deal, f"{wish.supplier}, {wish.what}", bought))
        before.append(Note((f"Kept: {said}",)))
    if wish.script:
        return go_on(guide, before)
    return choose_script(guide, before)


def create(turn: Turn, wish: Wish) -> Guide:
    """A new plan, owned by the member."""
    plan = Plan(
        workspace_id=0, owner_id=0, supplier=wish.supplier, title=wish.what, script=wish.script or "quick",
        currency=turn.manners.currency, created_at=turn.now, updated_at=turn.now,
    )  # fmt: skip
    names = [name for name in (wish.supplier, wish.what) if normal(name)]
    book = turn.unit.plans.start(plan, [(name, normal(name)) for name in names])
    turn.focus = book.plan.id
    return Guide(turn, book)


def _told(turn: Turn, guide: Guide) -> list[Part]:
    plan = guide.book.plan
    name = f"{plan.supplier}: {plan.title}" if plan.title else plan.supplier
    seen = (
        "The leads of this workspace can read plans, this one too."
        if turn.settings.leads_read_plans
        else "Only you can see it."
    )
    return [Note((f"Started a plan: {name}. {seen}",))]


def choose_script(guide: Guide, before: list[Part]) -> Reply:
    """Quick or full? The answer to the first question is taken for quick."""
    plan, scripts = guide.book.plan, guide.turn.scripts
    state = {"key": scripts.quick.questions[0].key, "seen": 0, "choose": True}
    guide.turn.unit.conversations.begin(GUIDED, plan.id, state)
    quick, full = (len(script.questions) for script in (scripts.quick, scripts.full))
    reply = Reply(
        (
            *before,
            Heading(f"{plan.supplier}: quick or full?"),
            Text(
                (
                    f"Quick asks {quick} questions and fits before a call; full asks {full}, over days if you like.",
                )
            ),
            Choices(
                (
                    Choice("Quick", f"resume quick {ref(plan.id)}", primary=True),
                    Choice("Full", f"resume full {ref(plan.id)}"),
                )
            ),
        ),
    )
    return reply if guide.turn.is_direct else in_direct(guide.turn, reply, plan.id)


def picked(text: str, scripts: Scripts) -> str | None:
    """The script that a line picks, by its name or by how many questions it has."""
    counts = {str(len(scripts.of(name).questions)): name for name in ("quick", "full")}
    said = " ".join(text.casefold().split()).strip(" .!").removesuffix(" preparation")
    return _PICK.get(said) or counts.get(said)


def answered(turn: Turn, conversation: Conversation, text: str) -> Reply:
    """The supplier, after it was asked for; a whole deal in one line is the first answer of the quick script too."""
    script = str(conversation.state.get("script", ""))
    text = re.sub(r"^\s*new\s+(?=\S)", "", text, flags=re.IGNORECASE)  # said once more
    wish = read_wish(text)
    wish = replace(wish, script=wish.script or script)
    if not wish.supplier:
        return _ask_supplier(turn, wish)
    first = turn.scripts.quick.by_key.get("deal")
    deal = _deal(turn, text) if first is not None and wish.script != "full" else None
    turn.unit.conversations.end(conversation)
    if first is None or deal is None:
        return begin(turn, wish)
    wish = Wish(deal.supplier, deal.what, "quick", wish.another)
    there = _live(turn, wish.supplier)
    if there:
        return _there_already(wish, there)
    guide = create(turn, wish)
    return kept_and_on(guide, first, guide.keep(guide.read(first, text)))


def _deal(turn: Turn, text: str) -> DealAnswer | None:
    """A deal with a volume or a price in it; None for a name alone."""
    try:
        deal = read_deal(text, turn.manners)
    except Misread:
        return None
    return deal if deal.volume is not None or deal.baseline is not None else None
