"""Who is meant by a name: a member of the workspace, met before or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous, Expected, Misread, Refused, Unknown
from handlers.gate import is_inside
from handlers.reading.names import match, normal, same
from handlers.reading.plain import plain, read_member
from handlers.turn import AskPerson, Person, Submission, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from handlers.command import Turn
    from storage.tables import Member

_MOST = 10


def member_named(turn: Turn, text: str, suppliers: Collection[str] = ()) -> Member:
    """The inside member that `@name`, `<@U1>`, `me` or a name means. Raises Unknown, Ambiguous, or Refused for outsiders.

    `suppliers` (normal names) are those whom it is about: who counts as outside for one of them is refused too.
    """
    person = person_named(turn, text)
    if not is_inside(person, turn.settings.outside):
        raise Refused("That person is not an inside member of this workspace.", example="@ben")
    if not is_inside(person, turn.settings.outside, suppliers):
        raise Refused("That person counts as outside for this supplier.", example="@ben")
    return turn.unit.colleagues.meet(person.id, person.name)


def person_named(turn: Turn, text: str, line: Callable[[str], str] | None = None) -> Person:
    """The person that the words mean, as the platform knows them now, inside or not. Raises Unknown or Ambiguous.

    `line` gives the words of a button from `<@id>`; without it they are the line that was said.
    """
    if text.strip().casefold() in {"me", "myself", "@me"}:
        return turn.incoming.speaker
    named = read_member(text)
    known = None if named.id is not None else _by_name(turn, named.name or "", line)
    wanted = known or named.id or named.name or ""
    person = turn.fetch(AskPerson(wanted))
    if not isinstance(person, Person):
        raise Unknown(f"I know nobody called {named.name or wanted} here.", example="@ben")
    return person


def people_in(turn: Turn, text: str) -> list[str]:
    """The names of one or several people: `bob and carl`. A comma inside the name of a known member parts nothing."""
    whole = text.strip(" ,:@")
    if any(row.name == whole for row in turn.unit.colleagues.all()):
        return [text]
    return [name.strip() for name in re.split(r"\s*(?:[,;&]|\band\b)\s*", text.strip(" ,:")) if name.strip()]


def _by_name(turn: Turn, name: str, line: Callable[[str], str] | None) -> str | None:
    """The platform's id of the one member whom Prep has met and who is called so."""
    members = {row.external_id: row for row in turn.unit.colleagues.all()}
    exact = [key for key, row in members.items() if name in (row.name, key)]
    if len(exact) == 1:
        return exact[0]
    found = match(name, {key: [row.name, key] for key, row in members.items()})
    if len(found.several) > 1:
        raise _which(turn, name, {key: members[key] for key in found.several[:_MOST]}, line)
    if found.one is None or not found.sure:
        return None
    if not _is_called(name, (members[found.one].name, found.one)):
        raise _which(turn, name, {found.one: members[found.one]}, line)
    return found.one


def _is_called(name: str, names: tuple[str, ...]) -> bool:
    """Whether a person is called so, by whole names: `ben` is Ben Smith, and may not be Bendix."""
    return same(name, {0: names}) is not None or any(
        f"{normal(known)} ".startswith(f"{normal(name)} ") for known in names
    )


def _which(turn: Turn, name: str, fitting: dict[str, Member], line: Callable[[str], str] | None) -> Expected:
    """Asks who is meant, with buttons that say the whole line again with one of them named beyond doubt."""
    labels = {key: row.name or key for key, row in fitting.items()}
    twice = len(set(labels.values())) < len(labels)
    shown = {key: f"{label} ({key})" if twice else label for key, label in labels.items()}
    words = {key: line(f"<@{key}>") if line else _line_with(turn, name, key) for key in fitting}
    asked = f"Several people are called {name}" if len(fitting) > 1 else f"Nobody is called just {name}"
    if not all(words.values()):  # a form or an answer cannot be said again by a button
        return Misread(f"{asked}: {', '.join(shown.values())}.", example=f"<@{next(iter(fitting))}>")
    return Ambiguous(f"{asked}. Who is meant?", [(shown[key], said) for key, said in words.items()])


def _line_with(turn: Turn, name: str, key: str) -> str:
    """The line that was said with this member in the place of the name; empty where there is no such line."""
    act = turn.incoming.act
    if isinstance(act, Submission) or not turn.command_name:
        return ""
    line = plain(act.text) if isinstance(act, Words) else act.words
    named = list(re.finditer(rf"@{re.escape(name)}(?!\w)", line)) or list(
        re.finditer(rf"(?<![\w@]){re.escape(name)}(?!\w)", line)
    )
    return f"{line[: named[-1].start()]}<@{key}>{line[named[-1].end() :]}" if named else ""
