"""Names for the people whom an answer refers to by their id alone, and the ids of those whom a message mentions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.turn import AskPerson, Facts, Heading, Note, Person, Table, Text, Warn, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.edge import Directory
    from handlers.gate import Shown
    from handlers.turn import Part, WorkspaceKey

_BARE = re.compile(r"<@([^\s|<>]{1,200})>")
_MENTIONED = re.compile(r"<@(29:[^\s|<>]{1,200})(?=[|>])")
_MOST = 12  # more people in one text stay as they are


async def with_names(shown: Shown, workspace: WorkspaceKey, directory: Directory) -> Shown:
    """The same answer, with names in its references as far as Teams tells them."""
    wanted: dict[str, str] = {}
    _mapped(shown.parts, lambda text: _note(text, wanted))
    if not wanted:
        return shown
    for identity in list(wanted)[:_MOST]:
        found = await directory.find(workspace, AskPerson(identity))
        wanted[identity] = found.name if isinstance(found, Person) else ""
    return replace(shown, parts=_mapped(shown.parts, lambda text: _named(text, wanted)))


async def with_directory_ids(words: Words, workspace: WorkspaceKey, directory: Directory) -> Words:
    """The same words with those whom they mention under the ids by which Prep knows people: a mention carries another one."""
    mentioned = dict.fromkeys(_MENTIONED.findall(words.text))
    ids: dict[str, str] = {}
    for identity in list(mentioned)[:_MOST]:
        found = await directory.find(workspace, AskPerson(identity))
        ids[identity] = found.id if isinstance(found, Person) else identity
    if not ids:
        return words
    return Words(_MENTIONED.sub(lambda found: f"<@{ids.get(found[1], found[1])}", words.text))


def _note(text: str, wanted: dict[str, str]) -> str:
    wanted.update(dict.fromkeys(_BARE.findall(text), ""))
    return text


def _named(text: str, names: dict[str, str]) -> str:
    def one(found: re.Match[str]) -> str:
        name = re.sub(r"[<>|]", "", names.get(found[1], ""))
        return f"<@{found[1]}|{name}>" if name else found[0]

    return _BARE.sub(one, text)


def _mapped(parts: tuple[Part, ...], change: Callable[[str], str]) -> tuple[Part, ...]:
    return tuple(_part(part, change) for part in parts)


def _part(part: Part, change: Callable[[str], str]) -> Part:
    match part:
        case Heading(text):
            return Heading(change(text))
        case Text(lines) | Warn(lines) | Note(lines):
            return type(part)(tuple(map(change, lines)))
        case Facts(pairs):
            return Facts(tuple((label, change(value)) for label, value in pairs))
        case Table(columns, rows):
            return replace(part, columns=columns, rows=tuple(tuple(map(change, row)) for row in rows))
        case _:
            return part
