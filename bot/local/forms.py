"""A form asked field by field. Pure: a state that can be kept as plain data, and what a line does to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from handlers.errors import Misread
from handlers.turn import Field, FieldKind, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

SKIP, BACK, SAVE, EMPTY = "skip", "back", "save", "-"
STOP = frozenset({"stop", "cancel"})
HELP = frozenset({"help", "?"})
_OWN = frozenset({SKIP, BACK, SAVE, EMPTY, *STOP, *HELP})
_SEPARATORS = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True)
class Filling:
    """A form half filled in: at which field, and what stands in each. `message` carried the button that opened it.

    `only`: the fields that are asked, where it was sent and these were wrong; `back` opens the others too.
    """

    form: Form
    at: int = 0
    values: Mapping[str, str] | None = None
    message: str | None = None
    only: frozenset[str] = frozenset()

    @property
    def filled(self) -> dict[str, str]:
        """What stands in each field."""
        return {**{field.key: field.value for field in self.form.fields}, **(self.values or {})}

    @property
    def field(self) -> Field | None:
        """The field that is asked now, or None behind the last one."""
        return self.form.fields[self.at] if self.at < len(self.form.fields) else None


def asks_again(filling: Filling, wrong: Iterable[str]) -> Filling:
    """The form after it was refused: the wrong fields alone are asked again, all of them where none is known to be wrong."""
    keys = [field.key for field in filling.form.fields]
    only = frozenset(wrong).intersection(keys)
    at = next((at for at, key in enumerate(keys) if key in only), 0)
    return replace(filling, at=at, only=only)


@dataclass(frozen=True, slots=True)
class Left:
    """The form was left; nothing is sent."""


@dataclass(frozen=True, slots=True)
class Puzzled:
    """What can be typed was asked for; the field is still asked."""


@dataclass(frozen=True, slots=True)
class Ready:
    """All fields were asked: send it."""

    filling: Filling


Step = Filling | Ready | Left | Puzzled


class Needed(Misread):
    """A field that has to be filled in is empty. `at` is its place in the form."""

    def __init__(self, field: Field, at: int) -> None:
        super().__init__(f"{field.label} is needed. `stop` leaves the form.")
        self.at = at


def take(filling: Filling, line: str, read_day: Callable[[str], date]) -> Step:
    """What a line does. A word of the form's own counts only as the whole line, and in quotes it is the value.

    Raises Expected, with nothing changed, where it does not fit the field; Needed where one has to be filled in.
    """
    word, field = line.strip().strip("[]").lower(), filling.field
    if word in STOP:
        return Left()
    if word in HELP:
        return Puzzled()
    if word == SAVE or field is None:
        return _ready(filling)
    if word == BACK:
        return replace(filling, at=max(0, filling.at - 1), only=frozenset())
    if word == SKIP:
        _refuse_empty(field, filling.filled[field.key], filling.at)
        return _onward(filling)
    value = "" if word == EMPTY else _value(field, _meant(line), read_day)
    _refuse_empty(field, value, filling.at)
    return _onward(replace(filling, values={**filling.filled, field.key: value}))


def _meant(line: str) -> str:
    """`"stop"` is the value stop."""
    quoted = line.strip()
    is_own = quoted[:1] == quoted[-1:] == '"' and quoted[1:-1].casefold() in _OWN
    return quoted[1:-1] if is_own else line


def _onward(filling: Filling) -> Step:
    fields, at = filling.form.fields, filling.at + 1
    while filling.only and at < len(fields) and fields[at].key not in filling.only:
        at += 1
    moved = replace(filling, at=at)
    return Ready(moved) if moved.field is None else moved


def _ready(filling: Filling) -> Ready:
    for at, field in enumerate(filling.form.fields):
        _refuse_empty(field, filling.filled[field.key], at)
    return Ready(filling)


def _refuse_empty(field: Field, value: str, at: int) -> None:
    if not field.optional and not value.strip():
        raise Needed(field, at)


def _value(field: Field, line: str, read_day: Callable[[str], date]) -> str:
    match field.kind:
        case FieldKind.CHOICE:
            return _option(field, line)
        case FieldKind.SEVERAL:
            parts = [part for part in _SEPARATORS.split(line) if part.strip()]
            return "\n".join(dict.fromkeys(_option(field, part) for part in parts))
        case FieldKind.DATE:
            return read_day(line).isoformat()
        case FieldKind.LINES:
            return line.strip()
        case _:
            return " ".join(line.split())


def _option(field: Field, said: str) -> str:
    """The value of an option, by its label, its value, its number, or the beginning of its label."""
    word = said.strip().strip("[]").casefold()
    for value, label in field.options:
        if word in {label.casefold(), value.casefold()}:
            return value
    if word.isdecimal() and 1 <= int(word) <= len(field.options):
        return field.options[int(word) - 1][0]
    near = [value for value, label in field.options if word and label.casefold().startswith(word)]
    if len(near) == 1:
        return near[0]
    raise Misread(f"{field.label}: please choose by number or label.", example=field.options[0][1])


HOW = (
    "Answer each field. `skip` leaves one as it is, `back` goes back,",
    "`save` sends now, `stop` or `cancel` leaves and changes nothing,",
    "`help` says this again. Any other line is the field's value;",
    "`/prep batna` asks in between.",
)
"""What can be typed while a form is asked field by field."""


def introduction(filling: Filling) -> list[str]:
    """What is said when a form opens."""
    form = filling.form
    return [form.title, *([form.intro] if form.intro else []), *HOW]


def prompt(filling: Filling) -> list[str]:
    """The field that is asked now."""
    field = filling.field
    if field is None:
        return ["`save` sends it again, `back` goes back, `stop` leaves."]
    must = "" if field.optional else " (needed)"
    lines = [f"{filling.at + 1} of {len(filling.form.fields)} · {field.label}{must}"]
    if field.hint:
        lines.append(f"  {field.hint}")
    now = filling.filled[field.key]
    if now:
        lines.append(f"  now: {_told(field, now)} (`skip` keeps it, `-` empties it)")
    return lines


def _told(field: Field, value: str) -> str:
    labels = dict(field.options)
    return ", ".join(labels.get(part, part) for part in value.split("\n"))


def options(filling: Filling) -> tuple[str, ...]:
    """The labels to choose from, for the field that is asked now."""
    return tuple(label for _, label in filling.field.options) if filling.field else ()


# ---- as plain data, so that a form survives the process ----


def to_data(filling: Filling) -> dict[str, Any]:
    """The state as plain JSON."""
    form = filling.form
    return {
        "words": form.words,
        "title": form.title,
        "submit": form.submit,
        "fields": [_field_data(field) for field in form.fields],
        "at": filling.at,
        "values": filling.filled,
        "message": filling.message,
        "only": sorted(filling.only),
    }


def _field_data(field: Field) -> dict[str, Any]:
    return {
        "key": field.key,
        "label": field.label,
        "kind": field.kind.value,
        "value": field.value,
        "hint": field.hint,
        "optional": field.optional,
        "options": [list(option) for option in field.options],
    }


def from_data(data: Mapping[str, Any]) -> Filling:
    """The state that was kept."""
    fields = tuple(_field(field) for field in data["fields"])
    form = Form(data["words"], data["title"], fields, data["submit"])
    return Filling(form, data["at"], data["values"], data["message"], frozenset(data.get("only", ())))


def _field(data: Mapping[str, Any]) -> Field:
    options_ = tuple((value, label) for value, label in data["options"])
    return Field(**{**data, "kind": FieldKind(data["kind"]), "options": options_})
