"""The first question of the quick script: `Acme, housings, 30k a year, 3.95`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.prep.answers.figures import price
from handlers.prep.answers.quantities import is_once, noun, read_bare_volume, read_horizon, read_volume
from handlers.prep.answers.rows import fields_of
from handlers.reading.choices import is_dont_know
from handlers.reading.names import match, normal
from handlers.reading.pairs import unquoted
from handlers.reading.plain import excerpt, misread

if TYPE_CHECKING:
    from decimal import Decimal

    from handlers.errors import Misread
    from handlers.manners import Manners
    from handlers.prep.answers.quantities import Quantity
    from handlers.reading.numbers import Number

EXAMPLE = "Acme, housings, 30k a year, 3.95"
_SPELT = re.compile(
    r"^(?:\D+\s(?:(?:a|per|each|every) (?:year|month|quarter|week)|yearly|monthly)|\D*\b(?:hundred|thousand|million)\b\D*)$",
    re.I,
)  # thirty thousand a year


@dataclass(frozen=True, slots=True)
class DealAnswer:
    """Supplier, what is bought, units a year (or all, where it is `one_off`), last price paid; None and empty where
    nothing was said."""

    supplier: str = ""
    what: str = ""
    volume: Decimal | None = None
    unit: str = ""
    baseline: Decimal | None = None
    currency: str | None = None
    horizon_months: int | None = None
    one_off: bool | None = None


def read_deal(text: str, manners: Manners, *, supplier: str = "") -> DealAnswer:
    """The deal in one line. `supplier` is what is known already, so it may be left out.

    Raises Misread, and TwoReadings for a price of `1.200`.
    """
    if ":" in text and not supplier:
        text = text.replace(":", ",", 1)
    said = [field for field in fields_of(text) if not is_dont_know(field)]
    fields = [field for field in said if not is_once(field)]
    name = fields[:1] if not supplier and fields and _may_be_name(fields[0]) else []
    rest = fields[len(name) :]
    words = [unquoted(field) for field in [*name, *(field for field in rest if not _has_figure(field))]]
    figures = [field for field in rest if _has_figure(field)]
    if spelt := next((word for word in words if _SPELT.match(word)), None):
        raise _misread(spelt, "I need the quantity in figures.")
    named, what = _named(words, supplier)
    if not (named or supplier):
        raise _misread(text, "Who is the supplier?")
    volume, paid, horizon = _figures(figures, text, manners)
    units, unit, one_off = volume or (None, "", None)
    return DealAnswer(
        named,
        what or ("" if volume is None else _bought(figures)),
        units,
        unit,
        paid.value if paid else None,
        paid.currency if paid else None,
        horizon,
        one_off=None if volume is None else bool(one_off) or len(fields) < len(said),
    )


def _bought(figures: list[str]) -> str:
    """What stands beside the quantity where it stands nowhere else: `500 pumps once`."""
    return next(filter(None, map(noun, figures)), "")


def _may_be_name(field: str) -> bool:
    """Whether the first field can be a supplier although a digit stands in front, as in 3M."""
    return bool(re.search(r"[^\W\d]", field)) and not re.match(
        r"^[\d.,]+\s?(?:k|m|%|€|EUR|pcs?)?\b(?:\s.*)?$", field
    )


def _has_figure(field: str) -> bool:
    """Whether a field is a figure rather than a name: it begins with one, or says how many a year."""
    return bool(
        re.match(r"^(?:about |ca\.? |~|last |paid |at |price |once |one-off |[€$£]\s?|[A-Z]{3}\s)*\d", field)
    ) and not re.match(r"^\d+[A-Za-z]{2,}\b", field)


def _named(words: list[str], supplier: str) -> tuple[str, str]:
    """The supplier named (empty if it is the one that is known) and what is bought."""
    if not words:
        return "", ""
    if not supplier:
        return words[0], ", ".join(words[1:])
    known = match(words[0], {0: [supplier]}).one is not None or normal(supplier).startswith(normal(words[0]))
    if known:
        return "", ", ".join(words[1:])
    if len(words) > 1 and not words[0][:1].islower():  # a name; `housings, black` is what is bought
        return words[0], ", ".join(words[1:])
    return "", ", ".join(words)


def _figures(
    fields: list[str], text: str, manners: Manners
) -> tuple[Quantity | None, Number | None, int | None]:
    """Volume, price, horizon from the fields with figures, in whatever order they come."""
    volume: Quantity | None = None
    paid: Number | None = None
    horizon: int | None = None
    for at, field in enumerate(fields):
        found = read_volume(field, manners, horizon_months=read_horizon(text))
        if found is None and volume is None and at + 1 < len(fields):
            found = read_bare_volume(field, manners)
        if found is not None:
            volume = found
        elif read_horizon(field) is not None:
            horizon = read_horizon(field)
        elif paid is None:
            paid = price(_bare(field), manners, what="the last price", example=EXAMPLE)
        else:
            raise _misread(text, f"I do not know what {excerpt(field)} is.")
    return volume, paid, horizon


def _bare(field: str) -> str:
    return re.sub(r"^(?:last |paid |at |price |we )+", "", field)


def _misread(text: str, wrong: str) -> Misread:
    return misread(text, wrong, EXAMPLE)
