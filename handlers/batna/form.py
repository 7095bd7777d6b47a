"""An alternative as a form: its fields, and what is wrong with each of them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.answers.alternatives import is_certain, read_alternative
from handlers.reading.dates import read_date
from handlers.reading.durations import read_duration
from handlers.reading.names import normal
from handlers.reading.plain import excerpt
from handlers.turn import Field, FieldKind, Form
from handlers.wrong_fields import FieldChecks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.command import Turn

_A_QUARTER = 90  # days
FIELDS = (
    Field("name", "Name", hint="Borg", optional=False),
    Field("price", "Price per piece", hint="3.52"),
    Field("costs", "Other costs, one a line", FieldKind.LINES, hint="freight 0.14, or one-off 24000 tooling"),
    Field("chance", "How sure", hint="80 %"),
    Field("until", "Quote holds until", FieldKind.DATE, hint="empty: not quoted"),
    Field("lead", "Time to start", hint="12 weeks"),
    Field("more", "Anything else", hint="uplift 2 %"),
)


def new_form(words: str, title: str, **values: str) -> Form:
    """The form, filled with these values by key."""
    filled = (
        Field(one.key, one.label, one.kind, values.get(one.key, ""), one.hint, one.optional) for one in FIELDS
    )
    return Form(words, title, tuple(filled))


def check_fields(turn: Turn, values: Mapping[str, str], until: date | None = None) -> None:
    """Raises WrongFields for every field that cannot be read. `until` is the day that stood there, which may be over."""
    said = {key: value.strip() for key, value in values.items()}
    checks = FieldChecks(FIELDS)
    with checks.at("name"):
        if not normal(said.get("name", "")):
            raise Misread("I need a name for it.", example="Borg")
    with checks.at("price"):
        _check_figure(turn, said.get("price", ""), "3.52", before="price")
    with checks.at("costs"):
        for line in filter(None, said.get("costs", "").split("\n")):
            _check_figure(turn, line.strip(" ,"), "freight 0.14")
    with checks.at("chance"):
        if not is_certain(said.get("chance", "")):
            _check_figure(turn, said.get("chance", ""), "80 %", before="chance", begins=True)
    with checks.at("until"):
        _check_day(turn, said.get("until", ""), until)
    with checks.at("lead"):
        if said.get("lead"):
            read_duration(said["lead"], example="12 weeks")
    checks.end()


def _check_figure(turn: Turn, typed: str, example: str, *, before: str = "", begins: bool = False) -> None:
    """A figure, read as the line that the form comes to reads it."""
    if not typed:
        return
    if not re.match(r"\d", typed) if begins else not re.search(r"\d", typed) and re.search(r"\w", typed):
        raise Misread("I need a figure there.", understood=f"I read {excerpt(typed)}.", example=example)
    try:
        read_alternative(f'"x": {before} {typed}', turn.manners, turn.today)
    except Misread as error:
        error.example = example
        raise


def _check_day(turn: Turn, typed: str, before: date | None) -> None:
    """A quote that has run out is none. One that ran out since it was noted may stay."""
    if not typed:
        return
    day = read_date(typed, turn.today, turn.manners)
    if day < turn.today and day != before:
        raise Misread(
            "That day has passed, so the quote holds no more. Leave it empty while there is none.",
            example=(turn.today + timedelta(days=_A_QUARTER)).isoformat(),
        )
