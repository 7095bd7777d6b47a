"""The text of a message without the mention of the bot.

botbuilder's own helper removes the bot's name everywhere, also where it is a word of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from bot.teams.connector.raw import dict_in, dicts_in

_MARKUP = re.compile(r"[<>|]")
_BETWEEN = re.compile(r"(?:\s|&nbsp;)*")
_CHANNEL = "19:"  # how the ids of channels begin; those of people begin with 29:


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    id: str
    token: str


def strip_mention(activity: dict[str, Any]) -> str:
    """What was said to the bot. Each mention of it is cut out; other mentions become `<@id|name>`, of a channel `<#id|name>`.

    Which mention is which is told by the entities' ids, not by names: a person may be called like the bot.
    """
    text = str(activity.get("text") or "")
    bot_id = dict_in(activity, "recipient").get("id")
    for mention in reversed(_joined(text, _located(text, dicts_in(activity, "entities"), bot_id))):
        text = text[: mention.start] + mention.token + text[mention.end :]
    return text.strip()


def _located(text: str, entities: list[dict[str, Any]], bot_id: str | None) -> list[_Mention]:
    """Where each entity stands. Entities come in the order of the text, which tells equal ones apart; one that does not is
    looked for from the beginning."""
    found: list[_Mention] = []
    cursor = 0
    for entity in entities:
        written, mentioned = _mention(entity)
        start = _free(text, written, cursor, found) if written else -1
        if start < 0:
            continue
        cursor = start + len(written)
        identity = str(mentioned.get("id") or "")
        found.append(_Mention(start, cursor, identity, " " if identity == bot_id else _token(mentioned)))
    return sorted(found, key=lambda mention: mention.start)


def _free(text: str, written: str, cursor: int, found: list[_Mention]) -> int:
    """Where it stands that no other mention does; -1 where it stands nowhere."""
    for begin in (cursor, 0):
        start = text.find(written, begin)
        if start >= 0 and not any(start < one.end and one.start < start + len(written) for one in found):
            return start
    return -1


def _joined(text: str, mentions: list[_Mention]) -> list[_Mention]:
    """Some clients mention a name of several words once for each word: together they are one mention."""
    whole: list[_Mention] = []
    for one in mentions:
        last = whole[-1] if whole else None
        goes_on = last is not None and last.id == one.id and one.token not in {" ", last.token}
        if last is None or not goes_on or not _BETWEEN.fullmatch(text[last.end : one.start]):
            whole.append(one)
            continue
        token = f"{last.token.removesuffix('>')} {one.token.partition('|')[2]}"
        whole[-1] = replace(last, end=one.end, token=token)
    return whole


def _mention(entity: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    if entity.get("type") != "mention":
        return "", {}
    return str(entity.get("text") or ""), dict_in(entity, "mentioned")


def _token(mentioned: dict[str, Any]) -> str:
    identity, name = (_MARKUP.sub("", str(mentioned.get(key) or "")) for key in ("id", "name"))
    return f"<{'#' if identity.startswith(_CHANNEL) else '@'}{identity}|{name}>"
