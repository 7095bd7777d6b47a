"""One transcript, any face: what a face has to offer so that a journey can be run through it, and the face without a platform.

A place is `dm` (the direct message with Prep) or `#name` (a channel). In a channel `/prep X` is the slash command and
`@Prep X` a mention; any other line there is not for Prep. Every method gives the lines that appeared because of it, in
the order of a person's eyes:

- an answer in the speaker's place as it stands, one line a line, `! ` before warnings, cells of a table between ` | `,
  one `[Label]` a line for buttons;
- its first line starts with `(only you) ` where a channel's other members do not see it, and with `(edited) ` where a
  message was changed in place;
- a form is `form: Title`, one `Label: value` a line, `[Submit]`;
- what appeared elsewhere is under a line `@user:` or `#channel:`, indented by two spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from handlers.turn import Chart, Choices, Facts, Form, Heading, Note, Table, Text, Warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from handlers.turn import Part

DM = "dm"


class Runner(Protocol):
    """A face that a transcript can be run through."""

    async def say(self, user: str, place: str, line: str) -> list[str]:
        """Somebody types a line."""
        ...

    async def press(self, user: str, place: str, label: str) -> list[str]:
        """Somebody presses the newest button with this label that they see there; a number counts from 1 in the
        newest message with buttons."""
        ...

    async def submit(self, user: str, place: str, values: Mapping[str, str]) -> list[str]:
        """Somebody sends the form that is open for them: values by label, the rest stays as it stands."""
        ...

    async def set_now(self, now: datetime) -> None:
        """Moves the clock."""
        ...

    async def deliver(self) -> list[str]:
        """What is due now is delivered: what was posted where, by place."""
        ...


class Somebody(NamedTuple):
    """Somebody in a channel, as transcripts name them: `ann`, `gus (guest)`, `eve (outside)`."""

    name: str
    guest: bool = False
    outside: bool = False


def somebody(told: str) -> Somebody:
    """Who is meant. Raises ValueError for what is neither a guest nor outside."""
    name, _, kind = told.partition(" ")
    if kind not in {"", "(guest)", "(outside)"}:
        raise ValueError(f"who is {told}?")
    return Somebody(name, guest=kind == "(guest)", outside=kind == "(outside)")


def everybody(channels: Mapping[str, list[str]]) -> dict[str, Somebody]:
    """All people of a journey's channels, by name."""
    return {one.name: one for members in channels.values() for one in map(somebody, members)}


def by_place(posts: Iterable[tuple[str, list[str]]]) -> list[str]:
    """What a delivery posted: places in order of their names, posts of a place in order of time."""
    found = sorted(posts, key=lambda post: post[0])
    return [line for name, lines in found for line in elsewhere(name, lines)]


async def at_once(_seconds: float) -> None:
    """Nobody waits between the posts of a journey."""


def part_lines(parts: Iterable[Part]) -> list[str]:
    """Parts in the form in which faces are compared."""
    return [line for part in parts for line in _lines(part)]


def form_lines(form: Form) -> list[str]:
    """An open form in the form in which faces are compared."""
    shown = [
        f"{field.label}: {field_value(field.value, dict(field.options))}".rstrip() for field in form.fields
    ]
    return [f"form: {form.title}", *filled(form.intro.split("\n")), *shown, f"[{form.submit}]"]


def field_value(value: str, options: Mapping[str, str]) -> str:
    """What stands in a field as a person reads it: labels of options, several after commas."""
    if not options:
        return value
    return ", ".join(options[one] for one in value.split("\n") if one in options)


def filled(lines: Iterable[str]) -> list[str]:
    """Lines without blanks at their ends, and without empty ones."""
    return [" ".join(line.split()) for line in lines if line.strip()]


def marked(lines: list[str], mark: str) -> list[str]:
    """The lines with a mark before the first."""
    return [f"{mark}{lines[0]}", *lines[1:]] if lines else []


def elsewhere(name: str, lines: list[str]) -> list[str]:
    """Lines that appeared in another place."""
    return [f"{name}:", *(f"  {line}" for line in lines)]


def _lines(part: Part) -> list[str]:
    match part:
        case Heading(text):
            return filled([text])
        case Text(lines) | Note(lines):
            return filled(line for one in lines for line in one.split("\n"))
        case Warn(lines):
            return [f"! {line}" for line in filled(lines)]
        case Facts(pairs):
            return filled(f"{label}: {value}" for label, value in pairs)
        case Table(columns, rows):
            return [line for row in (columns, *rows) if (line := " | ".join(filled(row)))]
        case Chart():
            return part_lines(part.written())
        case Choices(options):
            return [f"[{' '.join(option.label.split())}]" for option in options]
