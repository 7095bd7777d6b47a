"""Costs beside the price of an alternative, as they are typed: for a piece, once, or a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.answers.figures import amount, price
from handlers.reading import currencies
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from decimal import Decimal

    from handlers.manners import Manners

_MONEY = f"(?-i:{currencies.PATTERN})"
_PER = r"(?:\s?(?:/|\bper\b|\ba\b)\s?\w+)"
FIGURE = rf"(?:{_MONEY}\s?)?[\d.,]*\d(?:[\d.,' ]*\d)?(?:\s?[kKmM]\b)?(?:\s?{_MONEY})?{_PER}?"
_COST = re.compile(rf"^(?P<before>[^\d]*?)\s*(?P<v>{FIGURE})\s*(?P<after>[^\d]*)$", re.I)
_ONCE = re.compile(r"\b(?:one[- ]?off|one[- ]?time|once|set-?up|up-?front|in all)\b(?:\s+for\b)?", re.I)
_YEAR = re.compile(
    r"\b(?:yearly|annual(?:ly)?|(?:per|a|each|every) year|p\.\s?a\.)(?!\w)|/\s?(?:yr?|year)\b", re.I
)
_ESTIMATE = re.compile(r"\b(?:estimate[d]?|guess|about|rough)\b|~", re.I)
_FAR_ABOVE = 10


@dataclass(frozen=True, slots=True)
class CostAnswer:
    """A cost beside the price. `kind` is `unit`, `once` or `year`."""

    name: str
    amount: Decimal
    kind: str = "unit"
    estimate: bool = False
    note: str = ""


def read_cost(core: str, note: str, manners: Manners, beside: Decimal | None = None) -> CostAnswer | None:
    """`freight 0.14`, `24000 tooling once`, `support 1200 a year`; None where it is none. `beside` is the price.

    Raises Misread, also for a sum far above the price that does not say whether it is paid for each piece.
    """
    kind = "once" if _ONCE.search(f"{core} {note}") else "year" if _YEAR.search(core) else "unit"
    found = _COST.match(" ".join(_YEAR.sub(" ", _ONCE.sub(" ", core)).split()))
    if found is None:
        return None
    name = " ".join(part for part in (found["before"], found["after"]) if part).strip(" +:=-")
    estimate = bool(_ESTIMATE.search(f"{name} {note}"))
    name = re.sub(r"^(?:estimated|estimate|about|~)\s*", "", name, flags=re.I).strip()
    if not any(map(str.isalnum, name)) and kind == "unit":
        return None
    figure = (price if kind == "unit" else amount)(found["v"], manners, example="freight 0.14")
    if kind == "unit" and not figure.unit and beside is not None and figure.value > beside * _FAR_ABOVE:
        raise _misread(core, "Is that for each piece, once, or a year?", _as_once(figure.value, name))
    return CostAnswer(name or _named(core), figure.value, kind, estimate, note)


def _named(core: str) -> str:
    """`one-off 24000` has no other name."""
    found = _ONCE.search(core) or _YEAR.search(core)
    return found[0] if found else ""


def _as_once(value: Decimal, name: str) -> str:
    return f"one-off {value.normalize():f} {name}, or {value.normalize():f}/pc {name}"


def _misread(typed: str, wrong: str, example: str) -> Misread:
    return Misread(wrong, understood=f"I read {excerpt(typed)}.", example=example)
