"""The values that the arithmetic of alternatives works on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

ItemKind = Literal["unit", "year", "once"]
Status = Literal["quoted", "unquoted", "own"]


@dataclass(frozen=True, slots=True)
class CostItem:
    """One cost beside the price: `amount` money per piece (`unit`), per year (`year`) or one-off (`once`).

    `note` is where the figure comes from ("estimate, Feb"); `estimate` marks one that nobody has confirmed.
    """

    name: str
    amount: Decimal
    kind: ItemKind = "unit"
    note: str | None = None
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class AlternativeSpec:
    """One way to do without this deal.

    `unit_price` is money per piece, None where the items say it all (or nothing is known). `chance` is 0..1
    that it works out; None: nobody has said. `status`: `quoted` by a supplier, `unquoted`, or `own` (making
    it ourselves, or the contract rolling on: there is nobody to quote). `valid_until` is the last day on
    which the quote stands; `latest_start` the last day to begin, else it follows from `lead_weeks`.
    `uplift` is the yearly increase of the unit price as a fraction (0.03). `horizon_months`, `volume` (a
    year), `currency` and `unit` are those that its figures were made for; None: the plan's.
    """

    name: str
    unit_price: Decimal | None = None
    items: tuple[CostItem, ...] = ()
    chance: Decimal | None = None
    status: Status = "unquoted"
    valid_until: date | None = None
    latest_start: date | None = None
    lead_weeks: int | None = None
    horizon_months: int | None = None
    uplift: Decimal = Decimal(0)
    volume: Decimal | None = None
    currency: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What every alternative and every offer is costed over.

    `volume` is pieces a year, `baseline` and `budget` money per piece, `cost_of_capital` a yearly fraction
    (0.08), `need_by` the day on which the goods must be there.
    """

    volume: Decimal | None = None
    horizon_months: int = 12
    unit: str = "pc"
    currency: str = "EUR"
    baseline: Decimal | None = None
    budget: Decimal | None = None
    need_by: date | None = None
    cost_of_capital: Decimal | None = None

    @property
    def pieces(self) -> Decimal | None:
        """Pieces over the whole horizon."""
        return None if self.volume is None else self.volume * self.horizon_months / 12
