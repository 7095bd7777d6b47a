"""Money over time. Rates, uplifts and margins are fractions (3 % is 0.03); nothing is rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ONE = Decimal(1)
DAYS_A_YEAR = 365


def price_factor(uplift: Decimal, horizon_months: int) -> Decimal:
    """What an uplift does to the mean price: the mean of (1 + uplift)^k over the years k = 0, 1, ...

    Volume is even, so a year weighs as many months as it has inside the horizon. Raises ValueError for a
    horizon without a month.
    """
    grown = sum(
        ((ONE + uplift) ** year * months for year, months in enumerate(months_by_year(horizon_months))),
        Decimal(0),
    )
    return grown / horizon_months


def months_by_year(horizon_months: int) -> list[int]:
    """How many months of each year lie inside the horizon: 30 is 12, 12, 6. ValueError for less than one."""
    if horizon_months < 1:
        raise ValueError("a horizon has at least one month")
    whole, rest = divmod(horizon_months, 12)
    return [12] * whole + ([rest] if rest else [])


def effective_price(price: Decimal, uplift_cap: Decimal, horizon_months: int) -> Decimal:
    """Volume-weighted mean of the yearly prices with the uplift at its cap, money per piece."""
    return price * price_factor(uplift_cap, horizon_months)


def indifference(batna_cost: Decimal, uplift_cap: Decimal, horizon_months: int) -> Decimal:
    """The price today at which a deal with this uplift cap costs as much as the BATNA, money per piece."""
    return batna_cost / price_factor(uplift_cap, horizon_months)


def npv(flows: Iterable[Decimal], rate: Decimal) -> Decimal:
    """Net present value: sum of CF_t / (1 + r)^t, t counted in years, the first flow being at once."""
    return sum((flow / (ONE + rate) ** year for year, flow in enumerate(flows)), Decimal(0))


def early_payment_rate(discount: Decimal, within_days: int, net_days: int) -> Decimal:
    """Yearly return of paying early: d/(1 - d) x 365/(N - D), a fraction; 2/10 net 30 is 0.372.

    Raises ValueError where paying within the discount period is not earlier.
    """
    if within_days >= net_days:
        raise ValueError("the discount period must end before payment is due")
    return discount / (ONE - discount) * DAYS_A_YEAR / (net_days - within_days)


def payment_terms_value(spend: Decimal, rate: Decimal, days: Decimal | int) -> Decimal:
    """What extra days to pay are worth a year: spend x cost of capital x days / 365."""
    return spend * rate * days / DAYS_A_YEAR


def should_cost(materials: Decimal, labour: Decimal, overhead: Decimal, margin: Decimal) -> Decimal:
    """What a thing should cost: (materials + labour + overhead) x (1 + margin)."""
    return (materials + labour + overhead) * (ONE + margin)
