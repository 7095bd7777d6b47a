"""What somebody says who does not know the words yet, and the command that it comes to. None of them changes anything."""

from __future__ import annotations

import re
from functools import cache

_FIRST = re.compile(
    r"\s*(?:(?:how|where|what|what's|whats|explain|define|i|we|i'd|can|could)\s|(?:show|help) (?:me|us)\b|get started)",
    re.I,
)
_MEANS = r"(?:(?:what (?:is|are)|what's|explain|define) (?:an? )?|what does )(?:the word )?"
_PREPARE = r"(?:prepar(?:e|ing|ation)|negotiat(?:e|ing|ion)|get(?:ting)? ready)\b"
_END = r"\s*(?:now|please)?\s*[?.!]*$"
_FOR = r"(?:\s+(?:for|with|to|on|about)\s+(?P<plan>.+?))?"
_TO = r"(?:\s+(?:(?:for|with|to)\s+)?(?P<plan>.+?))?"
_SAYINGS: tuple[tuple[str, str], ...] = (
    (_MEANS + r"(?:batna|indifference|best alternative)(?: mean)?", "help batna"),
    (_MEANS + r"(?:term|stop|target|opening|anchor|weight|walk[- ]?away)(?: mean)?", "help term"),
    (_MEANS + r"(?:mandate|ceiling)(?: mean)?", "help mandate"),
    (_MEANS + r"(?:concession|trade)(?: mean)?", "help give"),
    (r"(?:how|where) (?:do|can|should|would) (?:i|we) (?:start|begin|get started)|get started", "hub"),
    (r"how (?:do|can|should|would) (?:i|we) " + _PREPARE + ".*", "hub"),
    (r"(?:i|we|i'd)\b.*\b(?:want|need|have|like|must|should) to (?:start .*?)?" + _PREPARE + ".*", "hub"),
    (r"(?:i|we|i'd)\b.*\b(?:want|need|like) (?:some )?help (?:with|to)\b.*" + _PREPARE + ".*", "hub"),
    (r"(?:can|could) you help (?:me|us)\b.*|help (?:me|us)(?:\b.*" + _PREPARE + ".*)?", "hub"),
    (r"what(?:'?s| is| comes)? next|what (?:do|should|can|must) (?:i|we) do(?: next| first| now)?", "hub"),
    (r"what (?:can|could|should|may) (?:we|i) (?:give|trade)(?: them)?(?: (?:away|up|back))?" + _TO, "show"),
    (r"show (?:me|us)(?: (?:the|my|our))? (?:plan|brief|summary)" + _FOR, "show"),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compiled when somebody first says one: that takes longer than most answers."""
    return tuple((re.compile(rf"\s*(?:{said}){_END}", re.IGNORECASE), words) for said, words in _SAYINGS)


def as_beginner(text: str) -> str | None:
    """The words of a command that only reads, or None. To be asked first: `show me the plan` is no plan called so."""
    if len(text) > 160 or _FIRST.match(text) is None:
        return None
    for pattern, words in _compiled():
        if found := pattern.match(text):
            return f"{words} {(found.groupdict().get('plan') or '').strip(' ?.!')}".strip()
    return None
