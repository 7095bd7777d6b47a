"""What was decided about a contract, and that notice was sent: kept as records, with the reminders that follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.contracts.dates import calendar_of
from handlers.contracts.rules import ends_by_notice
from handlers.errors import Misread
from handlers.figures import cut
from handlers.reading.dates import read_date
from handlers.reading.plain import excerpt
from handlers.reminders.owing import owe_contract
from handlers.turn import Field, FieldKind
from handlers.writing import weekday_day
from handlers.wrong_fields import FieldChecks
from storage.tables import ContractRecord

if TYPE_CHECKING:
    from datetime import date

    from handlers.command import Turn
    from handlers.contracts.rules import KeyDates
    from storage.tables import Contract

_DECISIONS = (("renew", "Renew as it is"), ("renegotiate", "Renegotiate"), ("replace", "Replace"))

_SENT = (
    Field("method", "How it was sent", optional=False),
    Field("day", "On which day", FieldKind.DATE, optional=False),
    Field("proof", "Proof", hint="tracking number, or where the receipt is kept", optional=False),
)


def decision_form() -> tuple[str, tuple[Field, ...]]:
    """What is asked to record a decision: the title and the fields."""
    choice = Field("decision", "Decision", FieldKind.CHOICE, options=_DECISIONS, optional=False)
    return "Record decision", (choice, Field("reason", "Why", FieldKind.LINES))


def keep_decision(turn: Turn, contract: Contract, end: date, said: tuple[str, str] | None = None) -> str:
    """Keep what was decided about the term that ends on `end`: `said`, or what stands in the form."""
    values = turn.values or {}
    value, why = said or (values.get("decision", ""), values.get("reason", ""))
    if value not in dict(_DECISIONS):
        raise Misread(
            "A decision is renew, renegotiate or replace.",
            understood=f"I read {cut(value, 40)}." if value else "",
            example="renew",
        )
    turn.unit.contracts.record(contract, _record("decision", end, turn, value=value, reason=why.strip()))
    if value == "renew":
        turn.unit.reminders.cancel("contract", contract.id, ["repeat", "again"])
    owe_contract(turn.unit, contract)
    return "the decision is recorded."


def notice_form(turn: Turn, contract: Contract) -> tuple[str, tuple[Field, ...]]:
    """What is asked to record that notice was sent: the title and the fields."""
    method, day, proof = _SENT
    filled = (replace(method, value=contract.method), replace(day, value=turn.today.isoformat()), proof)
    return "Sent, with proof", filled


def keep_notice(turn: Turn, contract: Contract, dates: KeyDates) -> str:
    """Keep what stands in the form: how notice (or the request for renewal) was sent, on which day, with which proof."""
    how, day, proof = sent(turn)
    row = _record(
        "notice" if dates.duty == "notice" else "request", dates.term_end, turn, value=how, proof=proof
    )
    row.day = day
    if dates.duty == "notice":
        row.term_end = _ends(turn, contract, dates, how, day)
    turn.unit.contracts.record(contract, row)
    turn.unit.reminders.cancel("contract", contract.id, ["again", "repeat"])
    owe_contract(turn.unit, contract)
    return f"recorded as sent: {how}, {weekday_day(day, turn.manners)}."


def _record(
    kind: str, end: date, turn: Turn, *, value: str, reason: str = "", proof: str = ""
) -> ContractRecord:
    return ContractRecord(
        workspace_id=0, contract_id=0, kind=kind, term_end=end, member_id=0, at=turn.now,
        value=value, reason=reason, proof=proof,
    )  # fmt: skip


def sent(turn: Turn) -> tuple[str, date, str]:
    """How, on which day and with which proof it was sent, from the fields of the form. Raises Misread."""
    assert turn.values is not None
    how, proof = turn.values.get("method", "").strip(), turn.values.get("proof", "").strip()
    checks, day = FieldChecks(_SENT), turn.today
    with checks.at("method"):
        if not how:
            raise Misread("I need how it was sent.", example="registered letter")
        if _is_day(turn, how):
            raise Misread(
                "That is a day, and I need how it was sent: the day has a field of its own.",
                understood=f"I read {excerpt(how)}.",
                example="registered letter",
            )
    with checks.at("day"):
        day = read_date(turn.values.get("day", "") or "today", turn.today, turn.manners)
        if day > turn.today:
            raise Misread("That day is not here yet: record it once it is sent.", example="today")
    with checks.at("proof"):
        if not proof:
            raise Misread("I need the proof that it was sent.", example="receipt 0815")
    checks.end()
    return how, day, proof


def _is_day(turn: Turn, text: str) -> bool:
    """Whether a text is a day and nothing else."""
    try:
        read_date(text, turn.today, turn.manners)
    except Misread:
        return False
    return True


def _ends(turn: Turn, contract: Contract, dates: KeyDates, how: str, day: date) -> date:
    """The end of the term that this notice ends: the next one, where it comes too late for this one."""
    same = how.casefold() == contract.method.casefold()
    received = dates.calendar.plus(day, (contract.transit_days or 0) if same else 0)
    return ends_by_notice(dates.terms, received, calendar_of(turn.settings))
