"""An offer judged: money first, then must-haves, then term by term. Pure, `Decimal` only, nothing is rounded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from handlers.batna.rules import (
    Gap,
    Limit,
    effective_price,
    gap,
    indifference,
    limit,
    payment_terms_value,
)
from handlers.terms.rules import Place, Score, TermSpec, Value, direction, place, score, term_for, value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.batna.rules import Frame
    from handlers.terms.rules import Role

Move = Literal["leave", "refuse", "ask", "push", "take", "unmeasured"]
LeftOut = Literal["uplift", "one-off"]
Ground = Literal[
    "trap",
    "worse than batna",
    "past mandate",
    "past stop",
    "must broken",
    "targets reached",
    "inside limit",
    "no price",
    "no yardstick",
]
ZERO = Decimal(0)
PERCENT = Decimal(100)
YEAR = 12


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """What an offer is held against, all money per piece: the BATNA like-for-like, the mandate that is in force.

    The stop is the price term's own.
    """

    batna_cost: Decimal | None = None
    mandate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MoneyView:
    """The money of an offer.

    `effective` is money per piece over the horizon with the uplift at its cap and one-off cost spread.
    `headline` is the gap to the BATNA on the bare price, `real` the one that counts; `trap`: the first
    looks better than the BATNA and the second is not. `indifferent_at` is the price at which this offer's
    other terms and the BATNA cost the same; `limit` the strictest of mandate, stop and that. `payment` is
    what the payment days are worth a year beside those of our stop; it stays outside the effective price.
    `left_out` says what could not be counted: an uplift that the offer is silent on, a one-off cost without
    a volume to spread it over.
    """

    price: Decimal
    effective: Decimal
    total: Decimal | None
    headline: Gap | None
    real: Gap | None
    trap: bool
    indifferent_at: Decimal | None
    limit: Limit | None
    payment: Decimal | None
    over_mandate: bool
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """Where one value of an offer lies: `v` is 0 at the stop and 1 at the target, not clipped."""

    term: str
    value: Value
    place: Place
    v: Decimal | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The next move and what speaks for it, the weightiest ground first.

    `leave`: the BATNA is better. `refuse`: a must-have or the stop is broken. `ask`: past the mandate but
    inside indifference, so ask whoever gave it. `take`: every target is reached. `push`: inside the limit,
    go on. `unmeasured`: nothing to hold it against.
    """

    move: Move
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """An offer judged. `money` is None where it names no price."""

    money: MoneyView | None
    terms: tuple[TermView, ...]
    score: Score
    verdict: Verdict


def judge(
    terms: Sequence[TermSpec],
    offer: Mapping[str, Value],
    frame: Frame,
    yardsticks: Yardsticks,
    one_off: Decimal = ZERO,
) -> Judgement:
    """Judge an offer (term name -> value) against BATNA, stop, mandate, must-haves and targets.

    `one_off` is money to be paid once if this offer is taken. Pass the side's whole position, not only what
    was said last, so that an offer on one term is judged with the rest as it stands.
    """
    marks = score(terms, offer)
    money = view_money(terms, offer, frame, yardsticks, one_off)
    views = tuple(
        TermView(term.name, offer[term.name], place(term, offer[term.name]), value(term, offer[term.name]))
        for term in terms
        if term.name in offer
    )
    complete = all(term.name in offer for term in terms if term.target is not None)
    return Judgement(money, views, marks, verdict(money, views, marks, complete=complete))


def _number(role: Role, terms: Sequence[TermSpec], offer: Mapping[str, Value]) -> Decimal | None:
    term = term_for(role, terms)
    said = None if term is None else offer.get(term.name)
    return said if isinstance(said, Decimal) else None


