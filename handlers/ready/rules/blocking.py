"""The rules that block: with one of these a plan is not ready, whatever else it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.batna.rules import mismatches
from handlers.ready.rules.kinds import Fills, PlanFacts, Rule, when
from handlers.ready.rules.price import even_price, number
from handlers.terms.rules import disorders, main_term, term_for

if TYPE_CHECKING:
    from collections.abc import Iterator


def _disorder(facts: PlanFacts) -> Iterator[Fills]:
    for term in facts.terms:
        wrong = disorders(term)
        if wrong:
            yield {"term": term.name, "better": wrong[0].better, "worse": wrong[0].worse}


def _stop_past_even(facts: PlanFacts) -> list[Fills]:
    stop, even = number(term_for("price", facts.terms), "stop"), even_price(facts)
    if stop is None or even is None:
        return []
    return when(stop > even, stop=stop, even=even)


def _stop_past_mandate(facts: PlanFacts) -> list[Fills]:
    price = term_for("price", facts.terms)
    stop = number(price, "stop")
    if price is None or stop is None or facts.mandate is None:
        return []
    return when(stop > facts.mandate.ceiling, term=price.name, stop=stop, ceiling=facts.mandate.ceiling)


def _no_mandate(facts: PlanFacts) -> list[Fills]:
    return when(facts.mandate is None)


def _expired(facts: PlanFacts) -> list[Fills]:
    mandate = facts.mandate
    if mandate is None or mandate.until is None or facts.today is None:
        return []
    return when(mandate.until < facts.today, until=mandate.until, ceiling=mandate.ceiling)


def _stale(facts: PlanFacts) -> list[Fills]:
    if facts.mandate is None:
        return []
    return when(facts.mandate.stale, ceiling=facts.mandate.ceiling)


def _no_stop(facts: PlanFacts) -> list[Fills]:
    main = main_term(facts.terms)
    return [] if main is None else when(main.stop is None, term=main.name)


def _unlike(facts: PlanFacts) -> Iterator[Fills]:
    for alt in facts.alternatives:
        differs = [what for what in mismatches(alt, facts.frame) if what != "horizon"]
        if differs:
            yield {"name": alt.name, "what": ", ".join(differs)}


def _forbidden(facts: PlanFacts) -> list[Fills]:
    return when(facts.tender_forbids_talks)


def _outsiders(facts: PlanFacts) -> list[Fills]:
    return [{"who": who} for who in facts.outsiders]


def _own_mandate(facts: PlanFacts) -> list[Fills]:
    return when(facts.mandate is not None and facts.mandate.own)


RULES: tuple[Rule, ...] = (
    Rule(
        "outsider",
        "B",
        "{who} is from outside and can open this plan.",
        "unshare {plan} {who}",
        _outsiders,
    ),
    Rule(
        "tender",
        "B",
        "The rules of this tender do not allow negotiating.",
        "set {plan}: route ...",
        _forbidden,
    ),
    Rule(
        "order",
        "B",
        "{term}: the {worse} suits us better than the {better}, so they stand the wrong way round.",
        "term {plan} {term}: open ..., target ..., stop ...",
        _disorder,
    ),
    Rule(
        "stop past indifference",
        "B",
        "The stop {stop} costs more than doing without this deal; the two are even at {even}.",
        "edit {plan} terms",
        _stop_past_even,
    ),
    Rule(
        "stop past mandate",
        "B",
        "The stop {stop} lies beyond the {ceiling} that was allowed.",
        "term {plan} {term}: stop {ceiling}",
        _stop_past_mandate,
    ),
    Rule(
        "no mandate",
        "B",
        "Nobody has allowed a ceiling yet.",
        "mandate {plan} ... by ... until ...",
        _no_mandate,
    ),
    Rule(
        "own mandate",
        "B",
        "The ceiling was allowed by the plan's own owner.",
        "mandate {plan} ... by ... until ...",
        _own_mandate,
    ),
    Rule(
        "mandate expired",
        "B",
        "The mandate ran out on {until}.",
        "mandate {plan} {ceiling} by ... until ...",
        _expired,
    ),
    Rule(
        "mandate stale",
        "B",
        "The plan has changed since its mandate was given.",
        "mandate {plan} {ceiling} by ... until ...",
        _stale,
    ),
    Rule(
        "no stop",
        "B",
        "{term} carries the deal and has no stop.",
        "term {plan} {term}: stop ...",
        _no_stop,
    ),
    Rule(
        "unlike",
        "B",
        "{name} was costed in another {what} than this plan.",
        "edit {plan} alternatives",
        _unlike,
    ),
)
