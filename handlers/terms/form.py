"""A term as a form, and a filled form as the line that says the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.figures import cut
from handlers.prep.answers.figures import plain_figure, plain_value
from handlers.prep.answers.terms import read_term_row
from handlers.reading.names import normal
from handlers.reading.numbers import read_number
from handlers.reading.plain import excerpt
from handlers.turn import Field, FieldKind, Form
from handlers.wrong_fields import FieldChecks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.manners import Manners
    from storage.tables import Term

_PLACES = ("open", "target", "stop")
KINDS = (("flexible", "flexible"), ("must", "must-have"), ("nice", "nice to have"))
EXAMPLE = "price: open 3.45, target 3.70, stop 4.05, weight 50"


def new_form(words: str, called: str = "") -> Form:
    """The form for a term that is not there yet."""
    name = Field("name", "Name and unit", value=called, hint="lead days", optional=False)
    return Form(words, "New term", (name, *_fields({})))


def edit_form(row: Term, words: str) -> Form:
    """The form with what is kept of a term."""
    known = {
        "open": plain_value(row.opening or ""),
        "target": plain_value(row.target or ""),
        "stop": plain_value(row.stop or ""),
        "weight": None if row.weight is None else plain_figure(row.weight),
        "kind": row.kind,
        "levels": _levels(row.levels),
        "their_stop": plain_value(row.their_stop or ""),
        "their_weight": None if row.their_weight is None else plain_figure(row.their_weight),
    }
    title = f"Change {row.name}" if len(row.name) <= 16 else "Change a term"
    intro = cut(f"{row.name} {row.unit}".strip()) if row.unit or row.name not in title else ""
    return Form(words, title, _fields({key: said or "" for key, said in known.items()}), intro=intro)


def _levels(levels: Mapping[str, object]) -> str:
    return "\n".join(f"{name} = {plain_value(str(score))}" for name, score in levels.items())


def _fields(values: Mapping[str, str]) -> tuple[Field, ...]:
    lines = (
        ("open", "Say first", "3.45"),
        ("target", "Hope for", "3.70"),
        ("stop", "Stop at", "4.05"),
        ("weight", "Weight", "50"),
    )
    return (
        *(Field(key, label, value=values.get(key, ""), hint=hint) for key, label, hint in lines),
        Field("kind", "Kind", FieldKind.CHOICE, values.get("kind", "flexible"), options=KINDS),
        Field(
            "levels",
            "Levels, if it is no number",
            FieldKind.LINES,
            values.get("levels", ""),
            "DAP = 100, one a line",
        ),
        Field("their_stop", "Their stop (a guess)", value=values.get("their_stop", "")),
        Field("their_weight", "Their weight (a guess)", value=values.get("their_weight", "")),
    )


def check_fields(name: str, values: Mapping[str, str], manners: Manners) -> None:
    """Raises WrongFields for every field that cannot be read, and for one that contradicts the others."""
    checks = FieldChecks(new_form("").fields)
    with checks.at("name"):
        if not normal(name):
            raise Misread("I need a name for the term.", example="lead days")
    with checks.at("levels"):
        read_term_row(line_of("x", {"levels": values.get("levels", "")}) + " must", manners)
    by_level = bool(values.get("levels", "").strip())
    figures = ("weight", "their_weight") if by_level else (*_PLACES, "their_stop", "weight", "their_weight")
    for key in figures:
        with checks.at(key):
            _check_figure(key, values.get(key, "").strip(), manners)
    checks.end()
    with checks.all_at(_odd_one(name, values, manners)):
        read_term_row(line_of(name, values), manners)


def _check_figure(key: str, said: str, manners: Manners) -> None:
    if not said:
        return
    example = "50" if "weight" in key else {"open": "3.45", "target": "3.70"}.get(key, "4.05")
    found = read_number(said, manners, what="a weight" if "weight" in key else "a figure", example=example)
    if "weight" in key and found.value < 0:
        raise Misread("A weight is a number, zero or more.", example=example)


def _odd_one(name: str, values: Mapping[str, str], manners: Manners) -> str:
    """The field without which the others agree."""
    for key in ("target", "open", "stop"):
        try:
            read_term_row(line_of(name, {**values, key: ""}), manners)
        except Misread:
            continue
        return key
    return "stop"


def line_of(name: str, values: Mapping[str, str]) -> str:
    """The line that a filled form comes to: `"lead days": open 21, target 28, stop 45, weight 15`."""
    if not normal(name):
        raise Misread("I need a name for the term.", example=EXAMPLE)
    said = {key: " ".join(value.split()) for key, value in values.items() if key != "levels"}
    levels = [line for line in re.split(r"[\n;]", values.get("levels", "")) if line.strip()]
    fields = [f"levels {', '.join(_level(line) for line in levels)}"] if levels else []
    fields += [
        f'{key} "{said[key]}"' if levels else f"{key} {said[key]}"
        for key in ("open", "target", "stop")
        if said.get(key)
    ]
    fields += [f"weight {said['weight']}"] if said.get("weight") else []
    fields += [said["kind"]] if said.get("kind") else []
    fields += [f"their stop {said['their_stop']}"] if said.get("their_stop") else []
    fields += [f"their weight {said['their_weight']}"] if said.get("their_weight") else []
    return f'"{name.strip()}": {", ".join(fields)}'


def _level(line: str) -> str:
    name, mark, score = line.rpartition("=")
    if not mark:
        raise Misread(
            "A level is a name and a score.", understood=f"I read {excerpt(line)}.", example="DAP = 100"
        )
    bare = name.strip().strip('"')
    return f'"{bare}" = {score.strip()}'
