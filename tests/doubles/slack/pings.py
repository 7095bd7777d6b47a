"""Whom a message would ping, however the mention got in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doubles.slack.world import Message

MENTION = re.compile(r"<(!(?:channel|here|everyone|group)|!subteam\^[A-Z0-9]+|@[UWB][A-Z0-9]+)(?:\|[^>]*)?>")
BARE = re.compile(r"(?<!\w)@(channel|here|everyone)\b")


def notifies(message: Message) -> tuple[str, ...]:
    """The mentions in text, blocks and attachments that Slack would turn into pings; empty is harmless.

    Plain text objects and escaped mentions (``&lt;!channel&gt;``) ping nobody. Bare ``@channel`` does only where the
    post asked for it (``link_names`` or ``parse=full``).
    """
    marked = [message.text, *_marked(message.blocks), *_marked(message.attachments)]
    found = [match.group(1) for text in marked for match in MENTION.finditer(text)]
    found += _rich(message.blocks)
    if message.arguments.get("link_names") or message.arguments.get("parse") == "full":
        found += [f"!{match.group(1)}" for text in marked for match in BARE.finditer(text)]
    return tuple(dict.fromkeys(found))


def _marked(value: object) -> Iterator[str]:
    """Every text that Slack reads markup in."""
    if isinstance(value, list):
        for item in value:
            yield from _marked(item)
    elif isinstance(value, dict):
        kind, text = value.get("type"), value.get("text")
        if isinstance(text, str) and kind in {"mrkdwn", "markdown", None}:
            yield text
        for key in value:
            if key in {"pretext", "title", "fallback"} and isinstance(value[key], str) and kind is None:
                yield value[key]
            yield from _marked(value[key])


def _rich(value: object) -> Iterator[str]:
    """Mentions that are elements of rich text."""
    if isinstance(value, list):
        for item in value:
            yield from _rich(item)
    elif isinstance(value, dict):
        if value.get("type") == "broadcast":
            yield f"!{value.get('range')}"
        elif value.get("type") == "user":
            yield f"@{value.get('user_id')}"
        elif value.get("type") == "usergroup":
            yield f"!subteam^{value.get('usergroup_id')}"
        for item in value.values():
            yield from _rich(item)
