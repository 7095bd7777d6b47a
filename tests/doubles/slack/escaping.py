"""What a person types, as Slack passes it on: entities escaped, names and links in angle brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.doubles.slack.world import World

WORD = re.compile(r"(?P<url>https?://[^\s<>|]+)|(?<![\w&])(?P<sign>[@#])(?P<name>[\w.-]*\w)")


def typed(text: str, world: World, team: str) -> str:
    """``#acme`` becomes ``<#C1|acme>``, ``@anna`` ``<@U1>``, links are wrapped, ``&<>`` are escaped.

    Names that nobody has stay as they are.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return WORD.sub(lambda match: _named(match, world, team), escaped)


def _named(match: re.Match[str], world: World, team: str) -> str:
    if match["url"]:
        return f"<{match['url']}>"
    name = match["name"]
    if match["sign"] == "#":
        found = [
            channel.id
            for channel in world.channels.values()
            if channel.name == name and team in channel.teams
        ]
        return f"<#{found[0]}|{name}>" if found else match[0]
    people = [user.id for user in world.users.values() if user.name == name]
    return f"<@{people[0]}>" if people else match[0]
