"""Alternatives costed like-for-like, one after the other, and the best of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from handlers.batna.rules.money import effective_price, months_by_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.batna.rules.kinds import AlternativeSpec, CostItem, Frame, ItemKind

ZERO = Decimal(0)
ONE = Decimal(1)

Mismatch = Literal["currency", "unit", "volume", "horizon"]
Part = tuple[str, Decimal]


@dataclass(frozen=True, slots=True)
class Costing:
    """An alternative per piece: `unit_cost` is the sum of `parts` (name, money per piece), the price first.

    `total` is money over the whole horizon, None where the volume is not known.
    """

    unit_cost: Decimal
    parts: tuple[Part, ...]
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a sequence of tries costs on average, and between what it may end: the lowest is the best."""

    mean: Decimal
    lowest: Decimal
    highest: Decimal


def mismatches(alt: AlternativeSpec, frame: Frame) -> tuple[Mismatch, ...]:
    """In what an alternative's figures were made for something else than the plan."""
    pairs: tuple[tuple[Mismatch, object, object], ...] = (
        ("currency", alt.currency, frame.currency),
        ("unit", alt.unit, frame.unit),
        ("volume", alt.volume, frame.volume),
        ("horizon", alt.horizon_months, frame.horizon_months),
    )
    return tuple(name for name, theirs, ours in pairs if theirs is not None and theirs != ours)


def like_for_like(alt: AlternativeSpec, frame: Frame) -> Costing | None:
    """Money per piece over the plan's horizon: price with uplift, costs per piece, the rest spread.

    One-off cost is spread over every piece of the horizon, never charged to year one alone. None where it
    cannot be said: neither price nor cost per piece, another currency or unit, or something to spread and
    no volume.
    """
    if {"currency", "unit"} & set(mismatches(alt, frame)):
        return None
    parts = _price_part(alt, frame)
    for item in alt.items:
        share = _per_piece(item, frame)
        if share is None:
            return None
        parts.append((item.name, share))
    if alt.unit_price is None and not any(item.kind == "unit" for item in alt.items):
        return None
    unit_cost = sum((money for _, money in parts), ZERO)
    return Costing(unit_cost, tuple(parts), None if frame.pieces is None else unit_cost * frame.pieces)


def _price_part(alt: AlternativeSpec, frame: Frame) -> list[Part]:
    if alt.unit_price is None:
        return []
    return [("price", effective_price(alt.unit_price, alt.uplift, frame.horizon_months))]


def _per_piece(item: CostItem, frame: Frame) -> Decimal | None:
    if item.kind == "unit":
        return item.amount
    spread_over = frame.volume if item.kind == "year" else frame.pieces
    return item.amount / spread_over if spread_over else None


def flows(alt: AlternativeSpec, frame: Frame) -> tuple[Decimal, ...] | None:
    """What is paid at once, then at the end of each year of the horizon, money; for `npv`. A part year pays its part.

    A deal is costed the same way: as an alternative with its price and uplift. None where `like_for_like`
    or the volume is.
    """
    if frame.volume is None or like_for_like(alt, frame) is None:
        return None
    fixed = _sum(alt, "unit") * frame.volume + _sum(alt, "year")
    start = ZERO if alt.unit_price is None else alt.unit_price * frame.volume
    yearly = (
        (start * (ONE + alt.uplift) ** year + fixed) * months / 12
        for year, months in enumerate(months_by_year(frame.horizon_months))
    )
    return (_sum(alt, "once"), *yearly)


def _sum(alt: AlternativeSpec, kind: ItemKind) -> Decimal:
    return sum((item.amount for item in alt.items if item.kind == kind), ZERO)


def expected_cost(tries: Sequence[tuple[Decimal, Decimal]]) -> Outlook | None:
    """The mean of a sequence of (cost, chance) tries: p1 c1 + (1 - p1)(p2 c2 + ...).

    If one fails the next is tried; what stands behind a certain one is never reached. None where no try is
    certain: then there is no mean. Raises ValueError for a chance outside 0..1.
    """
    mean, left, reached = ZERO, ONE, []
    for cost, chance in tries:
        if not ZERO <= chance <= ONE:
            raise ValueError("a chance lies between 0 and 1")
        if chance > 0:
            reached.append(cost)
            mean += left * chance * cost
            left *= ONE - chance
        if chance == ONE:
            return Outlook(mean, min(reached), max(reached))
    return None


def ranked(alts: Iterable[AlternativeSpec], frame: Frame) -> list[tuple[AlternativeSpec, Costing]]:
    """The alternatives that can be costed and may work out, cheapest like-for-like first."""
    costed = [(alt, costing) for alt in alts if alt.chance != 0 and (costing := like_for_like(alt, frame))]
    return sorted(costed, key=lambda pair: pair[1].unit_cost)


def outlook(alts: Iterable[AlternativeSpec], frame: Frame) -> Outlook | None:
    """Expected like-for-like cost of trying the alternatives, best first; an unsaid chance counts as certain.

    None where nothing is costed or nothing certain stands at the end.
    """
    return expected_cost(
        [
            (costing.unit_cost, ONE if alt.chance is None else alt.chance)
            for alt, costing in ranked(alts, frame)
        ]
    )
