"""Ordinary questions, and the commands they come to. Patterns, no guessing: what fits none is not answered."""

from __future__ import annotations

import re
from functools import cache

_PLAN = r"(?:\s+(?:for|with|on|about|at|to|from|of|in)\s+(?:the\s+)?(?P<plan>.+?))?"
_END = r"\s*(?:so far|now|today|right now|please|again)?\s*[?.!]*$"
_WHAT = (
    r"(?:what(?:'?s| is| was| are| were)?|show(?: me)?|tell me|give me|list|which are|remind me of)"
    r"\s+(?:our|my|the|your)?\s*"
)

_QUESTIONS: tuple[tuple[str, str], ...] = (
    (_WHAT + r"(?:batna|best alternative|plan b|fallback|walk[- ]?away)" + _PLAN, "batna"),
    (_WHAT + r"(?:limit|stop|mandate|ceiling)" + _PLAN, "batna"),
    (r"how (?:good|strong|weak) is (?:our|my|the) (?:batna|alternative)" + _PLAN, "batna"),
    (
        r"what (?:did|have) (?:we|i|they) (?:give|given|gave|concede|conceded)(?:\s+(?:them|us|away))?"
        + _PLAN,
        "log",
    ),
    (r"what (?:did|have) (?:we|i) (?:get|got|gotten|win|won)(?:\s+back)?" + _PLAN, "log"),
    (_WHAT + r"(?:concessions?|concession log|log)" + _PLAN, "log"),
    (r"who (?:moved|gave)(?:\s+what)?" + _PLAN, "log"),
    (_WHAT + r"(?:terms?)" + _PLAN, "terms"),
    (_WHAT + r"(?:questions?)(?: to ask)?" + _PLAN, "questions"),
    (_WHAT + r"(?:objections?)" + _PLAN, "objections"),
    (_WHAT + r"(?:stakeholders?)" + _PLAN, "stakeholders"),
    (_WHAT + r"(?:open points?|still open|open)" + _PLAN, "open"),
    (_WHAT + r"(?:plan|brief|preparation)" + _PLAN, "show"),
    (r"(?:are we|am i) (?:ready|prepared)" + _PLAN, "ready"),
    (r"how (?:ready|prepared) (?:are we|am i)" + _PLAN, "ready"),
    (
        r"(?:what|which)(?: contracts?)? (?:renews?|comes? due|expires?|is due|are due)(?: next| soon)?",
        "renewals",
    ),
    (_WHAT + r"(?:next )?(?:renewals?|deadlines?|notice dates?)", "renewals"),
    (r"when (?:do|must|should) we (?:send|give) notice.*", "renewals"),
    (_WHAT + r"(?:next )?(?:check[- ]?ins?)", "checkin"),
    (r"(?:what can you do|how (?:do|does) (?:this|it|you) work|who are you|what do you know)", "help"),
    (r"(?:where (?:was|were) (?:i|we)|continue|go on|carry on)", "resume"),
    (r"(?:hi|hello|hey|good morning|good afternoon|hallo|thanks|thank you)", "hub"),
)
_LONGEST = 200


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compiled when something is said that is no command: that takes longer than most answers."""
    return tuple(
        (re.compile(r"^\s*" + pattern + _END, re.IGNORECASE), words) for pattern, words in _QUESTIONS
    )


def as_command(text: str) -> str | None:
    """The words of the command that a question comes to, or None."""
    if len(text) > _LONGEST:
        return None
    for pattern, words in _compiled():
        found = pattern.match(text)
        if found:
            plan = (found.groupdict().get("plan") or "").strip(" ?.!")
            return f"{words} {plan}".strip()
    return None
