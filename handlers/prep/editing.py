"""`edit`: earlier answers in a form, a section or a single one. A form carries which answers it was opened with, so that
what a colleague changed meanwhile is shown and not overwritten."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous, Misread, Refused, Unknown
from handlers.figures import cut
from handlers.plan_choice import open_book, ref
from handlers.prep.asking import KIND, conversation_of
from handlers.prep.guide import DONT_KNOW, Guide
from handlers.prep.guiding import changed_since, conflict_parts
from handlers.prep.known import known
from handlers.prep.progress import left_over
from handlers.reading.names import match
from handlers.reading.plain import excerpt
from handlers.turn import Choice, Choices, Field, FieldKind, Form, Heading, Note, Reply, Text, Warn
from handlers.wrong_fields import WrongFields
from storage.tables import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.command import Turn
    from handlers.prep.guide import Ready
    from handlers.prep.question import Question, Section
    from handlers.turn import Part

_SEEN = re.compile(r"\s*\bseen(?:\s+(?P<seen>[a-z_.\d,]*))?\s*$")
_ISO = re.compile(r"(?<![\w/.-])(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?(?![\w/-])")
_ARTICLE = re.compile(r"^(?:the|our|my)\s+(?=\S)", re.IGNORECASE)
_SHORT = frozenset({"money", "number", "date", "triple", "mandate", "deal", "talks"})


def edit(turn: Turn) -> Reply:
    """Open the form of a section or a question, keep what was sent with one, or list the sections."""
    book, rest = open_book(turn, to_edit=True)
    guide = Guide(turn, book)
    seen = _SEEN.search(rest)
    named = rest[: seen.start()].strip() if seen else rest
    if not named:
        return _sections(guide)
    questions, title = _named(guide, named)
    if turn.values is not None:
        opened = form_of(guide, named, questions, title, turn.values)
        return _sent(guide, opened, questions, _numbers((seen["seen"] or "") if seen else ""), turn.values)
    return Reply(form=form_of(guide, named, questions, title), parts=())


def _sections(guide: Guide) -> Reply:
    lines, options = [], []
    for section in guide.script.sections:
        mine = [question for question in guide.questions if question.section == section.key]
        done = sum(not guide.is_open(question) for question in mine)
        lines.append(f"{section.title}: {done} of {len(mine)}")
        options.append(Choice(section.title, f"edit {ref(guide.book.plan.id)} {section.key}"))
    head = Heading(cut(f"{guide.book.plan.supplier}: which answers?"))
    note = Note(("Or name one: edit " + cut(guide.book.plan.supplier, 30) + " goal",))
    return Reply((head, Text(tuple(lines)), note, Choices(tuple(options))))


def _named(guide: Guide, named: str) -> tuple[tuple[Question, ...], str]:
    """The questions that are meant, and what they are called together. A key goes before a section of the same name,
    unless the section has more."""
    named = _ARTICLE.sub("", named.strip())
    key = named.casefold().replace("-", "_")
    found = _section(guide, named)
    question = guide.find(key.replace(" ", "_"))
    if found is not None and (question is None or key == found.key):
        mine = tuple(q for q in guide.questions if q.section == found.key)
        if mine:
            return mine, found.title
    if question is not None:
        return (question,), question.label
    options = [(s.title, f"edit {ref(guide.book.plan.id)} {s.key}") for s in guide.script.sections]
    raise Ambiguous(f"There is no section or answer called {cut(named, 40)}. Which of these?", options)


def _section(guide: Guide, named: str) -> Section | None:
    """The section that words name by its key or its title, forgiving slips."""
    sections = guide.script.sections
    exact = next((one for one in sections if one.key == named.casefold().replace("-", "_")), None)
    return exact or match(named, {one: (one.key, one.title) for one in sections}).one


def form_of(
    guide: Guide,
    named: str,
    questions: Sequence[Question],
    title: str,
    typed: Mapping[str, str] | None = None,
) -> Form:
    """A form with a field for each question, filled with what stands there, or with what was typed."""
    newest = {question.key: guide.newest(question) for question in questions}
    seen = ",".join(f"{key}.{row.number}" for key, row in newest.items() if row is not None)
    fields = tuple(_field(q, newest[q.key], (typed or {}).get(q.key)) for q in questions)
    return Form(
        words=f"edit {ref(guide.book.plan.id)} {named} seen {seen}".rstrip(),
        title=cut(f"{guide.book.plan.supplier}: {title}", 60),
        fields=fields,
        intro='Leave empty what you do not want to answer. "Don\'t know" is an answer too.',
    )


def _field(question: Question, newest: Answer | None, typed: str | None) -> Field:
    value = typed if typed is not None else newest.text if newest is not None else ""
    kind = FieldKind.LINE if question.kind in _SHORT else FieldKind.LINES
    options: tuple[tuple[str, str], ...] = ()
    if question.kind == "choice" and (not value or value in question.choices):
        kind, options = FieldKind.CHOICE, tuple((choice, choice) for choice in question.choices)
    return Field(
        question.key, question.prompt, kind, value, f"For example: {question.example}", options=options
    )


def _numbers(seen: str) -> dict[str, int]:
    """Key -> the number of the answer that the form was opened with."""
    pairs = (pair.partition(".") for pair in seen.split(",") if pair)
    return {key: int(number) for key, _, number in pairs if number.isdigit()}


# ---- a form that was sent ----


def _sent(
    guide: Guide,
    form: Form,
    questions: Sequence[Question],
    seen: Mapping[str, int],
    values: Mapping[str, str],
) -> Reply:
    """Keep what was changed in the form. With an error nothing is kept, and the form comes back as it was typed."""
    changed = [
        q for q in questions if q.key in values and _is_changed(guide, q, seen.get(q.key, 0), values[q.key])
    ]
    ready, wrong = _read_all(guide, changed, values)
    if wrong:
        opened = " seen " + ",".join(f"{key}.{number}" for key, number in seen.items())
        form = replace(form, words=_SEEN.sub("", form.words) + opened, open_label="Back to the form")
        errors = tuple(f"{key}: {' '.join(error.lines)}" for key, error in wrong.items())
        said = (Warn(errors), Text(("Nothing was changed. What you typed is in the form.",)))
        at_them = tuple(zip(wrong, errors, strict=True))
        return Reply(said, form=form, wrong=at_them)
    return _keep_all(guide, ready, seen)


def _is_changed(guide: Guide, question: Question, number: int, text: str) -> bool:
    """Whether a field differs from what the form was opened with."""
    text = text.strip()
    return text != (_text_of(guide, question, number) if number else "")


def _text_of(guide: Guide, question: Question, number: int) -> str:
    """The text of the answer with this number."""
    newest = guide.newest(question)
    if newest is not None and newest.number == number:
        return newest.text.strip()
    if question.owner_only:  # only the newest of these is read, for the owner
        return ""
    rows = guide.book.rows(Answer, key=question.key, number=number, owner_only=False)
    return rows[0].text.strip() if rows else ""


def _read_all(
    guide: Guide, questions: Sequence[Question], values: Mapping[str, str]
) -> tuple[list[Ready], dict[str, Misread]]:
    ready: list[Ready] = []
    wrong: dict[str, Misread] = {}
    for question in questions:
        try:
            ready.append(guide.read(question, values[question.key].strip() or DONT_KNOW))
        except Misread as error:
            wrong[question.key] = error
    return ready, wrong


def _keep_all(guide: Guide, ready: Sequence[Ready], seen: Mapping[str, int]) -> Reply:
    lines: list[str] = []
    conflicts: list[Part] = []
    mine: dict[str, str] = {}
    for one in ready:
        theirs = changed_since(guide, one.question, seen.get(one.question.key, 0))
        if theirs is not None:
            conflicts += conflict_parts(guide, one.question, one.text, theirs)
            mine[one.question.key] = one.text
        else:
            lines.append(cut(f"{one.question.key}: {_keep(guide, one)}", 200))
    if mine:
        _remember(guide, mine)
    head = Heading(cut(f"{guide.book.plan.supplier}: {len(lines)} kept · {guide.readiness} % ready"))
    plan = ref(guide.book.plan.id)
    options = (
        Choice("Go on", f"resume {plan}"),
        Choice("Show the plan", f"show {plan}"),
        Choice("Edit", f"edit {plan}"),
    )
    said = (
        Text(tuple(lines) or ("Nothing was changed.",))
        if lines or not conflicts
        else Note(("Nothing was changed yet: please choose.",))
    )
    return Reply((head, said, *conflicts, Choices(options)))


def _keep(guide: Guide, ready: Ready) -> str:
    """Keep an answer. What only shows then, such as a term that is not there, is said at its field, and nothing is kept."""
    try:
        return guide.keep(ready, edited=True)
    except Misread as error:
        raise WrongFields([(ready.question.key, ready.question.key, error)]) from None


def _remember(guide: Guide, mine: Mapping[str, str]) -> None:
    """Keep what the member wrote until they have chosen between the two answers."""
    conversations = guide.turn.unit.conversations
    row = conversation_of(guide.turn, guide.book.plan.id)
    if row is None:
        first = guide.first_open() or guide.questions[0]
        current = conversations.open_one()
        row = conversations.begin(KIND, guide.book.plan.id, {"key": first.key, "seen": 0})
        row = conversations.save(row, row.state, is_open=False)
        if current is not None:
            conversations.save(current, current.state, is_open=True)
    conversations.save(row, {**row.state, "mine": {**row.state.get("mine", {}), **mine}}, is_open=row.is_open)


def answers(turn: Turn) -> Reply:
    """Every answer, section by section; gaps are shown as gaps."""
    book, rest = open_book(turn)
    guide = Guide(turn, book)
    parts: list[Part] = [Heading(cut(f"{book.plan.supplier}: all answers · {guide.readiness} % ready"))]
    wanted = _section(guide, rest) if rest else None
    if rest and wanted is None:
        raise Unknown(
            f"There is no such section. There are: {', '.join(one.key for one in guide.script.sections)}.",
            understood=f"I read {excerpt(rest)}.",
            example=f"answers {book.plan.supplier} {guide.script.sections[0].key}",
        )
    given = book.answers()
    for section in guide.script.sections:
        mine = [q for q in guide.questions if q.section == section.key and not q.owner_only]
        if mine and wanted in {None, section}:
            lines = [f"{q.label}: {_stands(guide, q.key, given.get(q.key))}" for q in mine]
            parts += [Text((section.title, *lines))]
    if wanted is None and (kept := left_over(turn.scripts, given)):
        left = (f"{_label(guide, key)}: {_shown(guide, row)}" for key, row in kept.items())
        parts.append(Text(("No longer asked", *left)))
    if book.level == "owner" and any(q.owner_only for q in guide.questions):
        parts.append(Choices((Choice("My own notes", f"own {ref(book.plan.id)}"),)))
    return Reply(tuple(parts))


def _stands(guide: Guide, key: str, row: Answer | None) -> str:
    """An answer, or what commands gave in its place."""
    given = row is not None and not row.gap
    return _shown(guide, row) if given else _dated(guide, known(guide, key)) or _shown(guide, row)


def _label(guide: Guide, key: str) -> str:
    """What a list calls a question that may be asked no more."""
    question = guide.find(key)
    return key if question is None else question.label


def _shown(guide: Guide, row: Answer | None) -> str:
    if row is None:
        return "-"
    return f"gap ({row.text})" if row.gap else _dated(guide, row.text)


def _dated(guide: Guide, text: str) -> str:
    """Words with their dates as the member writes them: `by CFO until 30 Jun`."""

    def write(found: re.Match[str]) -> str:
        try:
            when = date.fromisoformat(found[1])
        except ValueError:
            return found[0]
        return guide.figures.day(when) + (f" {found[2]}" if found[2] else "")

    return _ISO.sub(write, text)


def own(turn: Turn) -> Reply:
    """What only the owner sees of their own plan."""
    book, _ = open_book(turn, bare=True)
    if book.level != "owner":
        raise Refused("These notes are for the plan's owner alone.", example=f"show {book.plan.supplier}")
    guide = Guide(turn, book)
    lines = tuple(f"{_label(guide, key)}: {_shown(guide, row)}" for key, row in book.own_answers().items())
    return Reply((Heading(cut(f"{book.plan.supplier}: for you alone")), Text(lines or ("Nothing yet.",))))
