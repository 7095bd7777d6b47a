"""The examples of the questions are one plan: what one of them says, the others say too."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from handlers.manners import Manners
from handlers.prep.loading import builtin
from handlers.reading.dates import read_date

QUICK = {q.key: q.example for q in builtin("quick").questions}
FULL = {q.key: q.example for q in builtin("full").questions}
PIECES = Decimal(30_000)
YEARS = 2


def figures(text: str) -> list[Decimal]:
    return [Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def day(text: str) -> date:
    return read_date(text, date(2026, 3, 16), Manners())


def test_both_scripts_speak_of_the_same_terms() -> None:
    price, rest = FULL["terms"].split(";", 1)
    assert figures(price)[:3] == figures(QUICK["main"])
    for row in QUICK["others"].split(";"):
        assert re.search(r"\d[\d/]*", row.strip()).group() in rest  # type: ignore[union-attr]
    assert sum(int(weight) for weight in re.findall(r"weight (\d+)", FULL["terms"])) == 100


def test_an_alternative_costs_the_same_wherever_it_is_named() -> None:
    borg, own = FULL["cost"].split(";")
    price, freight, inspection, tooling, dual = figures(borg)
    assert price + freight + inspection + (tooling + dual) / (PIECES * YEARS) == figures(QUICK["alts"])[0]
    press, one_off = figures(own)
    assert press + one_off / (PIECES * YEARS) == Decimal("4.35")


def test_the_worth_of_a_step_follows_from_volume_target_and_cost_of_capital() -> None:
    cent, price, one, net_day, percent, uplift = figures(FULL["exchange"])
    target = figures(QUICK["main"])[1]
    assert one == percent == 1
    assert price == cent * PIECES
    assert net_day == round(target * PIECES * Decimal("0.08") / 365, 2)
    assert uplift == target * PIECES * percent / 100


def test_the_dates_fit() -> None:
    talks, decision, need = (day(part.split(" ", 1)[1]) for part in FULL["dates"].split(", "))
    assert talks < decision < need
    start = need - timedelta(weeks=12)
    assert f"by {start.day} Apr 2026" in FULL["clock"]
    assert f"by {start.day} Apr 2026" in FULL["contingency"]
    benchmark = day(FULL["benchmark"].rpartition(", ")[2])
    assert timedelta(0) < talks - benchmark < timedelta(days=90)
    assert decision < day("29 May 2026")
    assert "until 29 May 2026" in FULL["status"]


def test_the_mandate_is_the_stop() -> None:
    assert figures(FULL["mandate"])[0] == figures(QUICK["main"])[2]
    assert figures(FULL["baseline"]) == [Decimal("3.95"), PIECES]
