"""Where a line must not be broken on a narrow screen. Pure.

A figure keeps its unit, a day its month, an arrow its point, and no line begins with a dot that parts two facts. What
is put in takes no room or that of a blank, and reads as nothing and as a blank where somebody copies the text and sends it.
"""

from __future__ import annotations

import re

FIRM = "\u00a0"  # a blank that no line is broken at
HELD = "\u2060"  # takes no room
_FIRM_BLANK = re.compile(r"(?<=\d) (?=[^\W\d_]{1,9}\b)|(?<=\S) (?=%|· )")


def held(text: str) -> str:
    """The same text, whole where it has to stay whole."""
    return _FIRM_BLANK.sub(FIRM, text).replace("->", f"-{HELD}>")
