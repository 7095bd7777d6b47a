"""Names for the people whom an answer refers to by their id alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.references import unnamed
from handlers.turn import Chart, Choices, Facts, Heading, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.slack.directory import SlackDirectory
    from handlers.gate import Shown
    from handlers.turn import Part

_MOST = 12  # more people in one answer stay ids


async def names_in(shown: Shown, directory: SlackDirectory) -> Mapping[str, str]:
    """Id -> name of everybody referred to, as far as Slack tells."""
    names: dict[str, str] = {}
    for user in _wanted(shown.parts):
        person = await directory.person(user)
        if person is not None and person.name:
            names[user] = person.name
    return names


@lru_cache(256)  # as for drawing: the same answer is often asked for again
def _wanted(parts: tuple[Part, ...]) -> tuple[str, ...]:
    found = dict.fromkeys(user for part in parts for text in _texts(part) for user in unnamed(text))
    return tuple(found)[:_MOST]


def _texts(part: Part) -> Iterator[str]:
    match part:
        case Heading(text):
            yield text
        case Facts(pairs):
            yield from (text for pair in pairs for text in pair)
        case Table(columns, rows):
            yield from (cell for row in (columns, *rows) for cell in row)
        case Choices() | Chart():
            return
        case _:
            yield from part.lines
