"""What is bought, when it is talked about, and whom it concerns, as people type it and as nobody should."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from handlers.errors import Misread
from handlers.manners import Manners
from handlers.prep.answers.deals import read_deal
from handlers.prep.answers.lists import read_objections, read_questions, read_roles
from handlers.prep.answers.occasions import read_days, read_talks
from handlers.prep.answers.quantities import read_scope
from handlers.prep.answers.read import Context
from handlers.prep.answers.sums import read_dated_money, read_money

D = Decimal
ENGLISH, GERMAN = Manners(), Manners(locale="de_DE")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
CONTEXT = Context(ENGLISH, NOW, TODAY)


def test_a_deal() -> None:
    found = read_deal("Acme: housings, 30,000 kg a year, 3.95 EUR", ENGLISH)
    assert (found.supplier, found.what, found.volume, found.unit) == ("Acme", "housings", D(30000), "kg")
    assert (found.baseline, found.currency) == (D("3.95"), "EUR")
    assert read_deal("3M, tape, 30k a year, 3,95", ENGLISH).supplier == "3M"
    assert read_deal("2,500 a month, 3.95", ENGLISH, supplier="Acme").volume == D(30000)
    assert read_deal("Acme, 30k, 3.95", ENGLISH, supplier="Acme GmbH").what == ""
    with pytest.raises(Misread):
        read_deal("30k a year, 3.95", ENGLISH)


def test_what_is_bought_does_not_take_the_place_of_a_known_supplier() -> None:
    found = read_deal("housings, black, 30k a year, 3.95", ENGLISH, supplier="Acme")
    assert (found.supplier, found.what) == ("", "housings, black")
    found = read_deal("Bolt, screws, 30k a year, 3.95", ENGLISH, supplier="Acme")
    assert (found.supplier, found.what) == ("Bolt", "screws")
    for text in (
        "housings, thirty thousand a year, last paid 3.95",
        "housings, twelve thousand pieces, 3.95",
    ):
        with pytest.raises(Misread) as error:
            read_deal(text, ENGLISH, supplier="Acme")
        assert "quantity in figures" in error.value.wrong


@pytest.mark.parametrize(
    ("text", "volume", "unit", "months"),
    [
        ("housings, 30,000 a year, 24 months", D(30000), "", 24),
        ("60k in all over 2 years", D(30000), "", 24),
        ("220 days a year, 12 months", D(220), "day", 12),
        ("2,500 pcs a month for 24 months", D(30000), "pc", 24),
    ],
)
def test_a_scope(text: str, volume: Decimal, unit: str, months: int) -> None:
    found = read_scope(text, ENGLISH)
    assert (found.volume, found.unit, found.horizon_months) == (volume, unit, months)


@pytest.mark.parametrize(
    "text", ["housings", "housings, 30,000 a year", "housings, 24 months", "30.000 a year, 24 months"]
)
def test_no_scope(text: str) -> None:
    with pytest.raises(Misread):
        read_scope(text, ENGLISH)


def test_talks_and_days() -> None:
    found = read_talks("18 March, 15:00, Jo Brown, can decide alone", NOW, ENGLISH)
    assert (found.talks_at, found.counterpart) == (datetime(2026, 3, 18, 14, tzinfo=UTC), "Jo Brown")
    assert found.authority == "can decide alone"
    assert read_talks("not fixed yet, Jo", NOW, ENGLISH).talks_at is None
    days = read_days("need by Jul 1, 2026, decision 8 Apr", NOW, ENGLISH)
    assert (days.need_by, days.decide_by, days.talks_at) == (date(2026, 7, 1), date(2026, 4, 8), None)
    for text in ("yesterday 10:00, Jo", "Jo"):
        with pytest.raises(Misread):
            read_talks(text, NOW, ENGLISH)
    for text in ("18 March", "decision 1 Jan 2026"):
        with pytest.raises(Misread):
            read_days(text, NOW, ENGLISH)


def test_questions_open_with_what_or_how() -> None:
    assert read_questions("What drives it? how firm is it") == ("What drives it?", "how firm is it?")
    with pytest.raises(Misread):
        read_questions("Can you do 3.70?")


def test_objections_and_roles() -> None:
    first, second = read_objections("resin -> show us; with a cap\nfull -> what would free it?")
    assert (first.we, second.they) == ("show us; with a cap", "full")
    assert [(r.role, r.requirement) for r in read_roles("legal: clause; me up to 100k")] == [
        ("legal", "clause"),
        ("me", "up to 100k"),
    ]


def test_money_and_its_day() -> None:
    found = read_money("3.95 EUR/pc at 30,000 a year", ENGLISH, "3.95")
    assert (found.amount, found.currency, found.unit, found.note) == (
        D("3.95"),
        "EUR",
        "pc",
        "at 30,000 a year",
    )
    dated = read_dated_money("3.76, resin index of 27 Feb", ENGLISH, TODAY, "3.76")
    assert (dated.dated, dated.note) == (date(2026, 2, 27), "resin index")
    for text in ("3.76, resin index", "3.76, index, 1 Jan 2027"):
        with pytest.raises(Misread):
            read_dated_money(text, ENGLISH, TODAY, "3.76, resin index, 27 Feb 2026")
