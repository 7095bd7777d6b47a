"""The text of a message without the mention of the bot.

botbuilder's own helper removes the bot's name everywhere, also where it is a word of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_MARKUP = re.compile(r"[<>|]")


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    token: str


def strip_mention(activity: dict[str, Any]) -> str:
    """What was said to the bot. Each mention of it is cut out; other mentions become `<@id|name>`.

    Which mention is which is told by the entities' ids, not by names: a person may be called like the bot.
    """
    text = str(activity.get("text") or "")
    recipient = activity.get("recipient")
    bot_id = recipient.get("id") if isinstance(recipient, dict) else None
    for mention in reversed(_located(text, activity.get("entities"), bot_id)):
        text = text[: mention.start] + mention.token + text[mention.end :]
    return text.strip()


def _located(text: str, entities: object, bot_id: str | None) -> list[_Mention]:
    """Where each entity stands. Entities come in the order of the text, which tells equal ones apart."""
    found: list[_Mention] = []
    cursor = 0
    for entity in entities if isinstance(entities, list) else []:
        written, mentioned = _mention(entity)
        start = text.find(written, cursor) if written else -1
        if start < 0:
            continue
        cursor = start + len(written)
        token = " " if mentioned.get("id") == bot_id else _token(mentioned)
        found.append(_Mention(start, cursor, token))
    return found


def _mention(entity: object) -> tuple[str, dict[str, Any]]:
    if not isinstance(entity, dict) or entity.get("type") != "mention":
        return "", {}
    mentioned = entity.get("mentioned")
    return str(entity.get("text") or ""), mentioned if isinstance(mentioned, dict) else {}


def _token(mentioned: dict[str, Any]) -> str:
    identity, name = (_MARKUP.sub("", str(mentioned.get(key) or "")) for key in ("id", "name"))
    return f"<@{identity}|{name}>"
