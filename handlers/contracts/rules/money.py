"""What a contract costs when it rolls on: uplift and exposure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from handlers.errors import Misread

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Uplift:
    """How the price may rise from one year to the next; rates are shares, 0.03 is 3 %.

    With `greater_of` the clause takes the greater of the index change and that rate, which puts a floor
    under the rise: such clauses are flagged. Raises Misread for rates outside -1 to 10.
    """

    cap: Decimal | None = None
    greater_of: Decimal | None = None

    def __post_init__(self) -> None:
        for rate in (self.cap, self.greater_of):
            if rate is not None and not -1 <= rate <= 10:
                raise Misread("An uplift rate lies between -100 % and 1000 %.", example="uplift cap 3 %")

    @property
    def flagged(self) -> bool:
        """Whether it is a "greater of" clause, which rises even when the index falls."""
        return self.greater_of is not None

    @property
    def unlimited(self) -> bool:
        """Whether nothing stops the rise."""
        return self.cap is None

    def rate(self, index_change: Decimal) -> Decimal:
        """The rise that the clause gives for a change of the index, both as shares."""
        change = index_change if self.greater_of is None else max(index_change, self.greater_of)
        return change if self.cap is None else min(change, self.cap)


def next_price(price: Decimal, index_change: Decimal, uplift: Uplift) -> Decimal:
    """P x (1 + min(index change, cap)), not rounded, in the unit of `price`. Source: formulas, "Money"."""
    return price * (1 + uplift.rate(index_change))


def price_at_cap(price: Decimal, cap: Decimal, years: int) -> Decimal:
    """The price after `years` uplifts at the cap (a share): P x (1 + cap)^years, not rounded."""
    return price * (1 + cap) ** years


def exposure(quantity: Decimal, price: Decimal) -> Decimal:
    """What a further term commits us to: minimum quantity x unit price, both invoiced to the cent."""
    return (quantity * to_cents(price)).quantize(CENT, ROUND_HALF_UP)


def to_cents(amount: Decimal) -> Decimal:
    """`amount` to two places, halves up."""
    return amount.quantize(CENT, ROUND_HALF_UP)
