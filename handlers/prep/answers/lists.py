"""Lists of one kind of thing: questions, objections with answers, roles with what they need, choices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.errors import Misread
from handlers.prep.answers.rows import items_of, labelled, rows_of
from handlers.reading.names import match
from handlers.reading.pairs import split_fields
from handlers.reading.plain import excerpt

QUESTION = "What would have to change on our side for you to reach 3.70?"
OBJECTION = "resin went up -> show us your resin share and the index"
_NEEDS = re.compile(
    r"^(?P<who>.+?)\s+(?P<what>(?:signs?|up to|above|needs?|from|wants?|requires?|insists?|must|will not)\b.*)$",
    re.I,
)
_OPEN = re.compile(r"^(?:and |but |so )?(?:what|how)\b", re.I)
_ARROW = re.compile(r"\s*(?:->|=>|→)\s*")
_DASH = re.compile(r"\s+[-–—]\s+")
_SPEAKER = re.compile(r"^(?:they(?: say)?|we(?: answer| say)?)\s*:\s*", re.I)


@dataclass(frozen=True, slots=True)
class ObjectionAnswer:
    """What they say, and what we answer (empty: nothing yet)."""

    they: str
    we: str = ""


@dataclass(frozen=True, slots=True)
class RoleAnswer:
    """An inside role, and what it needs or allows."""

    role: str
    requirement: str = ""


def read_items(text: str, example: str) -> tuple[str, ...]:
    """A plain list, one thing a line or parted by semicolons. Raises Misread where there is none."""
    items = items_of(text)
    if not items:
        raise Misread("I need at least one thing.", example=example)
    return tuple(items)


def read_several(text: str, choices: tuple[str, ...], example: str) -> tuple[str, ...]:
    """Any of the choices, or words of one's own, parted by commas too. A choice is known by its beginning."""
    said = [field for row in rows_of(text) for field in split_fields(row)]
    if not said:
        raise Misread("I need at least one thing.", example=example)
    return tuple(dict.fromkeys(_chosen(field, choices) or field for field in said))


def _chosen(text: str, choices: tuple[str, ...]) -> str | None:
    return match(text, {choice: (choice,) for choice in choices}).one


def _named(text: str, choices: tuple[str, ...]) -> str | None:
    """The only choice that a sentence names: `it is a renewal`. None where one is denied."""
    if re.search(r"\b(?:not|no|neither|never)\b|n't\b", text, re.I):
        return None
    said = [choice for choice in choices if re.search(rf"\b{re.escape(choice)}s?\b", text, re.I)]
    return said[0] if len(said) == 1 else None


def read_choice(text: str, choices: tuple[str, ...]) -> str:
    """One of the choices, forgiving slips. Raises Misread."""
    found = _chosen(text.strip(" .!"), choices) or _named(text, choices)
    if found is None:
        raise Misread(
            f"I need one of these: {', '.join(choices)}.",
            understood=f"I read {excerpt(text)}.",
            example=choices[0],
        )
    return found


def read_questions(text: str) -> tuple[str, ...]:
    """Questions, each opening with what or how; parted by lines, semicolons or question marks. Raises Misread."""
    rows = [row for piece in rows_of(text) for row in re.split(r"(?<=\?)\s+", piece) if row.strip()]
    if not rows:
        raise Misread("I need a question.", example=QUESTION)
    for row in rows:
        if not _OPEN.match(row):
            raise Misread(
                "A question that starts with what or how makes them explain; a yes or no does not.",
                understood=f"I read {excerpt(row)}.",
                example=QUESTION,
            )
    return tuple(row.strip() if row.strip().endswith("?") else f"{row.strip()}?" for row in rows)


def read_objections(text: str) -> tuple[ObjectionAnswer, ...]:
    """`their no -> our answer`, one a row; a row without an arrow goes on with the answer before. Raises Misread."""
    found: list[ObjectionAnswer] = []
    for row in rows_of(text):
        they, *we = (_ARROW if _ARROW.search(row) else _DASH).split(row, maxsplit=1)
        if not we and found and found[-1].we:
            found[-1] = ObjectionAnswer(found[-1].they, f"{found[-1].we}; {row}")
        else:
            found.append(ObjectionAnswer(_SPEAKER.sub("", they), _SPEAKER.sub("", we[0]) if we else ""))
    if not found or not all(one.they for one in found):
        raise Misread("I need what they say, and what you answer.", example=OBJECTION)
    return tuple(found)


def read_roles(text: str) -> tuple[RoleAnswer, ...]:
    """`legal: our liability clause; CFO: signs above 100k`, or roles alone. Raises Misread."""
    rows = rows_of(text)
    if not rows:
        raise Misread("I need a role, and what it needs.", example="legal: our liability clause")
    return tuple(_role(row) for row in rows)


def _role(row: str) -> RoleAnswer:
    role, requirement = labelled(row)
    if role:
        return RoleAnswer(role, requirement)
    signs = _NEEDS.match(row)
    return RoleAnswer(signs["who"], signs["what"]) if signs else RoleAnswer(row)
