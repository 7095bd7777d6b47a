"""Hearing a regular day in a line, and telling apart that there is none from one that is not said clearly."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from handlers.dates.rule_words import split_rule
from handlers.errors import Misread

if TYPE_CHECKING:
    from handlers.dates.recurrence import Rule


def heard(text: str) -> tuple[Rule, str] | None:
    """The rule that a text begins with, and the rest; None where it begins with none. Raises Misread for an unclear one."""
    try:
        return split_rule(text)
    except Misread as wrong:
        if wrong.wrong == _none_said():
            return None
        raise


@cache
def _none_said() -> str:
    """What is said of a text that begins with no rule at all."""
    try:
        split_rule("?")
    except Misread as wrong:
        return wrong.wrong
    raise AssertionError("a question mark is no regular day")
