"""What one step of a term is worth in money."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.prep.answers.figures import amount
from handlers.prep.answers.known_terms import name_and_unit
from handlers.prep.answers.rows import rows_of
from handlers.reading.numbers import read_number
from handlers.reading.plain import misread

if TYPE_CHECKING:
    from handlers.errors import Misread
    from handlers.manners import Manners

EXAMPLE = "net 1 day = 24.33 a year"


def read_worth(text: str, manners: Manners) -> tuple[str, Decimal]:
    """`net 1 day = 24.33 a year` as (`net`, 24.33): money for one unit of the term. Raises Misread."""
    left, mark, right = " ".join(text.split()).partition("=")
    found = re.match(r"^(?P<name>.*?[^\s\d])(?:\s+(?P<step>[\d.,]+)\s*(?P<unit>\S.*)?)?$", left.strip())
    if not mark or found is None:
        raise _misread(text, "I need a step of a term and what it is worth.")
    step = read_number(found["step"], manners).value if found["step"] else Decimal(1)
    worth = re.sub(r"\s+(?:in|per|a|an|each|every)\s+[^,=]*$", "", right.strip())
    if step <= 0:
        raise _misread(text, "A step is above zero.")
    each = amount(worth, manners, example="24.33").value / step
    return name_and_unit(found["name"])[0], Decimal(format(each, "f"))


def read_worths(text: str, manners: Manners) -> list[tuple[str, Decimal]]:
    """Steps and their worth, parted by lines, semicolons, or a comma before the next `name = figure`. Raises Misread."""
    rows = [piece for row in rows_of(text) for piece in re.split(r",\s+(?=[^,=]*=)", row)]
    return [read_worth(row, manners) for row in rows]


def _misread(typed: str, wrong: str) -> Misread:
    return misread(typed, wrong, EXAMPLE)
