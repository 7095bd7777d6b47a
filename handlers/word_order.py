"""Commands with the words the other way round: `acme batna`, `show contract acme`, `add a term to acme: ...`."""

from __future__ import annotations

import re

_SHOW = re.compile(
    r"(?:(?:show|list|see|view|display|open)(?: me)?|get(?: me)?|give me)\s+(?:(?:the|my|our|all|all the|all my)\s+)?"
    r"(?=(?:contracts?|renewals|batna|log|terms|questions|objections|stakeholders|offers|settings|check-?ins?|plans|dates|readers"
    r"|reminders|open points|concessions|alternatives|readiness)\b)",
    re.IGNORECASE,
)
_ADD = re.compile(
    r"(?:add|create|record)\s+(?:(?:a|an|another|the|my)\s+)?(?:new\s+)?"
    r"(?P<what>contract|term|question|objection|stakeholder|open point|mandate|offer|reminder|check-?in)\b\s*"
    r"(?:(?:to|for|with|from)\s+)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LISTS = frozenset({"question", "objection", "stakeholder", "open point"})
_LISTED = re.compile(r"(?P<plan>[^:]{0,60}):\s*(?P<text>\S.*)", re.DOTALL)


def turned_round(text: str) -> str | None:
    """`show contract acme` and `add a term to acme: ...` with the command first, or None."""
    show = _SHOW.match(text)
    if show is not None:
        return text[show.end() :]
    add = _ADD.fullmatch(text)
    if add is None:
        return None
    what, rest = add["what"].lower(), add["rest"].strip()
    if what == "contract":
        return f"contract add {rest}"
    if what not in _LISTS:
        return f"{what} {rest}"
    listed = _LISTED.fullmatch(rest)  # without a colon it is not clear where the plan's name ends
    return f"{what} {listed['plan']} add {listed['text']}" if listed else None


_BEHIND = re.compile(
    r"(?P<plan>[^?:,=\d][^?:,=]{0,60}?)(?:'s)?\s+"
    r"(?P<words>batna|log|concessions|terms|brief|plan|questions|objections|stakeholders|open points|offers?|readiness|dates"
    r"|contract|alternatives)\s*[?.!]*",
    re.IGNORECASE,
)
_MOST_WORDS = 4
_SAID_SO = {"contract": "contract show", "plan": "show"}


def name_first(text: str) -> str | None:
    """`acme batna` and `Acme's terms` with the command before the name, or None."""
    found = _BEHIND.fullmatch(text.strip())
    if found is None or len(found["plan"].split()) > _MOST_WORDS:
        return None
    words = found["words"].lower()
    return f"{_SAID_SO.get(words, words)} {found['plan']}"
