"""What an answer looks like, whatever was asked: a day and people, three figures, ways without the supplier, a trade.

Where one goes back and answers the question that one had in mind, the words must not end as what is bought, so a line that
shows the looks of another question and none of its own is asked about. Only looks that hardly anything else has count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.answers.occasions import read_talks
from handlers.prep.answers.rows import fields_of, rows_of
from handlers.reading.dates import read_date

if TYPE_CHECKING:
    from handlers.prep.answers.read import Context

_FIGURE = r"[€$£]?\s?-?\d+(?:[.,]\d+)*"
_TRIPLE = re.compile(rf"{_FIGURE}(?:\s*/\s*{_FIGURE}){{2}}(?:\s*[A-Z]{{3}})?")
_NAMED_TRIPLE = re.compile(rf"[^\W\d][^/]*?\s{_FIGURE}(?:\s*/\s*{_FIGURE}){{1,2}}\b.*", re.DOTALL)
_PRICED = re.compile(rf"[^\W\d].*?\s{_FIGURE}(?:\s*(?:EUR|USD|GBP|CHF|€))?", re.DOTALL)
_SURENESS = re.compile(
    r"^(?:\d+\s?(?:weeks?|months?|days)|(?:chance |sure )?\d+\s?%|(?:not )?quoted|firm until .+|freight .+|one-off .+)$",
    re.I,
)
_ROLE = r"(?:the |our |my )?(?:CFO|CEO|COO|CPO|board|boss|me|i|head|director|managing director|finance|manager|management)"
_MANDATE = re.compile(
    rf"^{_ROLE}\b[^,;?]*\b(?:yes|up to|signs?|allowed|ok)\b|\bby {_ROLE}\b(?:\s+(?:until|till|to)\b|\s*$)|^nobody yet$",
    re.I,
)
_TRADE = re.compile(r"\S.*\s(?:if|only if|in return for|provided(?: that)?)\s+\S", re.I | re.DOTALL)
_ASKS = re.compile(r"^(?:what|how|which|why|who|when|where)\b.*\?\s*$", re.I | re.DOTALL)
_RATE = re.compile(
    r"\d[\d.,]*\s?[km]?\b[^,;/]*?\b(?:a|per|each) (?:year|month|quarter|week)\b|\bonce\b", re.I
)

_LOOKS_OF = {
    "deal": "deal", "talks": "talks", "triple": "triple", "terms": "triples", "triples": "triples",
    "mandate": "mandate", "alternatives": "alternatives", "trades": "trades", "questions": "questions",
}  # fmt: skip
"""The looks of an answer to a question of this kind."""
_JUDGED = frozenset({"deal", "triple", "terms", "triples", "alternatives", "trades", "money"})
"""Kinds of question that take nearly any words; the others refuse what is not theirs, or take any text at all."""
_ALSO = {"triple": {"triples"}, "triples": {"trades"}, "terms": {"triple", "deal"}}


def meant_for(kind: str, text: str, context: Context) -> str:
    """The looks of an answer that cannot have been meant for a question of this kind; empty where it may have been."""
    if kind not in _JUDGED or "\n" in text or "\t" in text:
        return ""
    found = looks(text, context)
    own = {_LOOKS_OF.get(kind, kind), *_ALSO.get(kind, ())}
    return next(iter(found)) if len(found) == 1 and not found & own else ""


def looks(text: str, context: Context) -> set[str]:
    """All the looks that an answer has, by the kind of question that it would answer."""
    fields, rows = fields_of(text), rows_of(text)
    named = [row for row in rows if _NAMED_TRIPLE.fullmatch(row)]
    found = {
        "triple": _TRIPLE.fullmatch(text.strip()) is not None,
        "triples": bool(rows) and len(named) == len(rows),
        "alternatives": bool(fields)
        and _PRICED.fullmatch(fields[0]) is not None
        and any(map(_SURENESS.match, fields[1:])),
        "mandate": _MANDATE.search(text.strip()) is not None and "?" not in text,
        "trades": _TRADE.search(text) is not None,
        "questions": _ASKS.match(text.strip()) is not None,
        "deal": len(fields) > 2 and _RATE.search(text) is not None,
        "talks": _is_talks(fields, text, context),
    }
    return {kind for kind, is_so in found.items() if is_so}


def _is_talks(fields: list[str], text: str, context: Context) -> bool:
    """Whether it begins with a day or an hour, all of the first field."""
    if not fields or not re.search(r"[^\W\d]|:|-|\d\.\d+\.", fields[0]):
        return False
    try:
        if len(fields) == 1:
            read_date(fields[0], context.today, context.manners)
        else:
            read_talks(text, context.now, context.manners)
    except Misread:
        return False
    return True


def is_looks_of(kind: str, looks_: str) -> bool:
    """Whether a question of this kind is answered by what looks so."""
    return _LOOKS_OF.get(kind) == looks_
