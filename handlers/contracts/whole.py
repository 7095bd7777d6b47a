"""While a question is open: which lines that begin like a command about contracts are one, and which are answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.contracts.changing import CHANGES
from handlers.contracts.deciding import VERBS
from handlers.contracts.reading import FIRST_KEY
from handlers.errors import Misread
from handlers.reading.durations import read_duration

if TYPE_CHECKING:
    from handlers.command import Typed

_LISTS = frozenset({"list", "all"})
_SHOWS = frozenset({"show", "details"})
_PAGE = re.compile(r"(?:^|\s+)page\s+\d{1,4}$", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:(?:this|next) (?:week|month|quarter|year)|q[1-4](?: 20\d\d)?|20\d\d|all)", re.IGNORECASE
)


def is_whole(typed: Typed) -> bool:
    """`contract ...`: a verb alone, or one with a contract that there is, or with what makes a new one."""
    word, _, rest = typed.rest.partition(" ")
    verb, rest = word.casefold().rstrip(":"), rest.strip()
    if verb == "add":
        return not rest or len(rest.split()) == 1 or FIRST_KEY.search(rest) is not None
    if not rest:
        return verb in {*_LISTS, *_SHOWS, *CHANGES, *VERBS}
    if verb in CHANGES:
        return typed.is_contract(_named(rest))
    return verb in {*_SHOWS, *VERBS} and typed.is_contract(rest)


def _named(rest: str) -> str:
    """The name before what is changed: `acme: notice 90 days`, `acme notice 90 days`."""
    name, colon, _ = rest.partition(":")
    key = None if colon else FIRST_KEY.search(rest)
    return (rest[: key.start()] if key else name).strip()


def is_horizon(rest: str) -> bool:
    """`renewals ...`: a length of time, a period or a page, and nothing behind it."""
    until = _PAGE.sub("", rest).strip()
    if not until or _PERIOD.fullmatch(until):
        return True
    try:
        read_duration(until, bare="day", example="renewals 90d")
    except Misread:
        return False
    return True