def view_money(
    terms: Sequence[TermSpec],
    offer: Mapping[str, Value],
    frame: Frame,
    yardsticks: Yardsticks,
    one_off: Decimal = ZERO,
) -> MoneyView | None:
    """The money of an offer; None where it names no price. Uplift caps in terms are percent (3 is 3 %)."""
    price, cap = _number("price", terms, offer), _number("uplift", terms, offer)
    if price is None:
        return None
    uplift = ZERO if cap is None else cap / PERCENT
    once = one_off / frame.pieces if frame.pieces else ZERO
    effective = effective_price(price, uplift, frame.horizon_months) + once
    batna = yardsticks.batna_cost
    even = None if batna is None else indifference(batna - once, uplift, frame.horizon_months)
    return MoneyView(
        price=price,
        effective=effective,
        total=None if frame.pieces is None else effective * frame.pieces,
        headline=None if batna is None else gap(price, batna, frame),
        real=None if batna is None else gap(effective, batna, frame),
        trap=batna is not None and price < batna < effective,
        indifferent_at=even,
        limit=_price_limit(term_for("price", terms), yardsticks.mandate, even),
        payment=_payment(terms, offer, frame, price),
        over_mandate=yardsticks.mandate is not None and price > yardsticks.mandate,
        left_out=_left_out(cap, one_off, frame),
    )


def _left_out(cap: Decimal | None, one_off: Decimal, frame: Frame) -> tuple[LeftOut, ...]:
    found: list[LeftOut] = []
    if cap is None and frame.horizon_months > YEAR:
        found.append("uplift")
    if one_off and not frame.pieces:
        found.append("one-off")
    return tuple(found)


def _price_limit(price: TermSpec | None, mandate: Decimal | None, even: Decimal | None) -> Limit | None:
    stop = price.stop if price is not None and isinstance(price.stop, Decimal) else None
    way = None if price is None else direction(price)
    return limit(stop, mandate, even, way or "lower")


def _payment(
    terms: Sequence[TermSpec], offer: Mapping[str, Value], frame: Frame, price: Decimal
) -> Decimal | None:
    term, days = term_for("payment", terms), _number("payment", terms, offer)
    if term is None or days is None or not isinstance(term.stop, Decimal):
        return None
    if frame.volume is None or frame.cost_of_capital is None:
        return None
    return payment_terms_value(frame.volume * price, frame.cost_of_capital, days - term.stop)


def verdict(
    money: MoneyView | None, views: Sequence[TermView], marks: Score, *, complete: bool = True
) -> Verdict:
    """The next move: the money decides first, then must-haves and stops, then the targets.

    `complete`: the offer says something on every term that has a target; only then can all be reached.
    """
    grounds = [*_money_grounds(money), *_term_grounds(views, marks, complete=complete)]
    if money is None:
        grounds.append("no price")
    elif money.limit is None:
        grounds.append("no yardstick")
    elif not grounds:
        grounds.append("inside limit")
    return Verdict(_move(grounds), tuple(grounds))


def _money_grounds(money: MoneyView | None) -> list[Ground]:
    if money is None:
        return []
    found: list[Ground] = []
    if money.real is not None and money.real.per_piece < 0:
        found.append("trap" if money.trap else "worse than batna")
    if money.over_mandate:
        found.append("past mandate")
    return found


def _term_grounds(views: Sequence[TermView], marks: Score, *, complete: bool) -> list[Ground]:
    found: list[Ground] = []
    if marks.broken:
        found.append("must broken")
    if any(view.place == "past stop" and view.term not in marks.broken for view in views):
        found.append("past stop")
    if views and complete and not marks.unmet and all(view.place == "target reached" for view in views):
        found.append("targets reached")
    return found


def _move(grounds: Sequence[Ground]) -> Move:
    order: tuple[tuple[Ground, Move], ...] = (
        ("trap", "leave"),
        ("worse than batna", "leave"),
        ("must broken", "refuse"),
        ("past mandate", "ask"),
        ("past stop", "refuse"),
        ("targets reached", "take"),
        ("inside limit", "push"),
    )
    return next((move for ground, move in order if ground in grounds), "unmeasured")


def reduction(last_paid: Decimal, agreed: Decimal, volume: Decimal) -> Decimal:
    """Saved a year against the last price paid, money; negative where the price went up."""
    return (last_paid - agreed) * volume


def avoidance(asked: Decimal, last_paid: Decimal, agreed: Decimal, volume: Decimal) -> Decimal:
    """The part of an asked increase that was refused, money a year: never below 0, never what was reduced."""
    return max((asked - max(last_paid, agreed)) * volume, ZERO)
