"""One-liners: fields apart, and keys with their values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping

_PIECES = re.compile(r'(?P<kept>(?<!\w)"[^"\n]*"|[^",;\n]+|"|,(?=\S))|[,;\n]')
_WORD = re.compile(r"[^\W\d_][\w.'&\-]*")
_ORDINARY_WORDS = """
a an and are as at be but by for from has he her his i if in is it its me my no not of on or our so that the
their them then they this to up us was we what when who will with you your
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
"""Words that are no shortened key."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Values by canonical key, as typed (`""` for a key that stands alone), and the fields without a key."""

    values: dict[str, str]
    rest: tuple[str, ...]


def split_fields(text: str) -> list[str]:
    """The fields of a one-liner: parted by a comma and a blank, a semicolon or a line break.

    A comma between digits stays, quoted parts stay whole (with their quotes), empty fields are dropped.
    """
    fields: list[list[str]] = [[]]
    for piece in _PIECES.finditer(text):
        if piece["kept"]:
            fields[-1].append(piece["kept"])
        else:
            fields.append([])
    joined = ("".join(pieces).strip() for pieces in fields)
    return [field for field in joined if field]


def is_quoted(text: str) -> bool:
    """Whether quotes stand around the whole of a text."""
    text = text.strip()
    return len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1]


def unquoted(text: str) -> str:
    """The text without the quotes around the whole of it."""
    text = text.strip()
    return text[1:-1].strip() if is_quoted(text) else text


def read_pairs(text: str, keys: Mapping[str, str]) -> Pairs:
    """Reads `start 2026-07-01, auto-renew 12 months, restricted` by the accepted words.

    `keys` maps every accepted word or phrase to its canonical key. Case, hyphens and a `:` or `=` after the key
    do not matter, and a key may be shortened. Raises Misread where a key comes twice or a short one fits
    several.
    """
    phrases = {_even(phrase): key for phrase, key in keys.items()}
    longest = max((len(phrase.split()) for phrase in phrases), default=0)
    values: dict[str, str] = {}
    rest = []
    for field in split_fields(text):
        key, value = _pair(field, phrases, longest)
        if key is None:
            rest.append(field)
        elif key in values:
            raise Misread(
                f"{_typed(field, value)} is there twice.",
                understood=f"I read {excerpt(text)}.",
                example=field,
            )
        else:
            values[key] = unquoted(value)
    return Pairs(values, tuple(rest))


def _even(words: str) -> str:
    return " ".join(re.sub(r"[\s_\-]+", " ", words).casefold().split())


def _typed(field: str, value: str) -> str:
    key = field[: len(field) - len(value)] if value else field
    return excerpt(key.strip(" :="))


def _pair(field: str, phrases: Mapping[str, str], longest: int) -> tuple[str | None, str]:
    """The canonical key that a field starts with (None without one), and what follows it."""
    ends = [word.end() for word in re.finditer(r"[^\s:=]+", field[:200])][:longest]
    for end in reversed(ends):
        key = phrases.get(_even(field[:end]))
        if key is not None:
            return key, _value(field[end:])
    first = _WORD.match(field)
    if first is None or (first.end() < len(field) and field[first.end()] not in " \t:="):
        return None, field
    value = field[first.end() :]
    return _shortened(_even(first[0]), value, phrases), _value(value)


def _value(text: str) -> str:
    return re.sub(r"^\s*[:=]?\s*", "", text)


def _shortened(word: str, value: str, phrases: Mapping[str, str]) -> str | None:
    """The key that a word is the beginning of. One or two letters count only before a number or a sign."""
    if word in _ORDINARY or (len(word) < 3 and not re.match(r"\s*(?:[:=]|[-~<>€$£]?\s?[0-9])", value)):
        return None
    fitting = {key: phrase for phrase, key in phrases.items() if phrase.startswith(word)}
    if len(fitting) > 1:
        several = " or ".join(sorted(fitting.values())[:6])
        raise Misread(f"{excerpt(word)} may be {several}: write a little more of it.")
    return next(iter(fitting), None)
