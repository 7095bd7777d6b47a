"""Who is meant by a name: a member of the workspace, met before or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.errors import Ambiguous, Refused, Unknown
from handlers.gate import is_inside
from handlers.reading.names import match
from handlers.reading.plain import read_member
from handlers.turn import AskPerson, Person

if TYPE_CHECKING:
    from handlers.command import Turn
    from storage.tables import Member


def member_named(turn: Turn, text: str) -> Member:
    """The inside member that `@name`, `<@U1>`, `me` or a name means. Raises Unknown, Ambiguous, or Refused for outsiders."""
    person = person_named(turn, text)
    if not is_inside(person, turn.settings.outside):
        raise Refused("That person is not an inside member of this workspace.", example="@ben")
    return turn.unit.colleagues.meet(person.id, person.name)


def person_named(turn: Turn, text: str) -> Person:
    """The person that the words mean, as the platform knows them now, inside or not. Raises Unknown or Ambiguous."""
    if text.strip().casefold() in {"me", "myself", "@me"}:
        return turn.incoming.speaker
    named = read_member(text)
    known = None if named.id is not None else _by_name(turn, named.name or "")
    wanted = known or named.id or named.name or ""
    person = turn.fetch(AskPerson(wanted))
    if not isinstance(person, Person):
        raise Unknown(f"I know nobody called {named.name or wanted} here.", example="@ben")
    return person


def _by_name(turn: Turn, name: str) -> str | None:
    """The platform's id of the one member whom Prep has met and who is called so."""
    members = {row.external_id: row for row in turn.unit.colleagues.all()}
    exact = [key for key, row in members.items() if name in (row.name, key)]
    if len(exact) == 1:
        return exact[0]
    found = match(name, {key: [row.name, key] for key, row in members.items()})
    if len(found.several) > 1:
        options = [(members[key].name or key, f"<@{key}>") for key in found.several]
        raise Ambiguous(f"Several people are called {name}. Please name one by the @ sign.", options)
    return found.one if found.sure else None
