"""Moving about in the questions: resume, back, skip, later, stop, don't know, and the buttons that do the same.

Buttons name the plan and the question they were made for. On any other question they do nothing and say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous, Refused, Unknown
from handlers.figures import cut
from handlers.plan_choice import choose, ref
from handlers.prep.asking import KIND, ask, conversation_of, help_lines
from handlers.prep.brief import brief
from handlers.prep.carrying import prepare_fully
from handlers.prep.guide import DONT_KNOW, Guide
from handlers.prep.guiding import after, answer, give, go_on, guide_of, settle, stale
from handlers.prep.progress import readiness
from handlers.prep.starting import KIND as STARTING
from handlers.turn import Choice, Choices, Note, Reply, Text
from storage.progress import answered

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.prep.question import Question
    from storage.tables import Conversation

_TARGET = re.compile(
    r"^plan:(?P<plan>\d{1,16})\s+(?P<key>[a-z][a-z_]*)(?:\s+(?P<number>\d{1,9}))?(?:\s*:\s?(?P<text>.*))?$",
    re.S,
)
_SCRIPT = re.compile(
    r"^(?:(?P<before>quick|full)\b\s*)?(?P<rest>.*?)(?:\s*\b(?P<after>quick|full))?$", re.I | re.S
)
_NOTHING = "No question is open at the moment."


@dataclass(frozen=True, slots=True)
class Open:
    """The question that a navigation word is about, and the answer that a button carries (None for none)."""

    guide: Guide
    conversation: Conversation
    question: Question
    text: str | None = None


def _open(turn: Turn) -> Open | Reply:
    """The open question; or what to say where the button is an old one. Raises Unknown where nothing is open."""
    target = _TARGET.match(turn.rest)
    conversation = (
        conversation_of(turn, int(target["plan"])) if target else turn.unit.conversations.open_one()
    )
    if conversation is None or conversation.kind != KIND:
        return _nothing(turn, int(target["plan"]) if target else None)
    guide = guide_of(turn, conversation)
    if guide is None:
        turn.unit.conversations.end(conversation)
        raise Unknown("That plan is not there for you any more.", example="hub")
    turn.focus = guide.book.plan.id
    question = guide.asked(conversation.state.get("key"))
    if question is None:
        return go_on(guide)
    if target and target["key"] != question.key:
        return stale(guide, question if conversation.is_open else None)
    return Open(guide, conversation, question, target["text"] if target else None)


def _nothing(turn: Turn, plan: int | None) -> Reply:
    head = turn.unit.plans.head(plan) if plan is not None else None
    if head is None:
        raise Unknown(_NOTHING, example="resume")
    turn.focus = head.id
    return Reply(
        (
            Text((f"{_NOTHING} Nothing was changed.",)),
            Choices(
                (Choice("Go on", f"resume {ref(head.id)}"), Choice("Show the plan", f"show {ref(head.id)}"))
            ),
        )
    )


def back(turn: Turn) -> Reply:
    """The question before, answered or not."""
    found = _open(turn)
    if isinstance(found, Reply):
        return found
    before = found.guide.before(found.question.key)
    if before is None:
        return ask(found.guide, found.question, [Note(("This is the first question.",))])
    return ask(found.guide, before)


def skip(turn: Turn) -> Reply:
    """The next question; this one stays open."""
    found = _open(turn)
    if isinstance(found, Reply):
        return found
    return after(found.guide, found.question, [Note((f"Skipped: {found.question.key}.",))])


def gap(turn: Turn) -> Reply:
    """Don't know: an answer that is shown as a gap."""
    found = _open(turn)
    if isinstance(found, Reply):
        return found
    return answer(found.guide, found.conversation, found.question, DONT_KNOW)


def give_answer(turn: Turn) -> Reply:
    """An answer by button: a choice, a question from the bank, one of two readings of a figure."""
    found = _open(turn)
    if isinstance(found, Reply):
        return found
    text = turn.rest if found.text is None else found.text
    return give(found.guide, found.conversation, text, sure=True)


def example(turn: Turn) -> Reply:
    """An example, with what to think of and what research found."""
    found = _open(turn)
    if isinstance(found, Reply):
        return found
    return ask(found.guide, found.question, after=[Note(help_lines(found.question))])


def later(turn: Turn) -> Reply:
    """Put the questions aside; the place is kept for as long as it takes."""
    if _left_another_kind(turn):
        return Reply((Text(("I have put that aside.",)),))
    found = _open(turn)
    if isinstance(found, Reply):
        return found
    guide = found.guide
    guide.turn.unit.conversations.save(found.conversation, found.conversation.state, is_open=False)
    place = _kept_place(guide, found.conversation) or guide.first_open() or found.question
    number, of = guide.place(place.key)
    return Reply(
        (
            Text((f"I keep your place: {guide.book.plan.supplier}, question {number} of {of}.",)),
            Note(("“resume” goes on from there, today or in two weeks.",)),
            Choices((Choice("Resume", f"resume {ref(guide.book.plan.id)}"),)),
        )
    )


