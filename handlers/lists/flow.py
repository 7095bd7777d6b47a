"""`questions`, `objections`, `stakeholders`, `open`: a plan's lists, to add to, tick off and put in order."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.errors import Ambiguous, Misread
from handlers.figures import cut
from handlers.lists import lines as on
from handlers.lists.changing import CHANGE, changes, onto_list
from handlers.lists.kinds import OBJECTIONS, OPEN, QUESTIONS, STAKEHOLDERS, Kind
from handlers.plan_choice import choose, open_book, ref
from handlers.reading.plain import excerpt
from handlers.ready.rules import is_open
from handlers.turn import Choice, Choices, Field, FieldKind, Form, Heading, Note, Reply, Text
from handlers.writing import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.command import Turn
    from handlers.facts import Source
    from handlers.lists.lines import Line
    from handlers.turn import Part
    from storage.book import PlanBook

_PAGE = re.compile(r"^(?P<plan>.*?)(?:^|\s+)page\s+(?P<page>\d{1,4})\s*$", re.IGNORECASE | re.DOTALL)
_BY_NUMBER = re.compile(
    r"(?:\S+\s+){0,4}(?:done|tick|asked|settled?|met|signed|undone|reopen|unsigned|edit|change|remove|delete|up|down)"
    r"\s+#?\d+(?:\s*:.*)?",
    re.I | re.S,
)
_ADDS = re.compile(r"(?:\S+\s+){0,2}add\b", re.I)
_WHICH = re.compile(
    r"(?:id:(?P<id>\d{1,16})|#?(?P<number>\d{1,4}))(?=\s|:|,|$)\s*[:,]?\s*(?P<text>.*)$", re.DOTALL
)
_MEANS = {
    **dict.fromkeys(("add", "new"), "add"),
    **dict.fromkeys(("done", "tick", "asked", "settle", "settled", "met", "signed"), "done"),
    **dict.fromkeys(("undone", "reopen", "unsigned"), "undone"),
    **dict.fromkeys(("edit", "change"), "edit"),
    **dict.fromkeys(("remove", "delete"), "remove"),
    **dict.fromkeys(("order", "reorder"), "order"),
    "up": "up",
    "down": "down",
}  # fmt: skip
PAGE = 10
_TICKS = 5


def is_whole(kind: Kind, rest: str) -> bool:
    """Whether a line is a command although a question is open. Many a sentence holds an "up" or a "new", so only what
    names a line by its number counts, and `add`; `open` begins many a sentence, so there only numbers do."""
    return _BY_NUMBER.fullmatch(rest) is not None or (kind is not OPEN and _ADDS.match(rest) is not None)


def show_or_change(kind: Kind, turn: Turn) -> Reply:
    """The list, or a change to it."""
    onto = onto_list(turn.rest)
    if onto is not None and turn.values is None:
        plan = turn.rest[: len(turn.rest) - len(onto["text"])].rstrip(" :")
        book, _ = open_book(turn, words=plan, bare=True, to_edit=True)
        return _add(kind, turn, book, onto["text"].strip())
    found = CHANGE.search(turn.rest)
    if found is None:
        page = _PAGE.match(turn.rest)
        head, left = choose(turn, words=page["plan"] if page else None, bare=True)
        if turn.plan_named and len(left.split()) > 1:
            raise _whether_to_add(kind, head.id, left)
        return Reply(_parts(kind, turn.unit.plans.sheet_of(head), int(page["page"]) if page else 1))
    book, left = open_book(turn, words=turn.rest[: found.start()], bare=True, to_edit=True)
    if left:  # the verb stands in the middle of a sentence
        raise _whether_to_add(kind, book.plan.id, f"{left} {turn.rest[found.start() :].strip()}")
    return _DOING[_MEANS[found["verb"].lower()]](kind, turn, book, found["text"].strip())


def _whether_to_add(kind: Kind, plan_id: int, text: str) -> Ambiguous:
    """Words behind a plan that say neither to show the list nor to change it."""
    words = f"{kind.command} {ref(plan_id)}"
    return Ambiguous(
        "Shall I put that on the list? Nothing was changed.",
        [("Add it", f"{words} add {text}"), ("Show the list", words)],
        understood=f"I read {excerpt(text)}.",
        example=f"{kind.command} add {kind.example}",
    )


def _changed(kind: Kind, book: PlanBook, first: str, *notes: str) -> Reply:
    small = (Note(notes),) if notes else ()
    return Reply((Text((cut(first, 200),)), *small, *_parts(kind, book, 1)))


# ---- showing ----


def _parts(kind: Kind, source: Source, page: int) -> tuple[Part, ...]:
    lines = on.lines_of(source, kind)
    pages = max(1, -(-len(lines) // PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * PAGE
    shown = lines[start : start + PAGE]
    left = sum(not on.is_ticked(line) for line in lines)
    count = f" · {left} of {len(lines)} left" if lines else ""
    heading = Heading(f"{cut(source.plan.supplier, 30)} · {kind.title}{count}")
    said = tuple(_said(line, start + place) for place, line in enumerate(shown, 1))
    body = Text(said or (f"None yet. For example: {kind.command} add {kind.example}",))
    return heading, body, *_buttons(kind, source, shown, start, page, pages)


def _said(line: Line, number: int) -> str:
    """`1 What drives your cost?`, or `1 ✓ What drives your cost? -> resin` for what is ticked off."""
    text, answer = on.text_of(line)
    mark = "✓ " if on.is_ticked(line) else ""
    return cut(f"{number} {mark}{text}" + (f" -> {answer}" if answer else ""))


def _buttons(
    kind: Kind, source: Source, shown: list[Line], start: int, page: int, pages: int
) -> tuple[Choices, ...]:
    words = f"{kind.command} {ref(source.plan.id)}"
    rows: list[Choices] = []
    if source.may_edit:
        ticks = [
            Choice(f"{kind.ticked.capitalize()}: {start + place}", f"{words} done id:{line.id}")
            for place, line in enumerate(shown, 1)
            if not on.is_ticked(line)
        ][:_TICKS]
        rows += [Choices(tuple(ticks))] if ticks else []
    options = [Choice("Add", f"{words} add", primary=not shown)] if source.may_edit else []
    if source.may_edit and shown:
        options += [Choice("Edit", f"{words} edit"), Choice("Reorder", f"{words} order")]
    options += [Choice("Earlier", f"{words} page {page - 1}")] if page > 1 else []
    options += [Choice("More", f"{words} page {page + 1}")] if page < pages else []
    return (*rows, *((Choices(tuple(options)),) if options else ()))


# ---- changing ----


def _add(kind: Kind, turn: Turn, book: PlanBook, text: str) -> Reply:
    if turn.values is not None:
        said, answer = turn.values.get("text", "").strip(), turn.values.get("answer", "").strip()
        on.parted(said, kind)  # says what is missing
        typed = [(said, answer)]
    elif not text:
        return Reply(form=_form(kind, f"{kind.command} {ref(book.plan.id)} add", "Add"))
    else:
        typed = [on.parted(line, kind) for line in re.split(r"\n|;\s", text) if line.strip()]
    there = {on.text_of(line) for line in on.lines_of(book, kind)}
    new = [one for one in typed if one not in there]
    if not new:
        return _changed(kind, book, f"That is on the list already: {typed[0][0]}")
    for said, answer in new:
        book.keep(on.new_line(kind, said, answer))
    return _changed(
        kind,
        book,
        f"Added: {new[0][0]}" if len(new) == 1 else f"Added {len(new)}.",
        *_advice(kind, typed),
    )


def _advice(kind: Kind, typed: list[tuple[str, str]]) -> tuple[str, ...]:
    closed = kind is QUESTIONS and not any(is_open(said) for said, _ in typed)
    return ("A question that starts with what or how gets a longer answer.",) if closed else ()


def _form(kind: Kind, words: str, title: str, text: str = "", answer: str = "") -> Form:
    example, _, behind = kind.example.partition(" -> " if " -> " in kind.example else ": ")
    return Form(
        words,
        title,
        (
            Field("text", kind.label, value=text, hint=example, optional=False),
            Field("answer", kind.answer, FieldKind.LINES, value=answer, hint=behind),
        ),
    )


def _which(kind: Kind, book: PlanBook, text: str) -> tuple[Line, str]:
    """The line that a number names, and the words after it. Raises Misread."""
    lines = on.lines_of(book, kind)
    found = _WHICH.match(text)
    if found is not None:
        by_id = next((line for line in lines if found["id"] and line.id == int(found["id"])), None)
        place = int(found["number"]) if found["number"] else 0
        line = by_id or (lines[place - 1] if 0 < place <= len(lines) else None)
        if line is not None:
            return line, found["text"].strip()
    there = f"It has {plural(len(lines), 'line')}." if lines else "It is empty."
    raise Misread(f"Which line of the list? {there}", example=f"{kind.command} done 1")


def _done(kind: Kind, turn: Turn, book: PlanBook, text: str) -> Reply:
    line, answer = _which(kind, book, text)
    on.tick(line, turn.now, answer, done=True)
    book.keep(line)
    return _changed(kind, book, f"{kind.ticked.capitalize()}: {on.text_of(line)[0]}")


def _undone(kind: Kind, turn: Turn, book: PlanBook, text: str) -> Reply:
    line, _ = _which(kind, book, text)
    on.tick(line, turn.now, "", done=False)
    book.keep(line)
    return _changed(kind, book, f"Open again: {on.text_of(line)[0]}")


def _edit(kind: Kind, turn: Turn, book: PlanBook, text: str) -> Reply:
    words = f"{kind.command} {ref(book.plan.id)} edit"
    if not text:
        lines = on.lines_of(book, kind)[:20]
        options = tuple(Choice(cut(on.text_of(line)[0], 40), f"{words} id:{line.id}") for line in lines)
        return (
            Reply((Text(("Which one?",)), Choices(options)))
            if options
            else _changed(kind, book, "Nothing to edit.")
        )
    line, typed = _which(kind, book, text)
    if turn.values is not None:
        said, _ = on.parted(turn.values.get("text", ""), kind)
        on.change(line, turn.values.get("text", "").strip(), turn.values.get("answer", "").strip())
    elif typed:
        said, answer = on.parted(typed, kind)
        on.change(line, said, answer or on.text_of(line)[1])
    else:
        said, answer = on.text_of(line)
        return Reply(form=_form(kind, f"{words} id:{line.id}", "Change", said, answer))
    book.keep(line)
    return _changed(kind, book, f"Changed: {said}")


def _remove(kind: Kind, _turn: Turn, book: PlanBook, text: str) -> Reply:
    line, _ = _which(kind, book, text)
    said = on.text_of(line)[0]
    book.remove(line)
    return _changed(kind, book, f"Removed: {said}")


def _move(by: int, kind: Kind, _turn: Turn, book: PlanBook, text: str) -> Reply:
    line, _ = _which(kind, book, text)
    lines = on.lines_of(book, kind)
    at = next(place for place, one in enumerate(lines) if one.id == line.id)
    to = min(max(at + by, 0), len(lines) - 1)
    lines.insert(to, lines.pop(at))
    on.reorder(book, lines)
    return _changed(kind, book, f"Now number {to + 1}: {on.text_of(line)[0]}")


def _order(kind: Kind, turn: Turn, book: PlanBook, text: str) -> Reply:
    """`order 2, 1`: the named ones first, the rest as they stood."""
    lines = on.lines_of(book, kind)
    said = turn.values.get("order", "") if turn.values is not None else text
    if not said.strip():
        listed = "\n".join(f"{n} {cut(on.text_of(line)[0], 60)}" for n, line in enumerate(lines, 1))
        field = Field("order", "One a line, in the new order", FieldKind.LINES, listed)
        return Reply(form=Form(f"{kind.command} {ref(book.plan.id)} order", "New order", (field,)))
    first: list[Line] = []
    for part in re.split(r"[\n,;]", said) if "\n" not in said else said.split("\n"):
        if part.strip():
            line, _ = _which(kind, book, part.strip())
            first += [line] if line not in first else []
    on.reorder(book, [*first, *(line for line in lines if line not in first)])
    return _changed(kind, book, "Put into that order.")


_DOING: dict[str, Callable[[Kind, Turn, PlanBook, str], Reply]] = {
    "add": _add,
    "done": _done,
    "undone": _undone,
    "edit": _edit,
    "remove": _remove,
    "up": partial(_move, -1),
    "down": partial(_move, 1),
    "order": _order,
}


def _command(kind: Kind, *also: str) -> Command:
    return Command(
        kind.command,
        partial(show_or_change, kind),
        also=also,
        reads=lambda rest: not changes(rest),
        figures=changes,
        whole=partial(is_whole, kind),
    )


COMMANDS = (
    _command(QUESTIONS, "question", "ask"),
    _command(OBJECTIONS, "objection"),
    _command(STAKEHOLDERS, "stakeholder"),
    _command(OPEN, "open points", "open point"),
)
