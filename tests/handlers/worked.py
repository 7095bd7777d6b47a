"""The worked purchase (housings from Acme, 30,000 a year for 24 months) as values that tests share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from handlers.batna.rules import AlternativeSpec, CostItem, Frame
from handlers.concessions.rules import Entry, Offered, Side, Step
from handlers.terms.rules import TermSpec

D = Decimal

TERMS = [
    TermSpec("price", "EUR/pc", "lower", D("3.45"), D("3.70"), D("4.05"), D(50), unit_worth=D(30000)),
    TermSpec("net", "days", "higher", D(60), D(45), D(30), D(15)),
    TermSpec("lead", "days", "lower", D(21), D(28), D(45), D(15)),
    TermSpec("warranty", "months", "higher", D(36), D(24), D(12), D(10)),
    TermSpec("uplift cap", "%", "lower", D(0), D(2), D(4), D(10)),
]


def offer(*values: str) -> dict[str, D]:
    """An offer on the five terms, in the order of `TERMS`."""
    return {term.name: D(x) for term, x in zip(TERMS, values, strict=True)}


R1 = offer("4.12", "30", "45", "12", "4")
R2 = offer("3.95", "30", "40", "18", "3")
R3 = offer("3.80", "45", "32", "24", "3")
AGREED = offer("3.74", "45", "30", "24", "3")
TARGETS = offer("3.70", "45", "28", "24", "2")
OUR_R1 = offer("3.45", "60", "21", "36", "0")
OUR_R2 = offer("3.58", "60", "21", "24", "0")
OUR_R3 = offer("3.68", "45", "28", "24", "2")

FRAME = Frame(D(30000), 24, "pc", "EUR", D("3.95"), D("4.05"), date(2026, 7, 1), D("0.08"))
BORG = AlternativeSpec(
    "Borg",
    D("3.52"),
    (
        CostItem("freight", D("0.14")),
        CostItem("inspection", D("0.06")),
        CostItem("tooling", D(24000), "once", "estimate, Feb", estimate=True),
        CostItem("dual running", D(3600), "once"),
    ),
    chance=D("0.8"),
    status="quoted",
    valid_until=date(2026, 5, 29),
    lead_weeks=12,
)
IN_HOUSE = AlternativeSpec(
    "In-house",
    None,
    (
        CostItem("materials", D("2.05")),
        CostItem("labour", D("1.10")),
        CostItem("overhead", D("0.55")),
        CostItem("machine", D(39000), "once"),
    ),
    chance=D(1),
    status="own",
)


def moment(day: int, month: int, hour: int = 9) -> datetime:
    """A moment of 2026, aware UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def step(side: Side, term: str, before: str, after: str) -> Step:
    """A numeric step."""
    return Step(side, term, D(before), D(after))


OFFERS = [
    Offered("theirs", moment(18, 3), R1),
    Offered("ours", moment(18, 3, 10), OUR_R1),
    Offered("theirs", moment(25, 3), R2),
]
LOG = [
    Entry(
        1,
        "ours",
        (step("ours", "price", "3.45", "3.58"),),
        (step("theirs", "uplift cap", "4", "3"),),
        moment(25, 3, 10),
    ),
    Entry(2, "ours", (step("ours", "warranty", "36", "24"),), (), moment(25, 3, 11)),
    Entry(
        3,
        "ours",
        (step("ours", "price", "3.58", "3.68"),),
        (step("theirs", "lead", "40", "32"),),
        moment(1, 4, 9),
    ),
    Entry(
        4,
        "ours",
        (step("ours", "net", "60", "45"),),
        (step("theirs", "price", "3.95", "3.80"),),
        moment(1, 4, 10),
    ),
    Entry(
        5,
        "ours",
        (step("ours", "lead", "21", "28"), step("ours", "uplift cap", "0", "2")),
        (step("theirs", "warranty", "18", "24"),),
        moment(1, 4, 11),
    ),
]
FINAL_LOG = [
    *LOG,
    Entry(
        6,
        "ours",
        (step("ours", "price", "3.68", "3.74"),),
        (step("theirs", "price", "3.80", "3.74"),),
        moment(8, 4, 9),
        our_favour="27,000 minimum",
    ),
    Entry(
        7,
        "ours",
        (step("ours", "lead", "28", "30"), step("ours", "uplift cap", "2", "3")),
        (step("theirs", "lead", "32", "30"),),
        moment(8, 4, 10),
    ),
]
GUESSED = [replace(TERMS[0], their_stop=D("3.55")), *TERMS[1:]]
