"""The questions of a preparation, as data: what is asked, why, and what a valid answer looks like.

A script is read from YAML (`quick.yaml`, `full.yaml`), and a company may change its wording and add to it.
Code knows the keys, the kinds and the names of rules; it knows no sentence.
"""

from __future__ import annotations

from handlers.prep.loading import builtin, load_script
from handlers.prep.override import override
from handlers.prep.question import Question, Script, Section, applies
from handlers.prep.schema import KINDS, RULES

__all__ = [
    "KINDS",
    "RULES",
    "Question",
    "Script",
    "Section",
    "applies",
    "builtin",
    "load_script",
    "override",
]
