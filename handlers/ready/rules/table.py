"""The rules about the table: trades, people, deadlines; and what is merely good to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.ready.rules.kinds import Fills, PlanFacts, Rule, when
from handlers.ready.rules.price import number
from handlers.terms.rules import term_for

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG_PAYMENT_DAYS = 60
OPEN_WORDS = frozenset({"what", "how", "why", "which", "who", "where", "when", "tell", "describe", "explain"})
PRICE_WORDS = frozenset(
    {"price", "prices", "cost", "costs", "cheap", "cheaper", "saving", "savings", "discount"}
)
SMALL_WORDS = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "is",
        "at",
        "to",
        "we",
        "our",
        "and",
        "or",
        "for",
        "in",
        "on",
        "get",
        "than",
        "by",
    }
    | {
        "low",
        "lower",
        "lowest",
        "good",
        "better",
        "best",
        "under",
        "below",
        "less",
        "eur",
        "usd",
        "gbp",
        "unit",
    }
)


def _all_musts(facts: PlanFacts) -> list[Fills]:
    return when(len(facts.terms) > 1 and all(term.kind == "must" for term in facts.terms))


def _weights(facts: PlanFacts) -> list[Fills]:
    weighed = [term for term in facts.terms if term.weight > 0 and term.kind != "must"]
    if not weighed or not facts.goal_terms:
        return []
    most = max(term.weight for term in weighed)
    heaviest = [term.name for term in weighed if term.weight == most]
    aims = {name.casefold() for name in facts.goal_terms}
    off = not any(name.casefold() in aims for name in heaviest)
    return when(off, term=heaviest[0], goal=", ".join(facts.goal_terms))


def _unconditional(facts: PlanFacts) -> list[Fills]:
    return [{"give": trade.give} for trade in facts.trades if not trade.condition.strip()]


def _beyond_mandate(facts: PlanFacts) -> Iterator[Fills]:
    if facts.mandate is None:
        return
    for trade in facts.trades:
        if trade.price is not None and trade.price > facts.mandate.ceiling:
            yield {"price": trade.price, "ceiling": facts.mandate.ceiling}


def _powerless(facts: PlanFacts) -> list[Fills]:
    return when(facts.counterpart_decides is False)


def _sign_offs(facts: PlanFacts) -> list[Fills]:
    return [{"role": role} for role in facts.sign_offs_missing]


def _notice(facts: PlanFacts) -> list[Fills]:
    if facts.notice_by is None or facts.decision is None:
        return []
    return when(facts.notice_by < facts.decision, notice=facts.notice_by, decision=facts.decision)


def _long_payment(facts: PlanFacts) -> list[Fills]:
    term = term_for("payment", facts.terms)
    asked = [days for which in ("opening", "target") if (days := number(term, which)) is not None]
    longest = max(asked, default=None)
    if longest is None or not facts.in_eu:
        return []
    return when(longest > LONG_PAYMENT_DAYS, days=longest)


def _no_contingency(facts: PlanFacts) -> list[Fills]:
    return when(not facts.contingency)


def _unordered(facts: PlanFacts) -> list[Fills]:
    return when(len(facts.trades) > 1 and not facts.trades_ordered)


def is_open(question: str) -> bool:
    """Whether a question invites more than yes or no."""
    words = question.casefold().split()
    return bool(words) and words[0].strip("\"'.,:;") in OPEN_WORDS


def _closed(facts: PlanFacts) -> list[Fills]:
    return when(not any(is_open(question) for question in facts.questions))


def _only_price(facts: PlanFacts) -> list[Fills]:
    words = {word.strip(".,;:!?()").casefold() for word in facts.success.split()}
    content = {word for word in words if word.isalpha()} - SMALL_WORDS
    return when(bool(content) and content <= PRICE_WORDS)


def _known_deadline(facts: PlanFacts) -> list[Fills]:
    return when(facts.deadline_known_outside is True)


WARNINGS: tuple[Rule, ...] = (
    Rule(
        "unconditional",
        "W",
        "“{give}” would be given without anything in return.",
        "edit {plan} trades",
        _unconditional,
    ),
    Rule(
        "trade past mandate",
        "W",
        "A trade gives {price}, and only {ceiling} is allowed.",
        "edit {plan} trades",
        _beyond_mandate,
    ),
    Rule(
        "notice first",
        "W",
        "Notice has to go out by {notice}, before we decide on {decision}.",
        "set {plan}: decision ...",
        _notice,
    ),
    Rule(
        "sign-off",
        "W",
        "{role} has not signed off yet.",
        "align {plan}",
        _sign_offs,
    ),
    Rule(
        "powerless",
        "W",
        "The person across the table cannot say yes; find out who can.",
        "set {plan}: counterpart ...",
        _powerless,
    ),
    Rule(
        "all musts",
        "W",
        "Every term is a must-have, which leaves nothing to trade.",
        "edit {plan} terms",
        _all_musts,
    ),
    Rule(
        "weights",
        "W",
        "The goal is {goal}, but {term} weighs most.",
        "edit {plan} terms",
        _weights,
    ),
    Rule(
        "long payment",
        "W",
        "{days} days to pay: in the EU more than 60 need an express agreement that is not grossly unfair.",
        "edit {plan} terms",
        _long_payment,
    ),
    Rule(
        "no contingency",
        "W",
        "If the talks stop, nobody knows what happens on Monday.",
        "set {plan}: contingency ...",
        _no_contingency,
    ),
)

HINTS: tuple[Rule, ...] = (
    Rule(
        "unordered",
        "I",
        "The trades have no order yet; the cheapest for us should come first.",
        "edit {plan} trades",
        _unordered,
    ),
    Rule(
        "closed questions",
        "I",
        "No question yet that begins with what or how.",
        "edit {plan} questions",
        _closed,
    ),
    Rule(
        "only price",
        "I",
        "Success is described by price alone.",
        "set {plan}: success ...",
        _only_price,
    ),
    Rule(
        "known deadline",
        "I",
        "Our deadline is known outside, so their clock may be the slower one.",
        "set {plan}: clock ...",
        _known_deadline,
    ),
)
