"""Figures inside an answer: read by locale, and asked about where two readings are possible."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.reading.numbers import read_number
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from handlers.manners import Manners
    from handlers.reading.numbers import Number

_MARKED = re.compile(r"(?<![\d.,])(\d{1,3})([.,])(\d{3})(?![\d.,]*\d)")
_THREE_PLACES = re.compile(r"-?\d{1,3}\.\d{3}")


class TwoReadings(Misread):
    """A figure such as `1.200` that may be one and a fifth or twelve hundred.

    `typed` is the figure as typed, `readings` what it may mean. `resolved` writes a text out in one of the two ways.
    """

    def __init__(self, typed: str, readings: tuple[Decimal, Decimal]) -> None:
        first, second = sorted(readings)
        super().__init__(
            f"That may be {plain_figure(first)} or {plain_figure(second)}. Which one?",
            understood=f"I read {excerpt(typed)}.",
            example=plain_figure(second),
        )
        self.typed = typed
        self.readings = first, second


def plain_figure(value: Decimal) -> str:
    """A figure with a point and nothing else, never with three places, so that it reads in one way only."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, places = text.partition(".")
    return f"{whole}.{places}0" if len(places) == 3 else text


def plain_value(kept: str) -> str:
    """A value of a term as it is kept, a figure or the name of a level, so that it reads in one way only."""
    return f"{kept}0" if _THREE_PLACES.fullmatch(kept) else kept


def resolved(text: str, *, thousands: bool) -> str:
    """A text with every figure such as `1.200` written out as 1200 (`thousands`) or as 1.2."""

    def write(found: re.Match[str]) -> str:
        digits = found[1] + found[3] if thousands else f"{found[1]}.{found[3]}"
        return plain_figure(Decimal(digits))

    return _MARKED.sub(write, text)


def price(text: str, manners: Manners, *, what: str = "a price", example: str = "3.95") -> Number:
    """A price for one unit. Raises TwoReadings for `1.200` and `1,200`, Misread for zero and less."""
    found = read_number(text, manners, what=what, example=example)
    if found.other is not None:
        raise TwoReadings(text, (found.value, found.other))
    return positive(found, text, example)


def amount(text: str, manners: Manners, *, what: str = "an amount", example: str = "24000") -> Number:
    """An amount or a quantity: `1,200` goes by the locale where it parts thousands, and is asked about where not."""
    found = read_number(text, manners, what=what, example=example)
    if found.other is not None and found.value < found.other:
        raise TwoReadings(text, (found.value, found.other))
    return positive(found, text, example)


def positive(found: Number, text: str, example: str) -> Number:
    """The number, if it is above zero."""
    if found.value <= 0:
        raise Misread(
            "That has to be above zero.", understood=f"I read {excerpt(text.strip())}.", example=example
        )
    return found
