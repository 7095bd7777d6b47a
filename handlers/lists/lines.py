"""Lines of a list, whichever table they are kept in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.lists.kinds import STAKEHOLDERS, Kind
from handlers.reading.pairs import unquoted
from handlers.reading.plain import excerpt
from storage.tables import ListItem, Stakeholder

if TYPE_CHECKING:
    from datetime import datetime

    from typing_extensions import TypeIs

    from handlers.facts import Source
    from storage.book import PlanBook

Line = ListItem | Stakeholder
_LONGEST = 1000
_ANSWER = re.compile(r"\s*(?:->|=>)\s*")
_ROLE = re.compile(r"\s*(?::|->|=)\s*")


def lines_of(source: Source, kind: Kind) -> list[Line]:
    """The lines of a list in their order."""
    if kind is STAKEHOLDERS:
        return list(source.rows(Stakeholder))
    return [row for row in source.rows(ListItem) if row.list == kind.key]


def text_of(line: Line) -> tuple[str, str]:
    """What a line says, and the answer that belongs to it."""
    if _is_item(line):
        return line.text, line.answer
    role = f"{line.role} ({line.name})" if line.name else line.role
    return role, line.requirement


def is_ticked(line: Line) -> bool:
    """Whether a line is done, or a stakeholder has signed off."""
    return bool(line.done) if _is_item(line) else line.signed_at is not None


def _is_item(line: Line) -> TypeIs[ListItem]:
    """Whether it is a line of the common table; a sheet gives views, which have its columns and not its class."""
    return hasattr(line, "list")


def parted(text: str, kind: Kind) -> tuple[str, str]:
    """A line as typed, in what it says and its answer. Raises Misread where there is nothing."""
    typed = text.strip()
    said, *rest = (_ROLE if kind is STAKEHOLDERS else _ANSWER).split(typed, maxsplit=1)
    words = unquoted(said)
    if len(typed) > _LONGEST:
        raise Misread(
            f"One line has at most {_LONGEST} characters.",
            understood=f"I read {excerpt(typed)}.",
            example=f"{kind.command} add {kind.example}",
        )
    if not words:
        raise Misread("I need what to put on the list.", example=f"{kind.command} add {kind.example}")
    return words, rest[0].strip() if rest else ""


def new_line(kind: Kind, said: str, answer: str) -> Line:
    """A line that is not yet kept."""
    if kind is STAKEHOLDERS:
        return Stakeholder(workspace_id=0, plan_id=0, role=said, requirement=answer)
    return ListItem(workspace_id=0, plan_id=0, list=kind.key, text=said, answer=answer)


def change(line: Line, said: str, answer: str) -> None:
    """Put other words into a line."""
    if not _is_item(line):
        line.role, line.name, line.requirement = said, "", answer
    else:
        line.text, line.answer = said, answer


def tick(line: Line, now: datetime, answer: str, *, done: bool) -> None:
    """Tick a line off, with what came of it, or take the tick back."""
    if not _is_item(line):
        line.signed_at = now if done else None
        return
    line.done = done
    line.answer = answer or line.answer


def reorder(book: PlanBook, lines: list[Line]) -> None:
    """Keep the lines in this order: the places that they have among them stay theirs."""
    places = sorted(line.position for line in lines)
    for place, line in zip(places, lines, strict=True):
        line.position = place
        book.keep(line)
