"""Limits, gaps and the zone of agreement. Pure, `Decimal` only, nothing is rounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

    from handlers.batna.rules.kinds import Frame
    from handlers.terms.rules import Direction

LimitName = Literal["mandate", "stop", "indifference"]


@dataclass(frozen=True, slots=True)
class Limit:
    """The value past which we do not go; `by` has all of the three that are this strict."""

    value: Decimal
    by: tuple[LimitName, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """How much cheaper the deal is than the BATNA: per piece, and over the horizon where the volume is known.

    Negative: the BATNA is better.
    """

    per_piece: Decimal
    over_horizon: Decimal | None


@dataclass(frozen=True, slots=True)
class Zone:
    """The prices that could suit both, from the seller's end to the buyer's; negative width: no deal.

    The supplier's end is a guess and is to be shown as one.
    """

    seller_end: Decimal
    buyer_end: Decimal

    @property
    def width(self) -> Decimal:
        """Money per piece between the ends."""
        return self.buyer_end - self.seller_end

    @property
    def possible(self) -> bool:
        """Whether any price suits both."""
        return self.width >= 0

    def captured(self, price: Decimal) -> Decimal | None:
        """The buyer's share of the zone at a price, a fraction; None where there is no zone to share."""
        return (self.buyer_end - price) / self.width if self.width > 0 else None


def limit(
    stop: Decimal | None,
    mandate: Decimal | None,
    indifference: Decimal | None,
    direction: Direction = "lower",
) -> Limit | None:
    """The strictest of typed stop, mandate and indifference; None where none is known.

    `direction` is the term's: where lower is better for us the lowest is the strictest.
    """
    known: list[tuple[LimitName, Decimal]] = [
        (name, line) for name, line in _named(stop, mandate, indifference) if line is not None
    ]
    if not known:
        return None
    lines = [line for _, line in known]
    strictest = min(lines) if direction == "lower" else max(lines)
    return Limit(strictest, tuple(name for name, line in known if line == strictest))


def _named(
    stop: Decimal | None, mandate: Decimal | None, indifference: Decimal | None
) -> tuple[tuple[LimitName, Decimal | None], ...]:
    return ("mandate", mandate), ("stop", stop), ("indifference", indifference)


def gap(deal_cost: Decimal, batna_cost: Decimal, frame: Frame) -> Gap:
    """BATNA less deal, both in effective money per piece."""
    each = batna_cost - deal_cost
    return Gap(each, None if frame.pieces is None else each * frame.pieces)


def zone(seller_end: Decimal, buyer_end: Decimal) -> Zone:
    """The zone of possible agreement, [seller's reservation, buyer's reservation]."""
    return Zone(seller_end, buyer_end)
