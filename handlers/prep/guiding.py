"""The conversation: an answer is checked, kept, said back, and the next question follows. Nothing is lost on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous, Misread
from handlers.figures import cut
from handlers.plan_choice import ref
from handlers.prep.answers.figures import TwoReadings, plain_figure, resolved
from handlers.prep.answers.read import RowsAnswer
from handlers.prep.answers.shapes import is_looks_of, meant_for
from handlers.prep.answers.trades import TradeAnswer, completed
from handlers.prep.asking import ask, buttons, conversation_of, mark_of, offer, terms_now, words
from handlers.prep.brief import brief
from handlers.prep.guide import DONT_KNOW, Guide
from handlers.reading.choices import is_dont_know
from handlers.reading.near import NearName
from handlers.reading.plain import excerpt
from handlers.turn import Choice, Choices, Note, Reply, Text, Warn
from handlers.writing import moment

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.prep.guide import Ready
    from handlers.prep.question import Question
    from handlers.turn import Part
    from storage.tables import Answer, Conversation

_KEYED = re.compile(r"^\s*([A-Za-z][A-Za-z_ -]{0,23}?)\s*[:=]\s*(\S.*)$", re.DOTALL)


def guide_of(turn: Turn, conversation: Conversation) -> Guide | None:
    """The plan of a conversation, opened for a change; None where it is not there any more."""
    plan = conversation.plan_id
    book = turn.unit.plans.book(plan, to_edit=True) if plan is not None else None
    return Guide(turn, book) if book is not None else None


def give(guide: Guide, conversation: Conversation, text: str, *, sure: bool = False) -> Reply:
    """Take a line as the answer to the open question, or to the one whose key it names.

    What looks like the answer to another question is asked about, unless it is `sure` which one is meant.
    """
    question = guide.asked(conversation.state.get("key"))
    if question is None:
        return go_on(guide)
    named = _named(guide, question, text)
    if named is not None:
        return _out_of_order(guide, conversation, question, *named)
    if not sure:
        _ask_which_question(guide, conversation, question, text)
    return answer(guide, conversation, question, text)


def _ask_which_question(guide: Guide, conversation: Conversation, current: Question, text: str) -> None:
    """Raises Ambiguous where an answer looks like one to another question and not like one to the open one."""
    if conversation.state.get("again") is not None or is_dont_know(text):
        return
    meant = meant_for(current.kind, text, guide.context)
    others = [one for one in guide.questions if meant and is_looks_of(one.kind, meant)]
    other = next((one for one in others if guide.is_open(one)), others[0] if others else None)
    if other is None:
        return
    options = [
        *offer("answer", guide, current, f"For {other.label}", f"{other.key}: {text}"),
        *offer("answer", guide, current, f"For {current.label}", text),
    ]
    if len(options) == 2:  # else it is too long for a button, and so no slip
        raise Ambiguous(
            f"That reads like an answer to {other.label}, and {current.label} is what I asked. Nothing was changed.",
            [(one.label, one.words) for one in options],
            understood=f"I read {excerpt(text)}.",
        )


def _named(guide: Guide, current: Question, text: str) -> tuple[Question, str] | None:
    """`mandate: 4.05 by CFO` names its question, unless the open one is answered in just that way (`theirs: ...`)."""
    found = _KEYED.match(text)
    if found is None:
        return None
    key = found[1].strip().casefold().replace(" ", "_").replace("-", "_")
    other = guide.find(key)
    own_words = re.search(rf"\b{re.escape(found[1].strip())}\s*[:=]", current.example, re.IGNORECASE)
    if other is None or (own_words and other.key != current.key):
        return None
    return other, found[2]


def _out_of_order(
    guide: Guide, conversation: Conversation, current: Question, question: Question, text: str
) -> Reply:
    if question.key == current.key:
        return answer(guide, conversation, question, text)
    try:
        ready = guide.read(question, text)
    except Misread as error:
        return _misread(guide, question, text, error)
    told = replaced_note(guide, question)
    kept = _kept(f"{question.key}: {guide.keep(ready)}")
    return ask(guide, current, [*kept, *told])


def answer(guide: Guide, conversation: Conversation, question: Question, text: str) -> Reply:
    """An answer to the open question: refused with the question left open, or kept and the next one asked."""
    try:
        text = _with_condition(question, conversation, text)
        ready = guide.read(question, text)
    except Misread as error:
        return _misread(guide, question, text, error)
    theirs = changed_since(guide, question, int(conversation.state.get("seen", 0)))
    if theirs is not None:
        return conflict(guide, conversation, question, text, theirs)
    now = mark_of(terms_now(guide, question))
    if now != conversation.state.get("stood", now):
        return _moved(guide, question, text)
    if _lacks_condition(question, ready) and conversation.state.get("again") is None:
        return _ask_condition(guide, conversation, question, text)
    return kept_and_on(guide, question, guide.keep(ready))


def kept_and_on(guide: Guide, question: Question, said: str) -> Reply:
    """What was kept, and the next question."""
    return after(guide, question, _kept(said))


def _kept(said: str) -> list[Part]:
    return [Note((f"Kept: {said}",))]


def after(guide: Guide, question: Question, lines: list[Part]) -> Reply:
    """The question after this one, or the end."""
    following = guide.next_open(question.key)
    return ask(guide, following, lines) if following is not None else finish(guide, lines)


def go_on(guide: Guide, lines: list[Part] | None = None) -> Reply:
    """The first question that is still open, or the end."""
    question = guide.first_open()
    return ask(guide, question, lines or []) if question is not None else finish(guide, lines or [])


def finish(guide: Guide, lines: list[Part]) -> Reply:
    """The end of the questions, with a brief. What is left open waits."""
    conversations = guide.turn.unit.conversations
    plan = guide.book.plan.id
    left = [question for question in guide.questions if guide.is_open(question)]
    row = conversation_of(guide.turn, plan)
    if row is not None and row.state.get("mine"):
        conversations.save(row, row.state, is_open=False)
    elif row is not None:
        conversations.end(row)
    note = Note(("That was the last question." if not left else f"Asked through; {len(left)} still open.",))
    return brief(guide, before=[*lines, note])


# ---- what is wrong with an answer ----


def _misread(guide: Guide, question: Question, text: str, error: Misread) -> Reply:
    """Nothing is changed and the question stays open, with what was typed where the face would lose it."""
    if not isinstance(error, TwoReadings | NearName):  # an example that can be typed as it stands
        error = Misread(error.wrong, understood=error.understood, example=question.example)
    parts: list[Part] = [Text(tuple(error.lines))]
    if isinstance(error, TwoReadings):
        parts.append(_readings(guide, question, text, error))
    if isinstance(error, NearName):
        options = (offer("answer", guide, question, label, said) for label, said in error.options(text))
        parts.append(Choices(tuple(choice for one in options for choice in one)))
    if not guide.turn.is_direct:
        parts.append(Note((f"You typed: {cut(text, 2000)}",)))
    parts.append(buttons(guide, question))
    return Reply(tuple(parts), asks=True)


def _readings(guide: Guide, question: Question, text: str, error: TwoReadings) -> Choices:
    first, second = error.readings
    small = offer("answer", guide, question, plain_figure(first), resolved(text, thousands=False))
    large = offer("answer", guide, question, plain_figure(second), resolved(text, thousands=True))
    return Choices((*small, *large))


# ---- a trade without a condition ----


def _lacks_condition(question: Question, ready: Ready) -> bool:
    if question.rule != "condition" or not isinstance(ready.value, RowsAnswer):
        return False
    return any(isinstance(t, TradeAnswer) and not t.if_they and not t.never for t in ready.value.rows)


def _ask_condition(guide: Guide, conversation: Conversation, question: Question, text: str) -> Reply:
    state = {**conversation.state, "again": text}
    guide.turn.unit.conversations.save(conversation, state, is_open=True)
    keep = offer("answer", guide, question, "Keep it as it is", text)
    return Reply(
        (
            Text(("What must they do for it? What goes across for nothing is soon taken for granted.",)),
            Note((f"For example: {question.example}", "Say it as “if ...”, or keep it without a condition.")),
            Choices((*keep, *buttons(guide, question).options)),
        ),
        asks=True,
    )


def _with_condition(question: Question, conversation: Conversation, text: str) -> str:
    """What was asked for after a trade that lacked its condition completes that trade: `if <= 3.74`, `they go to 3.74`."""
    again = conversation.state.get("again")
    return completed(again, text) if question.rule == "condition" and isinstance(again, str) else text


# ---- two people on one plan ----


def changed_since(guide: Guide, question: Question, seen: int) -> Answer | None:
    """The newest answer, if somebody else gave it since the member was shown the question."""
    newest = guide.newest(question)
    if newest is None or newest.number == seen or newest.member_id == guide.book.member_id:
        return None
    return newest


def _moved(guide: Guide, question: Question, text: str) -> Reply:
    """The terms were changed by a command while their question was open. Nothing is overwritten unseen."""
    warned = Warn(
        (f"The terms have changed since I asked. Now: {cut(terms_now(guide, question) or 'none', 200)}",)
    )
    mine = Choices((*offer("answer", guide, question, "Take mine", text),))
    return ask(guide, question, [warned, Text((f"Yours: {cut(text, 300)}",))], after=[mine])


def who(guide: Guide, row: Answer) -> str:
    """Who gave an answer and when."""
    member = guide.turn.unit.colleagues.by_id(row.member_id)
    name = member.name if member is not None and member.name else "A colleague"
    return f"{name}, {moment(row.at, guide.turn.now, guide.turn.manners)}"


def replaced_note(guide: Guide, question: Question) -> list[Part]:
    """What somebody else had answered, said before it is replaced by a deliberate word."""
    newest = guide.newest(question)
    if newest is None or newest.member_id == guide.book.member_id:
        return []
    said = DONT_KNOW if newest.gap else cut(newest.text, 200)
    return [Warn((f"This takes the place of an answer to {question.key} ({who(guide, newest)}): {said}",))]


def conflict(
    guide: Guide, conversation: Conversation, question: Question, text: str, theirs: Answer
) -> Reply:
    """Tell the second what the first changed, and let them choose. Nothing is overwritten."""
    mine = {**conversation.state.get("mine", {}), question.key: text}
    guide.turn.unit.conversations.save(conversation, {**conversation.state, "mine": mine}, is_open=True)
    return Reply((*conflict_parts(guide, question, text, theirs),), asks=True)


def conflict_parts(guide: Guide, question: Question, text: str, theirs: Answer) -> list[Part]:
    """Both answers to a question, and the buttons to choose one."""
    said = DONT_KNOW if theirs.gap else cut(theirs.text, 300)
    return [
        Warn((f"Somebody else has answered {question.key} since you saw it ({who(guide, theirs)}).",)),
        Text((f"Theirs: {said}", f"Yours: {cut(text, 300)}")),
        Choices(
            (
                Choice("Keep theirs", f"{words('keep', guide, question)} {theirs.number}"),
                Choice("Take mine", f"{words('take', guide, question)} {theirs.number}"),
            )
        ),
    ]


def settle(guide: Guide, conversation: Conversation, question: Question, number: int, *, mine: bool) -> Reply:
    """The choice between two answers. A third change since then is shown as well."""
    waiting = dict(conversation.state.get("mine", {}))
    text = waiting.pop(question.key, None)
    if text is None:
        return go_on(guide, [Note(("That has been settled already.",))])
    newest = guide.newest(question)
    if mine and newest is not None and newest.number != number and newest.member_id != guide.book.member_id:
        return conflict(guide, conversation, question, text, newest)
    conversations = guide.turn.unit.conversations
    conversations.save(conversation, {**conversation.state, "mine": waiting}, is_open=conversation.is_open)
    said = guide.keep(guide.read(question, text)) if mine else f"{question.key} as your colleague answered it"
    current = guide.asked(conversation.state.get("key"))
    lines = _kept(said)
    if current is None or current.key == question.key:
        return after(guide, question, lines)
    return ask(guide, current, lines)


def stale(guide: Guide, current: Question | None) -> Reply:
    """A button of a question that the member has left acts on nothing."""
    lines: list[Part] = [Note(("That button belongs to a question you have left. Nothing was changed.",))]
    if current is not None:
        return ask(guide, current, [*lines, Note(("Here is where you are:",))])
    return Reply((*lines, Choices((Choice("Go on", f"resume {ref(guide.book.plan.id)}"),))))
