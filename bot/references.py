"""What people typed as it is read on every face: references by name, and no sign that steers the text around it. Pure.

A reference is `<@ID>` or `<#ID>`, or `<@ID|name>` and `<#ID|name>`. It is shown as people type it, `@name` or `#name`, and
calls nobody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REFERENCE = re.compile(r"<([@#])([^\s|<>]{1,200})(?:\|([^<>\n]{0,200}))?>")
# control characters but line ends and tabs, and those that turn the direction in which text is written
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def readable(text: str, names: Mapping[str, str] | None = None) -> str:
    """The text as a person reads it. `names` are what ids without a name stand for; a tab is two blanks."""
    known = names or {}

    def name(found: re.Match[str]) -> str:
        return found[1] + (found[3] or known.get(found[2]) or found[2]).lstrip("@#")

    return _STEERING.sub("", _REFERENCE.sub(name, text)).replace("\t", "  ")


def unnamed(text: str) -> Iterator[str]:
    """The ids of people who are referred to without their name."""
    if "<@" not in text:  # nearly always, and looking costs less than searching
        return
    for found in _REFERENCE.finditer(text):
        if found[1] == "@" and not found[3]:
            yield found[2]
