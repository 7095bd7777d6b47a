"""Facts that are typed one behind the other without commas: `Borg = 4.18 valid until 30 June lead time 6 weeks`."""

from __future__ import annotations

import re

from handlers.reading import currencies

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_UNIT = r"(?:working )?(?:days?|weeks?|months?|years?)"
_WHOLE = re.compile(
    rf"(?:\d[kKmM]?|%|{currencies.PATTERN}|/\s?\w+|\b{_UNIT}|\b{_MONTHS}|\b(?:un)?quoted|\bfirm|\ball[- ]?in)$",
    re.I,
)
"""How a fact ends that can stand alone."""
_COST = r"freight|shipping|transport|duty|customs|inspection|packaging|handling|insurance|storage|tooling"
_NEXT = re.compile(
    rf"\s+(?=(?:firm |quoted? |offer )?(?:valid |holds? )?(?:until|till)\s"
    rf"|lead(?:\s+time)?\s+(?:of\s+|about\s+)?\d|chance\s+(?:of\s+)?\d"
    rf"|(?:{_COST}|uplift)\s+[€$£]?\d[\d.,]*(?!\s*{_UNIT}\b)|(?:one-?off|once|yearly)\s+\d"
    rf"|(?:not |un)?quoted\b|no quote\b|latest start\s|[\d.,]+\s?{_UNIT}\b|[\d.,]*\d\s?%)",
    re.I,
)
"""How the next one begins."""
_UNTIL = re.compile(r"(?:firm |quoted? |offer )?(?:valid |holds? )?(?:until|till)\s", re.I)
_BOUND = re.compile(r"\b(?:valid|firm|quoted?|offer|holds?|stands)$", re.I)
_INSIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")


def parted(text: str) -> str:
    """The text with a comma between facts that stand one behind the other; brackets and quotes stay whole."""
    inside = [range(*found.span()) for found in _INSIDE.finditer(text)]
    out, at = "", 0
    for gap in _NEXT.finditer(text):
        if any(gap.start() in span for span in inside) or not _between(
            text[: gap.start()], text[gap.end() :]
        ):
            continue
        out += f"{text[at : gap.start()]}, "
        at = gap.end()
    return out + text[at:]


def _between(before: str, after: str) -> bool:
    """Whether one fact ends and another begins here. A day until when may follow anything but what belongs to it."""
    if _UNTIL.match(after):
        return (
            not _BOUND.search(before) and before[-1:] not in ",;=:" and re.search(r"\d", before) is not None
        )
    return _WHOLE.search(before) is not None and not re.search(
        r"(?:^|[\s,])(?:-|\+|plus|and|or|to|of)$", before
    )
