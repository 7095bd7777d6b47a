"""How the figures of one plan are shown to one member, and how lines are kept to the width of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from handlers.reading.plain import shortened
from handlers.terms.rules import role_of
from handlers.writing import day, money, number, percent, plural, unit_price, weekday_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from handlers.manners import Manners
    from handlers.terms.rules import TermSpec, Value
    from storage.tables import Plan

WIDTH = 64
WHOLE_FROM = 1000  # sums of money from here on are shown without cents
FINE = Decimal("0.1")  # prices below this are shown with a fourth place
PERCENT = 100
_WIDE = Context(prec=60)  # products of long figures are shown, not refused


@dataclass(frozen=True, slots=True)
class Figures:
    """Writes figures in one plan's money and unit, by one member's manners. `today` decides where a year is needed.

    `one_off`: all is bought once, so what others pay a year is what it comes to in all.
    """

    manners: Manners
    today: date
    currency: str
    unit: str
    one_off: bool = False

    @classmethod
    def of(cls, plan: Plan, manners: Manners, today: date) -> Figures:
        """For a plan and a reader."""
        return cls(manners, today, plan.currency, plan.unit, plan.one_off)

    def price(self, amount: Decimal) -> str:
        """`4.18`, `4.118`: what one piece costs. A thousandth is enough, except in prices below a tenth."""
        return unit_price(_rounded(amount, 3) if abs(amount) >= FINE else amount, self.manners)

    def each(self) -> str:
        """`EUR/pc`."""
        return f"{self.currency}/{self.unit}"

    def sum(self, amount: Decimal) -> str:
        """`125,400 EUR`; cents only where they matter."""
        return money(
            _rounded(amount, 0) if abs(amount) >= WHOLE_FROM else amount, self.currency, self.manners
        )

    def yearly(self, amount: Decimal) -> str:
        """`125,400 EUR/yr`, of a one-off purchase `125,400 EUR in all`."""
        return f"{self.sum(amount)} in all" if self.one_off else f"{self.sum(amount)}/yr"

    def span(self, months: int) -> str:
        """`over 24 months`, of a one-off purchase `in all`."""
        return "in all" if self.one_off else f"over {plural(months, 'month', manners=self.manners)}"

    def number(self, amount: Decimal | int) -> str:
        """`24,000`, `80`."""
        return number(amount, self.manners)

    def share(self, fraction: Decimal, places: int = 0) -> str:
        """`56 %` for 0.561."""
        return percent(_rounded(fraction * PERCENT, places), self.manners)

    def points(self, percent_points: Decimal) -> str:
        """`3 %` for 3."""
        return percent(percent_points, self.manners)

    def day(self, when: date) -> str:
        """`29 May`, with the year where it is not this one."""
        return day(when, self.today, self.manners)

    def weekday(self, when: date) -> str:
        """`Wed 29 Mar`."""
        return weekday_day(when, self.manners, year=when.year != self.today.year)

    def value(self, term: TermSpec | None, value: Value | None) -> str:
        """A value of a term, without its unit: `3.80`, `45`, the name of a level, `-` for none."""
        if value is None:
            return "-"
        if isinstance(value, str):
            return value
        if term is not None and role_of(term.name) == "price":
            return unit_price(value, self.manners)
        return number(value, self.manners)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def short(term: str) -> str:
    """What a term is called where there is little room: `uplift cap` is `cap`."""
    return "cap" if role_of(term) == "uplift" and "cap" in term.casefold().split() else term


def cut(text: str, width: int = WIDTH) -> str:
    """The text on one line, shortened where it is too long."""
    line = " ".join(text.split())
    short = shortened(line, width)
    return short if short == line else short[:-1].rstrip() + "…"


def flow(
    pieces: Iterable[str], joint: str = " · ", indent: str = "  ", width: int = WIDTH
) -> tuple[str, ...]:
    """Pieces side by side, on as many lines as they need; lines after the first are indented."""
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1] + joint + piece) <= width:
            lines[-1] += joint + piece
        else:
            lines.append((indent if lines else "") + cut(piece, width - len(indent)))
    return tuple(lines)


def aligned(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> tuple[str, ...]:
    """Rows of cells as lines whose columns stand under each other."""
    figures = set(right)
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return tuple(
        "  ".join(
            cell.rjust(width) if place in figures else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
