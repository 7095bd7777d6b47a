"""What a value of a term is worth to us: order, direction, score. Pure, `Decimal` only, nothing is rounded.

Source of the scores: Raiffa, *The Art and Science of Negotiation*, ch. 11 (additive multi-attribute value).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Value: TypeAlias = Decimal | str
"""A number in the term's unit, or the name of one of its levels."""

Direction = Literal["lower", "higher"]
Kind = Literal["must", "flexible", "nice"]
Role = Literal["price", "uplift", "payment"]
Place = Literal["past stop", "between", "target reached", "unknown"]

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class TermSpec:
    """One thing being negotiated.

    `opening`, `target` and `stop` are numbers in `unit`, or level names where `levels` (name -> score) is
    given. `direction` says which way is better for us; None means: as the three values say (`direction_of`).
    `unit_worth` is money a year for one unit (for a unit price: the yearly volume). The `their_...` fields
    are guesses about the supplier and are to be shown as guesses.
    """

    name: str
    unit: str = ""
    direction: Direction | None = None
    opening: Value | None = None
    target: Value | None = None
    stop: Value | None = None
    weight: Decimal = ZERO
    unit_worth: Decimal | None = None
    kind: Kind = "flexible"
    levels: Mapping[str, Decimal] | None = None
    their_weight: Decimal | None = None
    their_stop: Value | None = None
    their_levels: Mapping[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Disorder:
    """Two values of a term that stand the wrong way round: the one named `worse` suits us better."""

    term: str
    better: Literal["opening", "target"]
    worse: Literal["target", "stop"]


@dataclass(frozen=True, slots=True)
class Score:
    """What an offer is worth to us: 0 at the stops, 1 at the targets, below 0 where a stop is broken.

    `total` is None where nothing could be weighed. `parts` is term name -> v. `broken` names the must-haves
    that the offer breaks; `unmet` the weighted terms and must-haves that it leaves out or that have no place.
    """

    total: Decimal | None
    parts: Mapping[str, Decimal] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


UPLIFT_WORDS = frozenset({"uplift", "indexation", "escalator", "escalation", "increase", "increases"})
CAP_WORDS = frozenset({"cap", "price", "yearly", "annual", "rise"})
PAYMENT_WORDS = frozenset({"net", "payment"})
PRICE_WORDS = frozenset({"price", "fee", "tariff"})
RATES = (frozenset({"day", "rate"}), frozenset({"daily", "rate"}), frozenset({"hourly", "rate"}))


@lru_cache(maxsize=4096)  # asked many times an answer, of the same few names
def role_of(name: str) -> Role | None:
    """Which part of the money a term's name speaks of, as far as its words say.

    "Price cap" is an uplift, "liability cap" and "early payment discount" are neither uplift nor payment days.
    """
    words = frozenset(name.casefold().replace("-", " ").split())
    if words & UPLIFT_WORDS or ("cap" in words and words <= CAP_WORDS):
        return "uplift"
    if words & PAYMENT_WORDS and "discount" not in words:
        return "payment"
    if words & PRICE_WORDS or any(rate <= words for rate in RATES):
        return "price"
    return None


def term_for(role: Role, terms: Iterable[TermSpec]) -> TermSpec | None:
    """The first term whose name says that it plays this part in the money."""
    return next((term for term in terms if role_of(term.name) == role), None)


def main_term(terms: Sequence[TermSpec]) -> TermSpec | None:
    """The term that carries the deal: the price, else the one with most weight, else the first."""
    return term_for("price", terms) or max(terms, key=lambda term: term.weight, default=None)


def level_score(levels: Mapping[str, Decimal], name: str) -> Decimal | None:
    """The score of a level, found whatever the case of its name."""
    wanted = name.strip().casefold()
    return next((score for level, score in levels.items() if level.strip().casefold() == wanted), None)


def amount(term: TermSpec, x: Value | None) -> Decimal | None:
    """`x` as a number that can be compared: itself, or the score of its level. None where it has no place."""
    if x is None:
        return None
    if term.levels:
        return level_score(term.levels, x) if isinstance(x, str) else None
    return x if isinstance(x, Decimal) else None


def direction_of(opening: Value | None, target: Value | None, stop: Value | None) -> Direction | None:
    """Which way is better for us, from the order in which the values were typed: best first, stop last.

    The ends decide; None where fewer than two numbers differ.
    """
    for better, worse in ((opening, stop), (target, stop), (opening, target)):
        if isinstance(better, Decimal) and isinstance(worse, Decimal) and better != worse:
            return "lower" if better < worse else "higher"
    return None


def direction(term: TermSpec) -> Direction | None:
    """The term's direction: as set, else as its values say. Of levels the higher score is better."""
    if term.levels:
        return "higher"
    return term.direction or direction_of(term.opening, term.target, term.stop)


def better_by(term: TermSpec, x: Value | None, y: Value | None) -> Decimal | None:
    """By how much `x` is better for us than `y`, in units (or level scores); negative means worse."""
    way, left, right = direction(term), amount(term, x), amount(term, y)
    if left is None or right is None:
        return None
    if left == right:
        return ZERO
    if way is None:
        return None
    return right - left if way == "lower" else left - right


def disorders(term: TermSpec) -> tuple[Disorder, ...]:
    """Where opening, target and stop are out of order; empty for a term that is in order or incomplete."""
    pairs: tuple[tuple[Literal["opening", "target"], Literal["target", "stop"]], ...] = (
        ("opening", "target"),
        ("target", "stop"),
        ("opening", "stop"),
    )
    found = []
    for better, worse in pairs:
        lead = better_by(term, getattr(term, better), getattr(term, worse))
        if lead is not None and lead < 0:
            found.append(Disorder(term.name, better, worse))
    return tuple(found)


def value(term: TermSpec, x: Value | None) -> Decimal | None:
    """v of one value of a term: linear from the stop (0) to the target (1), not clipped.

    With levels: (score - stop's score) / (best score - stop's score), without a stop score / best score.
    Where target and stop are the same, v is 1 if it is met and -1 if not. None where stop, target or the
    value itself is missing or has no place. Source: additive multi-attribute value, Raiffa, ch. 11.
    """
    if term.levels:
        return _level_value(term, term.levels, x)
    lead, span = better_by(term, x, term.stop), better_by(term, term.target, term.stop)
    return None if lead is None or span is None else _share(lead, span)


def _level_value(term: TermSpec, levels: Mapping[str, Decimal], x: Value | None) -> Decimal | None:
    score = amount(term, x)
    floor = ZERO if term.stop is None else amount(term, term.stop)
    if score is None or floor is None:
        return None
    return _share(score - floor, max(levels.values()) - floor)


def _share(lead: Decimal, span: Decimal) -> Decimal:
    if span == 0:
        return ONE if lead >= 0 else -ONE
    return lead / span


def keeps_stop(term: TermSpec, x: Value | None) -> bool | None:
    """Whether `x` is no worse than the stop; a must-have without a stop is held to its target.

    None where it cannot be said: nothing to hold it against, or no such value.
    """
    line = term.stop
    if line is None and term.kind == "must":
        line = term.target
    lead = better_by(term, x, line)
    return None if lead is None else lead >= 0


def place(term: TermSpec, x: Value | None) -> Place:
    """Where a value lies between stop and target."""
    if keeps_stop(term, x) is False:
        return "past stop"
    past_target = better_by(term, x, term.target)
    if past_target is not None and past_target >= 0:
        return "target reached"
    return "unknown" if value(term, x) is None else "between"


def score(terms: Sequence[TermSpec], offer: Mapping[str, Value]) -> Score:
    """The additive score of an offer (term name -> value): sum of w v, the weights normalised to 1.

    Only terms that carry a weight and that the offer mentions count; must-haves are constraints and carry
    none. Source: Raiffa, ch. 11. Shown times 100.
    """
    parts = {term.name: v for term in terms if (v := value(term, offer.get(term.name))) is not None}
    musts = {term.name: keeps_stop(term, offer.get(term.name)) for term in terms if term.kind == "must"}
    weights = {term.name: term.weight for term in terms if term.name not in musts and term.weight > 0}
    return Score(
        total=_weighted(parts, {name: weight for name, weight in weights.items() if name in parts}),
        parts=parts,
        broken=tuple(name for name, kept in musts.items() if kept is False),
        unmet=tuple(
            term.name
            for term in terms
            if (term.name in weights and term.name not in parts)
            or (term.name in musts and musts[term.name] is None)
        ),
    )


def _weighted(parts: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal | None:
    whole = sum(weights.values(), ZERO)
    if whole == 0:
        return None
    return sum((weight * parts[name] for name, weight in weights.items()), ZERO) / whole
