"""A question as it is shown: how far one is, why it is asked, an example, what was said so far, and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from handlers.figures import WIDTH, cut
from handlers.plan_choice import ref
from handlers.prep.banks import bank_questions, checklist, common_objections, hints_for
from handlers.prep.carrying import composed
from handlers.turn import Address, Choice, Choices, Heading, Note, Preview, Reply, Send, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.command import Turn
    from handlers.prep.guide import Guide
    from handlers.prep.question import Question
    from handlers.turn import Part
    from storage.tables import Conversation

KIND = "guided"
_BUTTON_LIMIT = 1800  # a platform keeps so much with a button
_CHECKLISTS = frozenset({"levers", "health", "style"})
_TERMS = frozenset({"terms", "triples", "triple"})
_MOST_OFFERED = 5
_BANK_OFFERED = 3  # questions of the bank, one of a topic, and each on a line of its own


def ask(
    guide: Guide,
    question: Question,
    before: Sequence[Part] = (),
    *,
    state: Mapping[str, object] | None = None,
    after: Sequence[Part] = (),
) -> Reply:
    """Show a question and wait for its answer. `before` stands above it, `after` below its example.

    Where the member is and what they were shown is kept, so that the answer can come days later.
    """
    newest = guide.newest(question)
    row = conversation_of(guide.turn, guide.book.plan.id)
    kept = {
        "mine": row.state.get("mine", {}) if row is not None else {},
        "key": question.key,
        "seen": newest.number if newest else 0,
        "unanswered": guide.is_open(question),
        "stood": mark_of(terms_now(guide, question)),
        "choices": [choice.casefold() for choice in question.choices],
        **(state or {}),
    }
    guide.turn.unit.conversations.begin(KIND, guide.book.plan.id, kept)
    guide.turn.focus = guide.book.plan.id
    number, of = guide.place(question.key)
    title = next(section.title for section in guide.script.sections if section.key == question.section)
    parts: list[Part] = [
        *before,
        Heading(cut(f"{cut(guide.book.plan.supplier, 28)} · {title} · {number} of {of}")),
    ]
    parts.append(Text((question.prompt,)))
    parts.append(Note((question.why, *to_think_of(question), f"For example: {question.example}")))
    if newest is not None and not newest.gap:
        parts.append(Note((f"So far: {cut(terms_now(guide, question) or newest.text, 200)}",)))
    parts += [*after, *_offered(guide, question), buttons(guide, question)]
    typed = question.kind != "choice"  # where one chooses, a bare number is a button
    reply = Reply(tuple(parts), asks=typed, preview=Preview.QUESTION)
    return reply if guide.turn.is_direct else in_direct(guide.turn, reply, guide.book.plan.id)


def to_think_of(question: Question) -> tuple[str, ...]:
    """The choices that do not bind, which nobody could know of otherwise; Prep's own stand behind the example."""
    is_open = question.kind in {"several", "list"} and question.key not in _CHECKLISTS
    return (f"To think of: {', '.join(question.choices)}",) if is_open and question.choices else ()


def terms_now(guide: Guide, question: Question) -> str:
    """The terms as they stand, where a question is about them: a command may have changed them since an answer."""
    return composed(guide, "terms") if question.kind in _TERMS else ""


def mark_of(text: str) -> int:
    """A mark by which a change of a text is seen, without keeping the text."""
    return crc32(text.encode())


def conversation_of(turn: Turn, plan_id: int) -> Conversation | None:
    """Where the member is in a plan, open or waiting."""
    rows = turn.unit.conversations.all()
    return next((row for row in rows if row.kind == KIND and row.plan_id == plan_id), None)


def in_direct(turn: Turn, reply: Reply, plan_id: int) -> Reply:
    """A question goes to the direct message; where it was asked for, the member alone learns that."""
    return Reply(
        (Text(("I have sent you the question in our direct message: answer there.",)),),
        sends=(Send(Address(turn.incoming.speaker.id, direct=True), reply, plan_id),),
    )


def words(name: str, guide: Guide, question: Question, text: str = "") -> str:
    """The words of a button that acts on one question of one plan."""
    start = f"{name} {ref(guide.book.plan.id)} {question.key}"
    return f"{start}: {text}" if text else start


def offer(name: str, guide: Guide, question: Question, label: str, text: str = "") -> list[Choice]:
    """A button, unless what it has to carry is too long for one."""
    said = words(name, guide, question, text)
    return [Choice(cut(label, 70), said)] if len(said) <= _BUTTON_LIMIT else []


def buttons(guide: Guide, question: Question) -> Choices:
    """The buttons under every question."""
    number, _ = guide.place(question.key)
    section = next(s for s in guide.script.sections if s.key == question.section)
    back = [Choice("Back", words("back", guide, question))] if number > 1 else []
    form = Choice("Section as a form", f"edit {ref(guide.book.plan.id)} {section.key}")
    return Choices(
        (
            Choice("Skip", words("skip", guide, question)),
            *back,
            Choice("Don't know", words("gap", guide, question)),
            Choice("Example", words("example", guide, question)),
            Choice("Later", words("later", guide, question)),
            *([form] if len(section.questions) > 1 else []),
            Choice("Stop", words("stop", guide, question)),
        )
    )


def _offered(guide: Guide, question: Question) -> list[Part]:
    """Answers to press: the choices, or questions from the bank."""
    if question.kind == "choice" or (question.kind == "alternatives" and question.choices):
        said: tuple[str, ...] = question.choices
    elif question.kind == "questions":
        return _from_the_bank(guide, question)
    else:
        said = ()
    options = [option for one in said for option in offer("answer", guide, question, one, one)]
    return [Choices(tuple(options))] if options else []


def _from_the_bank(guide: Guide, question: Question) -> list[Part]:
    """Whole questions to read and short buttons below: a phone cuts a long button."""
    said = bank_offered()
    lines = tuple(f"{number} {one}" for number, one in enumerate(said, 1))
    taken = [
        option
        for number, one in enumerate(said, 1)
        for option in offer("answer", guide, question, f"Take {number}", one)
    ]
    return [Text(lines), Choices(tuple(taken))]


def bank_offered() -> tuple[str, ...]:
    """A few questions of the bank that fit a line, of different topics."""
    by_topic: dict[str, str] = {}
    for one in bank_questions():
        if len(one.ask) <= WIDTH - 4:
            by_topic.setdefault(one.topic, one.ask)
    return tuple(by_topic.values())[:_BANK_OFFERED]


def help_lines(question: Question) -> tuple[str, ...]:
    """What to think of, and what research found; the example stands with the question."""
    lines: list[str] = []
    if question.key in _CHECKLISTS:
        lines += [f"{name}: {about}" for name, about in checklist(question.key).items]
    if question.kind == "objections":
        lines += [f"{one.they} -> {one.answer}" for one in common_objections()[:_MOST_OFFERED]]
    if question.kind == "questions":
        others = [one.ask for one in bank_questions() if one.ask not in bank_offered()]
        lines += others[:_MOST_OFFERED]
    lines += [f"{hint.text} ({hint.source})" for hint in hints_for(question.key)]
    return tuple(lines) or ("The example above is all I have on this one.",)
