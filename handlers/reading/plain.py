"""From what a platform sends to what the person typed, and the references inside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from handlers.errors import Misread

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"<([#@])([^\s|<>]{1,200})(?:\|([^<>\n]{0,200}))?>")
_SPECIAL = re.compile(r"<!([a-z]{1,30})(?:\^[^|<>\n]{0,500})?(?:\|([^<>\n]{0,500}))?>")
_LINK = re.compile(r"<((?:https?|ftp|mailto|tel|sip):[^\s|<>]+)(?:\|([^<>\n]+))?>", re.IGNORECASE)
_AT_TAG = re.compile(r"<at(?: [^<>\n]{0,100})?>([^<>\n]{1,200})</at>", re.IGNORECASE)
_ENTITY = re.compile(r"&(lt|gt|amp|nbsp|quot|apos|#39|#160|#8203);", re.IGNORECASE)
_ENTITIES = {
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "nbsp": " ",
    "quot": '"',
    "apos": "'",
    "#39": "'",
    "#160": " ",
    "#8203": "",
}
_ARROW = re.compile(r"[-\u2013\u2014]{1,3}>|[→⟶➔➜➝➞⇒⟹➙🡒]\ufe0f?")
_BLANKS = re.compile(r" {2,}")
_LINE_EDGES = re.compile(r" ?\n ?")


# Joiners belong to what is written where they stand between what they join: pieces of a picture, letters of a script whose
# letters change with their neighbours. Anywhere else nobody sees them.
_JOINERS = "[\u200c\u200d]"
_LETTER = "[\u0600-\u07ff\u0840-\u0dff\u1780-\u17ff\u1800-\u18af\ua840-\ua87f\ufb50-\ufdff\ufe70-\ufefc]"
_PICTURE = "[\u2194\u2195\u2600-\u2793\u27a1\u2b00-\u2bff\ufe0f\U0001f000-\U0001f84f\U0001f900-\U0001faff]"
_LOOSE_JOINER = re.compile(
    f"(?<={_LETTER}){_JOINERS}(?={_LETTER})|(?<={_PICTURE})\u200d(?={_PICTURE})|({_JOINERS})"
)


def _table() -> dict[int, str | None]:
    """Character by character: what is dropped and what becomes an ordinary character."""
    table: dict[int, str | None] = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)))
    table |= {ord("\n"): "\n", ord("\t"): "\t", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
    unseen = (0xAD, 0x61C, 0x180E, 0xFEFF, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F))
    table |= dict.fromkeys((*unseen, *range(0x2060, 0x2070), *range(0xE0000, 0xE0080)))
    table |= dict.fromkeys((0xA0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)), " ")
    table |= dict.fromkeys(map(ord, "‘’‚‛′‹›´"), "'")
    table |= dict.fromkeys(map(ord, "“”„‟″«»"), '"')
    table |= dict.fromkeys(map(ord, "\u2010\u2011\u2212"), "-")
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # half a character cannot be stored
    return table


_CHARACTERS = _table()


@dataclass(frozen=True, slots=True)
class Reference:
    """A channel or a member that was named. `id` is the platform's, None where only the name was typed."""

    kind: Literal["channel", "member"]
    id: str | None
    name: str | None


