"""What is bought once: all of it is the quantity, and no figure of it is said to come every year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from handlers.errors import Misread
from handlers.manners import Manners
from handlers.prep.answers.deals import read_deal
from handlers.prep.answers.quantities import read_scope, read_volume
from storage.tables import Mandate
from tests.handlers.prep.looking import plan, rows
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

D = Decimal
ENGLISH = Manners()


@pytest.mark.parametrize(
    ("text", "units", "unit"),
    [
        ("500 pumps once", 500, ""),
        ("500 pc one-off", 500, "pc"),
        ("500, one-off", 500, ""),
        ("12k kg as a one off purchase", 12000, "kg"),
        ("one-off: 500 pcs", 500, "pc"),
        ("500 units, one-time order", 500, "pc"),
    ],
)
def test_a_quantity_bought_once(text: str, units: int, unit: str) -> None:
    assert read_volume(text, ENGLISH) == (D(units), unit, True)


@pytest.mark.parametrize("text", ["500 pumps", "500 ounces", "500 a year, tooling once", "30k a year"])
def test_nothing_else_is_once(text: str) -> None:
    found = read_volume(text, ENGLISH)
    assert found is None or not found.one_off


def test_scope_and_deal_need_no_length() -> None:
    scope = read_scope("500 pumps once", ENGLISH)
    assert (scope.what, scope.volume, scope.horizon_months, scope.one_off) == ("pumps", D(500), None, True)
    for text in (
        "Acme, pumps, 500, one-off, 12.50",
        "Acme, pumps, one-off, 500 pcs, 12.50",
        "Acme, 500 pumps once, 12.50",
    ):
        deal = read_deal(text, ENGLISH)
        assert (deal.supplier, deal.what, deal.volume) == ("Acme", "pumps", D(500)), text
        assert (deal.baseline, deal.horizon_months, deal.one_off) == (D("12.50"), None, True), text
    with pytest.raises(Misread) as caught:
        read_scope("pumps, 500 once, 24 months", ENGLISH)
    assert "no length" in caught.value.wrong


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A plan to buy pumps once."""
    talk = Talk(database_url)
    talk.say("new acme: 500 pumps once")
    talk.say("later")
    yield talk
    talk.close()


def test_every_answer_reads_as_a_total(talk: Talk) -> None:
    assert (plan(talk).title, plan(talk).volume, plan(talk).one_off) == ("pumps", D(500), True)
    talk.say("set acme: baseline 12.50")
    batna = talk.say("batna acme add Cee = 11, one-off 1000 tooling, 100 %").text
    talk.say("term acme price: open 10, target 11, stop 12.50")
    talk.say("term acme payment: open 60, target 45, stop 30")
    talk.say("offer acme 12.40, net 20")
    offer = talk.say("offer acme 11.80, net 20").text
    log = talk.say("log acme").text
    show = talk.say("show acme").text
    assert "500 pc once" in show
    assert "13.00 EUR/pc like-for-like (6,500 EUR in all)" in " ".join(batna.split())  # 500 x 11 + 1,000
    assert "they 0.60 = 300 EUR in all" in log
    assert "(5,900 EUR in all)" in offer
    assert "EUR in all against our stop" in offer
    for said in (batna, offer, log, show):
        assert "/yr" not in said
        assert "months" not in said


def test_from_once_to_a_year_and_back(talk: Talk) -> None:
    talk.say("set acme: volume 800 a year, horizon 24 months")
    assert (plan(talk).volume, plan(talk).horizon_months, plan(talk).one_off) == (D(800), 24, False)
    assert "800 pc/yr x 24 months" in talk.say("show acme").text
    talk.say("undo")
    assert (plan(talk).volume, plan(talk).horizon_months, plan(talk).one_off) == (D(500), None, True)
    assert talk.say("set acme: horizon 24 months").outcome.refused
    talk.say("set acme: volume 800 a year, horizon 24 months")
    talk.say("set acme: volume 500 once")
    assert (plan(talk).volume, plan(talk).horizon_months, plan(talk).one_off) == (D(500), None, True)


def test_a_mandate_notices(talk: Talk) -> None:
    talk.say("mandate acme 12.50 by CFO")
    assert rows(talk, Mandate)[0].basis["horizon"] == "once"
    assert "horizon" not in talk.say("batna acme").text
    talk.say("set acme: volume 500 a year, horizon 12 months")
    assert "horizon" in talk.say("batna acme").text


def test_a_full_preparation_asks_for_no_length(talk: Talk) -> None:
    talk.say("resume full acme")
    assert "What and how much (scope): pumps, 500 once" in talk.say("answers acme").text
    talk.say("set acme: scope pumps, 600 once")
    assert (plan(talk).volume, plan(talk).one_off) == (D(600), True)
