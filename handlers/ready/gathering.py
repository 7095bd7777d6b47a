"""What is known of a plan, as the rules of `ready` see it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.contracts.dates import calendar_of, standing
from handlers.errors import Misread
from handlers.facts import gather
from handlers.prep.feeding import is_self
from handlers.reading.names import normal
from handlers.reading.numbers import read_number
from handlers.ready.rules import BenchmarkFact, MandateFact, PlanFacts, TradeFact
from storage.tables import ListItem, Stakeholder, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handlers.command import Turn
    from handlers.facts import Allowed
    from handlers.manners import Manners
    from handlers.terms.rules import TermSpec
    from storage.book import PlanBook
    from storage.tables import Answer, Trade

EU = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()  # noqa: SIM905
)
_FORBIDS = re.compile(
    r"tender.*(?:no|not|without|forbid|may not).*(?:negotiat|talk)|(?:sealed|restricted) tender", re.I | re.S
)
_CANNOT = re.compile(
    r"\b(?:cannot|can't|can not|may not|no authority|not decide|has to ask|needs? approval)\b", re.I
)
_CAN = re.compile(r"\b(?:decides?|full authority|can (?:say yes|decide|sign))\b", re.I)
_KNOWN_OUTSIDE = re.compile(
    r"\b(?:they|the supplier) (?:already |also )?knows? (?:of |about )?(?:it|our|the|when)\b|\bknown (?:to them|outside)\b"
    r"|\b(?:we|i) (?:have )?told them\b",
    re.I,
)
_PRICE = re.compile(r"\bprice\b[^\d]{0,12}(\d(?:[\d.,']*\d)?)", re.I)


def plan_facts(turn: Turn, book: PlanBook) -> PlanFacts:
    """All facts that there are; what nobody has said is left out."""
    facts = gather(book, turn.settings)
    answers = {key: answer for key, answer in book.answers().items() if not answer.gap}
    items = book.rows(ListItem)
    price = next((row for row in book.rows(Term) if normal(row.name) == "price"), None)
    return PlanFacts(
        today=turn.today,
        frame=facts.frame,
        horizon_was_said=book.plan.horizon_months is not None or book.plan.one_off,
        terms=facts.terms,
        alternatives=facts.alternatives,
        mandate=_mandate(facts.mandate),
        outsiders=_outsiders(turn, book),
        tender_forbids_talks=_FORBIDS.search(_said(answers, "route")) is not None,
        decision=book.plan.decide_by,
        notice_by=_notice_by(turn, book) if book.plan.decide_by is not None else None,
        stop_reason=price.reason if price else "",
        improve=_said(answers, "improve"),
        evidence=_said(answers, "evidence") or _said(answers, "reasons"),
        benchmark=_benchmark(answers.get("benchmark")),
        goal_terms=_named(_said(answers, "goal"), facts.terms),
        trades=tuple(_trade(row, turn.manners) for row in facts.trades if not row.never),
        trades_ordered=True,  # they have an order, and it is the buyer's
        counterpart_decides=_decides(answers),
        sign_offs_missing=_sign_offs_missing(book),
        in_eu=turn.manners.country in EU,
        contingency=_said(answers, "contingency"),
        success=_said(answers, "success"),
        questions=tuple(row.text for row in items if row.list == "question"),
        deadline_known_outside=_KNOWN_OUTSIDE.search(_said(answers, "clock")) is not None or None,
    )


def _said(answers: Mapping[str, Answer], key: str) -> str:
    return answers[key].text if key in answers else ""


def _sign_offs_missing(book: PlanBook) -> tuple[str, ...]:
    """The roles that still owe a sign-off. Whoever made the plan owes none to themselves."""
    rows = book.rows(Stakeholder)
    return tuple(dict.fromkeys(row.role for row in rows if row.signed_at is None and not is_self(row.role)))


def _mandate(found: Allowed | None) -> MandateFact | None:
    if found is None:
        return None
    return MandateFact(found.ceiling, found.by, found.until, found.own, bool(found.changed))


def _notice_by(turn: Turn, book: PlanBook) -> date | None:
    """The first day by which notice to this supplier has to be sent, as far as the member sees its contracts."""
    names = book.names()
    rows = [row for row in turn.unit.contracts.live() if row.end is not None and row.normal in names]
    records, calendar = turn.unit.contracts.records(rows), calendar_of(turn.settings)
    ahead = [standing(row, records[row.id], calendar, turn.today).ahead for row in rows]
    days = (dates.send_by for dates in ahead if dates.duty == "notice")
    return min((day for day in days if day is not None), default=None)


def _outsiders(turn: Turn, book: PlanBook) -> tuple[str, ...]:
    """Readers who are on the workspace's list of people from outside, for all suppliers or for this one."""
    names = book.names()
    listed = {entry.person for entry in turn.settings.outside if entry.person and entry.concerns(names)}
    if not listed:
        return ()
    members = (turn.unit.colleagues.by_id(row.member_id) for row in book.readers())
    return tuple(
        member.name or member.external_id for member in members if member and member.external_id in listed
    )


def _benchmark(answer: Answer | None) -> BenchmarkFact | None:
    if answer is None or not answer.value.get("amount") or not answer.value.get("dated"):
        return None
    return BenchmarkFact(Decimal(answer.value["amount"]), date.fromisoformat(answer.value["dated"]))


def _named(goal: str, terms: Iterable[TermSpec]) -> tuple[str, ...]:
    """The terms that the goal speaks of."""
    words = set(normal(goal).split())
    return tuple(term.name for term in terms if words & set(normal(term.name).split()))


def _trade(row: Trade, manners: Manners) -> TradeFact:
    found = _PRICE.search(row.we)
    return TradeFact(row.we, row.if_they, _figure(found[1], manners) if found else None)


def _figure(text: str, manners: Manners) -> Decimal | None:
    try:
        return read_number(text, manners).value
    except Misread:
        return None


def _decides(answers: Mapping[str, Answer]) -> bool | None:
    said = _said(answers, "counterpart") or str(
        answers["talks"].value.get("authority", "") if "talks" in answers else ""
    )
    if _CANNOT.search(said):
        return False
    return True if _CAN.search(said) else None