@lru_cache(64)  # a turn reads its text several times on its way
def plain(text: str) -> str:
    """What was typed: markup of the platform undone, odd blanks, quotes and arrows made ordinary.

    References to channels and members stay as `<#C1|name>` and `<@U1>`, see `references`. Line breaks and
    tabs stay, since they part the cells of a pasted table. Control, zero-width and direction characters are
    dropped, but joiners between what they join: a family is one picture, and Persian words have their shape.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS)
    text = _without_loose_joiners(text)
    text = _ENTITY.sub(lambda found: _ENTITIES[found[1].lower()], text)
    text = _SPECIAL.sub(_special, text)
    text = _LINK.sub(_link, text)
    text = _AT_TAG.sub(r"@\1", text)
    text = _without_loose_joiners(unicodedata.normalize("NFC", _arrows(text)))
    return _LINE_EDGES.sub("\n", _BLANKS.sub(" ", text)).strip(" \n")


def _without_loose_joiners(text: str) -> str:
    if "\u200c" not in text and "\u200d" not in text:
        return text
    return _LOOSE_JOINER.sub(lambda found: "" if found[1] else found[0], text)


def _special(found: re.Match[str]) -> str:
    label: str = found[2] or found[1]
    return label if found[1] == "date" or label.startswith("@") else f"@{label}"


def _link(found: re.Match[str]) -> str:
    address = found[1]
    return found[2] or (address[7:] if address.lower().startswith("mailto:") else address)


def _arrows(text: str) -> str:
    """Every arrow as `->`, except inside references."""
    out, at = [], 0
    for token in _TOKEN.finditer(text):
        out += [_ARROW.sub("->", text[at : token.start()]), token[0]]
        at = token.end()
    return "".join([*out, _ARROW.sub("->", text[at:])])


def excerpt(text: str, length: int = 60) -> str:
    """The text on one line, shortened, in quotes: for saying what was understood."""
    return f'"{shortened(" ".join(text.split()), length)}"'


def misread(text: str, wrong: str, example: str) -> Misread:
    """The error for a text that cannot be read: what was read, unless it is blank, what is wrong, an example."""
    understood = f"I read {excerpt(plain(text[:1000]))}." if text.strip() else ""
    return Misread(wrong, understood=understood, example=example)


def shortened(line: str, length: int) -> str:
    """The line, or its beginning with `…` where it is too long. A mention of somebody or of a channel counts as the name that
    is shown for it, and is kept whole or left out: half of one would show the platform's id."""
    if len(line) <= length:
        return line
    pieces = list(_pieces(line))
    if sum(size for _, size in pieces) <= length:
        return line
    kept, left = "", length - 1
    for piece, size in pieces:
        if size > left:
            kept += "" if _TOKEN.fullmatch(piece) else piece[:left]
            break
        kept, left = kept + piece, left - size
    return kept + "…"


def _pieces(line: str) -> Iterator[tuple[str, int]]:
    """Mentions and what stands between them, each with how long it is when shown."""
    at = 0
    for token in _TOKEN.finditer(line):
        yield line[at : token.start()], token.start() - at
        yield token[0], 1 + len((token[3] or token[2]).lstrip("#@"))
        at = token.end()
    yield line[at:], len(line) - at


def since(line: str, start: int) -> str:
    """The line from a place on, marked with `…`; a mention that begins before it is kept whole."""
    within = (token.start() for token in _TOKEN.finditer(line) if token.start() < start < token.end())
    start = next(within, start)
    return f"…{line[start:]}" if start else line


def references(text: str) -> list[Reference]:
    """The channels and members that a text refers to, in order."""
    return [_reference(token) for token in _TOKEN.finditer(text)]


def _reference(token: re.Match[str]) -> Reference:
    name = (token[3] or "").strip().lstrip("#@") or None
    return Reference("channel" if token[1] == "#" else "member", token[2], name)


def read_channel(text: str) -> Reference:
    """A channel: `<#C1|name>`, `#name`, or a bare one-word name. Raises Misread."""
    return _read(text, "channel", "#", "a channel")


def read_member(text: str) -> Reference:
    """A member: `<@U1>`, `@name`, or a bare one-word name. Raises Misread."""
    return _read(text, "member", "@", "a member")


def _read(text: str, kind: Literal["channel", "member"], sign: str, what: str) -> Reference:
    typed = plain(text).strip()
    token = _TOKEN.fullmatch(typed)
    if token and token[1] == sign:
        return _reference(token)
    name = typed.removeprefix(sign).strip()
    words = 4 if typed.startswith("@") else 1  # people may be called by first and last name
    if re.fullmatch(r"[\w.'\-]+(?: [\w.'\-]+)*", name) and len(name) <= 80 and len(name.split()) <= words:
        return Reference(kind, None, name)
    raise Misread(
        f"I read {excerpt(typed)}, and that does not name {what}.", example="#acme" if sign == "#" else "@ben"
    )
