"""An amount of money with a note, and independent prices that name their day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.answers.figures import price
from handlers.reading import currencies
from handlers.reading.dates import read_date
from handlers.reading.plain import excerpt, misread

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from handlers.manners import Manners

_LEAD = re.compile(
    rf"^(?:about |ca\.? |~)?(?P<figure>(?:{currencies.PATTERN}\s?)?\d(?:[\d.,']*\d)?(?:\s?[kKmM]\b)?"
    rf"(?:\s?{currencies.PATTERN})?(?:\s?(?:/|per )\s?[A-Za-z²³]+)?)(?P<note>.*)$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class MoneyAnswer:
    """An amount, the currency and unit if they were said, and the words around it. `dated` is the day it is of."""

    amount: Decimal
    currency: str | None = None
    unit: str = ""
    note: str = ""
    dated: date | None = None


def read_money(text: str, manners: Manners, example: str) -> MoneyAnswer:
    """`3.95 at 30,000 a year`: the amount first, then a note. Raises Misread, and TwoReadings for `1.200`."""
    found = _LEAD.match(text.strip())
    if found is None:
        raise misread(text, "I need an amount first.", example)
    read = price(found["figure"], manners, what="an amount", example=example)
    return MoneyAnswer(read.value, read.currency, read.unit or "", found["note"].strip(" ,;"))


def read_dated_money(text: str, manners: Manners, today: date, example: str) -> MoneyAnswer:
    """`3.76, resin index, 27 Feb 2026`: an amount, its source, and its day, which may not lie ahead. Raises Misread."""
    found = read_money(re.sub(r"\b([A-Za-z]{3,9}\.? \d{1,2}), (?=\d{4}\b)", r"\1 ", text), manners, example)
    day, note = None, []
    for field in re.split(r"\s+(?=(?:as of|of|from|dated)\s+\d)|,\s+", found.note):
        read = None if day else _day(field, today, manners)
        day = day or read
        if read is None:
            note.append(field)
    if day is None or day > today:
        wrong = "Of which day is that figure?" if day is None else "That day is still to come."
        raise Misread(wrong, understood=f"I read {excerpt(text)}.", example=example)
    return MoneyAnswer(found.amount, found.currency, found.unit, ", ".join(note), day)


def _day(field: str, today: date, manners: Manners) -> date | None:
    """The day a field names. Without a year it is the latest such day: a figure is never of tomorrow."""
    core = re.sub(r"^(?:of|as of|from|dated)\s+", "", field.strip(), flags=re.I)
    try:
        found = read_date(core, today, manners)
    except Misread:
        return None
    named_year = re.search(r"\b\d{4}\b|\d{1,2}[./]\d{1,2}[./]\d{2}\b", core)
    if found > today and not named_year:
        try:
            return found.replace(year=found.year - 1)
        except ValueError:
            return None
    return found