def stop(turn: Turn) -> Reply:
    """End the questions with a brief of what is there."""
    if _left_another_kind(turn, end=True):
        return Reply((Text(("Stopped.",)),))
    found = _open(turn)
    if isinstance(found, Reply):
        return found
    turn.unit.conversations.end(found.conversation)
    return brief(found.guide, before=[Note(("Stopped here. This is what the plan says so far:",))])


def _left_another_kind(turn: Turn, *, end: bool = False) -> bool:
    """Whether another kind of conversation was open, which is put aside (or ended)."""
    row = turn.unit.conversations.open_one() if not turn.rest else None
    if row is None or row.kind == KIND:
        return False
    if end or row.kind == STARTING:
        turn.unit.conversations.end(row)
    else:
        turn.unit.conversations.save(row, row.state, is_open=False)
    return True


def keep(turn: Turn) -> Reply:
    """Of two answers to one question, the colleague's."""
    return _settle(turn, mine=False)


def take(turn: Turn) -> Reply:
    """Of two answers to one question, one's own."""
    return _settle(turn, mine=True)


def _settle(turn: Turn, *, mine: bool) -> Reply:
    target = _TARGET.match(turn.rest)
    conversation = conversation_of(turn, int(target["plan"])) if target else None
    if target is None or conversation is None:
        return _nothing(turn, int(target["plan"]) if target else None)
    guide = guide_of(turn, conversation)
    question = guide.find(target["key"]) if guide else None
    if guide is None or question is None:
        raise Unknown("That question is not there any more.", example="resume")
    turn.focus = guide.book.plan.id
    return settle(guide, conversation, question, int(target["number"] or 0), mine=mine)


# ---- resume ----


def resume(turn: Turn) -> Reply:
    """Go on where one was: the open question, the only one that waits, or the plan that is named."""
    said = _SCRIPT.match(turn.rest.strip())
    assert said is not None  # every text fits
    script = (said["before"] or said["after"] or "").lower()
    rest = said["rest"].strip()
    if not rest and not script:
        return _latest(turn)
    turn.rest = rest
    head, _ = choose(turn, bare=True)
    return resume_plan(turn, head.id, script)


def resume_plan(turn: Turn, plan_id: int, script: str = "") -> Reply:
    """Go on with a plan, at the place that was kept or else at the first question without an answer."""
    book = turn.unit.plans.book(plan_id, to_edit=True)
    if book is None:
        raise Unknown("That plan is not there for you any more.", example="hub")
    if not book.may_edit:
        raise Refused(
            f"You may read the plan for {book.plan.supplier}, but not change it.",
            example=f"show {book.plan.supplier}",
        )
    guide = Guide(turn, book)
    if script == "full":
        prepare_fully(guide)
    row = conversation_of(turn, plan_id)
    question = _kept_place(guide, row) if row is not None and not script else None
    return ask(guide, question) if question is not None else go_on(guide)


def _kept_place(guide: Guide, row: Conversation) -> Question | None:
    """The question at which the member was; None where it has been answered another way since."""
    question = guide.asked(row.state.get("key"))
    if question is None or guide.is_open(question):
        return question
    newest = guide.newest(question)
    return question if newest is not None and newest.number == row.state.get("seen") else None


def _latest(turn: Turn) -> Reply:
    rows = [row for row in turn.unit.conversations.all() if row.kind == KIND and row.plan_id is not None]
    live = {row.plan_id: head for row in rows if (head := turn.unit.plans.head(row.plan_id or 0)) is not None}
    rows = [row for row in rows if row.plan_id in live]
    current = next((row for row in rows if row.is_open), None) or (rows[0] if len(rows) == 1 else None)
    if current is not None:
        return resume_plan(turn, current.plan_id or 0)
    if rows:
        options = [
            (_label(row, live[row.plan_id].label), f"resume {ref(row.plan_id or 0)}") for row in rows[:8]
        ]
        raise Ambiguous("Several preparations wait for you. Which one?", options)
    return _unfinished(turn)


def _label(row: Conversation, plan: str) -> str:
    return cut(f"{plan} ({row.state.get('key', '')})", 70)


def _unfinished(turn: Turn) -> Reply:
    """No place was kept: the only live plan with open questions, or a choice of them."""
    heads = [head for head in turn.unit.plans.live(most=8) if head.level != "read"]
    given = answered(turn.unit, heads)
    open_ = [head for head in heads if readiness(turn.scripts.of(head.script), given[head.id]) < 100]
    if not open_:
        raise Unknown("There is nothing to resume.", example="new Acme: housings")
    if len(open_) > 1:
        raise Ambiguous(
            "Which preparation?", [(cut(head.label, 70), f"resume {ref(head.id)}") for head in open_]
        )
    return resume_plan(turn, open_[0].id)
