"""A value of a term as it is typed: a figure in the term's unit, or one of its levels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.answers.figures import TwoReadings
from handlers.reading.durations import read_duration
from handlers.reading.names import match
from handlers.reading.numbers import read_number
from handlers.reading.pairs import unquoted
from handlers.reading.plain import excerpt
from handlers.terms.rules import role_of

if TYPE_CHECKING:
    from decimal import Decimal

    from handlers.manners import Manners
    from handlers.reading.numbers import Number
    from storage.tables import Term

_TIME = {"day": "day", "week": "week", "month": "month", "year": "year"}


def read_value(term: Term, text: str, manners: Manners, *, currency: str) -> str:
    """The value as it is kept: `45 days` is `45`, `6 weeks` of a term in days is `42`, a level by its own name.

    Raises Misread for another unit, currency or level, and TwoReadings for a price of `1.200`.
    """
    typed = unquoted(text.strip())
    if not typed:
        raise _misread(term, text, f"To what value does {term.name} go?")
    if term.levels:
        return _level(term, typed)
    found = read_number(_bare(typed), manners, what=f"a value for {term.name}", example=_example(term))
    if role_of(term.name) == "price" and found.other is not None:
        raise TwoReadings(text, (found.value, found.other))
    _check_money(term, found, typed, currency)
    return format(_in_unit(term, found, typed), "f")


def _bare(typed: str) -> str:
    """Without the words that people put before a value."""
    return re.sub(r"^(?:to|at|of|is|=|net|about|up to)\s+", "", typed, flags=re.IGNORECASE)


def _level(term: Term, typed: str) -> str:
    said = match(typed, {level: (level,) for level in term.levels})
    found = said.one if said.sure else None  # a mistyped level may be another one
    if found is None:
        raise _misread(term, typed, f"The levels of {term.name} are: {', '.join(term.levels)}.")
    return found


def _check_money(term: Term, found: Number, typed: str, currency: str) -> None:
    if found.currency is not None and found.currency != currency:
        raise _misread(
            term, typed, f"This plan is in {currency}. “set currency {found.currency}” changes that."
        )
    if found.percent and term.unit not in ("", "%"):
        raise _misread(term, typed, f"{term.name} is counted in {term.unit}, not in percent.")
    if found.percent and role_of(term.name) == "price":
        raise _misread(term, typed, "I need the price itself, not a percentage of it.")
    if found.value < 0 and role_of(term.name) == "price":
        raise _misread(term, typed, "A price is not below zero.")


def _in_unit(term: Term, found: Number, typed: str) -> Decimal:
    """The figure in the unit of the term: weeks as days, years as months."""
    theirs, ours = _time(found.unit), _time(term.unit)
    if theirs is None or ours is None or theirs == ours:
        return found.value
    if (theirs, ours) == ("week", "day"):
        return found.value * 7
    if (theirs, ours) == ("day", "week") and found.value % 7 == 0:
        return found.value / 7
    if (theirs, ours) == ("year", "month"):
        return found.value * 12
    if (theirs, ours) == ("month", "year") and found.value % 12 == 0:
        return found.value / 12
    raise _misread(term, typed, f"{term.name} is counted in {term.unit}.")


def _time(unit: str | None) -> str | None:
    """The unit of time that a word means, if it means one."""
    if not unit:
        return None
    try:
        return _TIME.get(read_duration(f"1 {unit}").unit, "other")
    except Misread:
        return None


def _example(term: Term) -> str:
    return f"{term.name} {term.target or term.stop or '45'}"


def _misread(term: Term, typed: str, wrong: str) -> Misread:
    understood = f"I read {excerpt(typed)} for {term.name}." if typed.strip() else ""
    return Misread(wrong, understood=understood, example=_example(term))
