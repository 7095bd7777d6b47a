"""What a typed line is: for Prep or not, a command, a mention, a number. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.turn import Via

_SLASH = re.compile(r"\s*/prep(?=\s|$)[ \t]*", re.IGNORECASE)
_MENTION = re.compile(r"\s*@prep\b[:,]?[ \t]*", re.IGNORECASE)
_MENTION_LAST = re.compile(r",?\s+@prep[?.!]*\s*$", re.IGNORECASE)
_MEMBER = re.compile(r"(?<![\w@<|/.])@([^\W\d_](?:[\w.\-]*\w)?)")
_CHANNEL = re.compile(r"(?<![\w#<|/&])#([^\W\d_](?:[\w\-]*\w)?)")
_NUMBER = re.compile(r"\s*\[?(\d{1,3})\]?\s*")


@dataclass(frozen=True, slots=True)
class Heard:
    """A line: how it reached Prep (None: it is not marked as being for Prep) and the words in it."""

    via: Via | None
    text: str


def is_passed_over(line: str) -> bool:
    """Blank lines and comments. A pasted block may hold lines that start with `#`."""
    return not line.strip() or (line.lstrip().startswith("#") and "\n" not in line.strip())


def hear(line: str, *, direct: bool) -> Heard:
    """How a line is meant: `/prep X` and `@Prep X` everywhere, anything else only in a direct message."""
    slash = _SLASH.match(line)
    if slash:
        return Heard(Via.SLASH, line[slash.end() :].strip())
    mention = _MENTION.match(line)
    if mention:
        return Heard(Via.DIRECT if direct else Via.MENTION, line[mention.end() :].strip())
    last = _MENTION_LAST.search(line)
    if last:
        return Heard(Via.DIRECT if direct else Via.MENTION, line[: last.start()].strip())
    return Heard(Via.DIRECT if direct else None, line.strip())


def number(text: str) -> int | None:
    """The number that a line is, if it is nothing else."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None


def with_references(text: str) -> str:
    """`@bob` and `#acme` as references: here the id of a user or a channel is its name."""
    text = _MEMBER.sub(lambda found: f"<@{found[1].lower()}|{found[1]}>", text)
    return _CHANNEL.sub(lambda found: f"<#{found[1].lower()}|{found[1]}>", text)


def identity(name: str) -> str:
    """The id of a user or a channel: its name in lower case, without blanks and signs at its beginning."""
    return "-".join(name.strip().lstrip("@#").lower().split())
