"""Which words behind the name of a list change it."""

from __future__ import annotations

import re

_VERBS = r"add|new|done|tick|asked|settled?|met|signed|undone|reopen|unsigned|edit|change|remove|delete|up|down|order|reorder"
CHANGE = re.compile(rf"(?:^|\s)(?P<verb>{_VERBS})(?=\s|:|$)\s*:?\s*(?P<text>.*)$", re.IGNORECASE | re.DOTALL)
_ONTO = re.compile(
    rf"^(?P<plan>(?:(?!\b(?:{_VERBS})\b)[^:]){{0,200}}):\s*(?!(?:{_VERBS})(?:\s+(?:#?\d|id:)|\s*:|\s*$)|(?:add|order|reorder)\b)(?P<text>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""What is put on a list without a verb: `questions acme: what drives your cost?`."""


def changes(rest: str) -> bool:
    """Whether the words after the name of a list change it."""
    return CHANGE.search(rest) is not None or onto_list(rest) is not None


def onto_list(rest: str) -> re.Match[str] | None:
    """What follows a plan and a colon; the colon of a button's plan parts nothing."""
    button = re.match(r"plan:\d+", rest)
    found = _ONTO.match(rest[button.end() :] if button else rest)
    return None if button and found and found["plan"].strip() else found
