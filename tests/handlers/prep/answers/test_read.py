"""Every kind of answer, as people type it and as nobody should."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import Expected, Misread
from handlers.manners import Manners
from handlers.prep.answers.alternatives import read_alternative, read_alternatives
from handlers.prep.answers.deals import read_deal
from handlers.prep.answers.figures import TwoReadings, plain_figure, resolved
from handlers.prep.answers.lists import read_objections, read_questions, read_roles
from handlers.prep.answers.mandates import read_mandate, read_mandate_and_signer
from handlers.prep.answers.occasions import read_days, read_talks
from handlers.prep.answers.quantities import read_scope
from handlers.prep.answers.read import Context, read_answer
from handlers.prep.answers.sums import read_dated_money, read_money
from handlers.prep.answers.terms import read_main, read_term_row, read_terms
from handlers.prep.answers.trades import read_trade
from handlers.prep.answers.worths import read_worth
from handlers.prep.loading import builtin
from handlers.prep.question import Question

D = Decimal
ENGLISH, GERMAN = Manners(), Manners(locale="de_DE")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
CONTEXT = Context(ENGLISH, NOW, TODAY)
QUESTIONS = [*builtin("quick").questions, *builtin("full").questions]
BITS = [
    *("3.45", "/", " ", ", ", ";", "\n", "Borg", "price", "12 weeks", "80 %", "if", "->", "=", ":", "until"),
    *("1.200", "levels", '"A"=100', "(", ")", "\t", "today", "none", "one-off", "EUR", "a year", "-", "?"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question.kind}-{question.key}")
def test_the_example_of_a_question_is_an_answer(question: Question) -> None:
    assert read_answer(question, question.example, CONTEXT) is not None


def read_or_told(question: Question, text: str) -> str:
    """What is wrong with an answer; empty where nothing is."""
    try:
        read_answer(question, text, CONTEXT)
    except Expected as error:
        return "\n".join(error.lines)
    return ""


ANY = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(BITS)).map("".join))
LONG = st.sampled_from(["(" * 3000, "3.45/" * 700, "a b " * 900, "x, " * 1200, '"' * 3999])


@given(st.sampled_from(QUESTIONS), st.one_of(ANY, LONG))
def test_any_text_is_an_answer_or_says_what_is_wrong(question: Question, text: str) -> None:
    assert isinstance(read_or_told(question, text), str)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question.kind}-{question.key}")
def test_nothing_is_no_answer(question: Question) -> None:
    assert question.example.split()[0] in read_or_told(question, " ")


def test_figures_with_two_readings() -> None:
    assert plain_figure(D("1200.00")) == "1200"
    assert resolved("Borg 1.200, one-off 24,000 x", thousands=True) == "Borg 1200, one-off 24000 x"
    assert resolved("price 1,200 / 1,250", thousands=False) == "price 1.2 / 1.25"
    for text in ("price 1.200", "price 1,200 / 1,250 / 1,300"):
        with pytest.raises(TwoReadings):
            read_term_row(text, ENGLISH)
    with pytest.raises(TwoReadings):
        read_alternative("Borg 1.200", GERMAN, TODAY)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("price 3.45/3.70/4.05 weight 50", ("price", "", "3.45", "3.70", "4.05", D(50))),
        (
            "Price: open 3.45, target 3.70, walk-away 4.05, weight 50",
            ("Price", "", "3.45", "3.70", "4.05", D(50)),
        ),
        ("net days 60/45/30", ("net", "days", "60", "45", "30", None)),
        ("uplift cap 0 %/2 %/4 %", ("uplift cap", "%", "0", "2", "4", None)),
        ("delivery 45 days", ("delivery", "days", None, None, "45", None)),
        ("price 3,45/3,70/4,05", ("price", "", "3.45", "3.70", "4.05", None)),
    ],
)
def test_a_term(text: str, values: tuple[object, ...]) -> None:
    term = read_term_row(text, ENGLISH)
    assert (term.name, term.unit, term.opening, term.target, term.stop, term.weight) == values


def test_a_term_with_levels_and_a_guess() -> None:
    term = read_term_row(
        'support: levels "Gold"=100, "Silver"=60, "None"=0, open Gold, stop Silver, must', ENGLISH
    )
    assert term.levels == {"Gold": D(100), "Silver": D(60), "None": D(0)}
    assert (term.opening, term.stop, term.kind) == ("Gold", "Silver", "must")
    guess = read_term_row("price: their weight 40, their stop 3.55", ENGLISH)
    assert (guess.their_weight, guess.their_stop, guess.stop) == (D(40), "3.55", None)
    with pytest.raises(Misread):
        read_term_row('support: levels "Gold"=100, "Silver"=60, stop Bronze', ENGLISH)


@pytest.mark.parametrize(
    "text", ["price 4.05/3.70/3.45", "net 60/20/30", "3.45/3.70/4.05", "price", "price x/y/z"]
)
def test_no_term(text: str) -> None:
    with pytest.raises(Misread):
        read_term_row(text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "price\t3.45\t3.70\t4.05\t50\nnet\t60\t45\t30\t15",
        "term | open | target | stop | weight\n---|---|---|---|---\nprice | 3.45 | 3.70 | 4.05 | 50\nnet|60 | 45 | 30 | 15",
        "name, stop, target, opening, weight\nprice, 4.05, 3.70, 3.45, 50\nnet, 30, 45, 60, 15",
        "price 3.45/3.70/4.05 weight 50\n- net 60/45/30 weight 15",
    ],
)
def test_a_table_of_terms(text: str) -> None:
    found = [(t.name, t.opening, t.target, t.stop, t.weight) for t in read_terms(text, ENGLISH)]
    assert found == [("price", "3.45", "3.70", "4.05", D(50)), ("net", "60", "45", "30", D(15))]


def test_the_main_number() -> None:
    assert read_main("4.05", ENGLISH).stop == "4.05"
    assert read_main("day rate 800/850/900", ENGLISH).name == "day rate"
    assert read_main("stop 4.05, open 3.45", ENGLISH).opening == "3.45"


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("net 1 day = 24.33 a year", D("24.33")),
        ("price 0.01 = 300 a year", D(30000)),
        ("cap 1 % = 1,110", D(1110)),
    ],
)
def test_the_worth_of_a_step(text: str, worth: Decimal) -> None:
    assert read_worth(text, ENGLISH)[1] == worth


def test_an_alternative() -> None:
    found = read_alternative(
        "Borg & Co 4,18 EUR/pc, 0.14 freight, certain, start by 8 April, uplift 3 %", GERMAN, TODAY
    )
    assert (found.name, found.price, found.currency, found.chance) == ("Borg & Co", D("4.18"), "EUR", D(1))
    assert [(item.name, item.amount) for item in found.items] == [("freight", D("0.14"))]
    assert (found.latest_start, found.uplift) == (date(2026, 4, 8), D("0.03"))
    assert read_alternative("3M 4.18", ENGLISH, TODAY).name == "3M"
    assert read_alternative("in-house = chance 100 %", ENGLISH, TODAY).status == "own"
    assert read_alternative("Borg, tooling moved to them", ENGLISH, TODAY).note == "tooling moved to them"
    assert read_alternatives("none", ENGLISH, TODAY) == []


@pytest.mark.parametrize(
    "text", ["4.18, 12 weeks", "Borg 4.18, 120 %", "Borg 0", "Borg 4.18, 24.5 weeks", "= 4.18"]
)
def test_no_alternative(text: str) -> None:
    with pytest.raises(Misread):
        read_alternative(text, ENGLISH, TODAY)


@pytest.mark.parametrize(
    ("text", "by", "ceiling", "until"),
    [
        ("4.05 by CFO until 2026-06-30", "CFO", D("4.05"), date(2026, 6, 30)),
        ("4.05 EUR by the CFO, until end of June", "CFO", D("4.05"), date(2026, 6, 30)),
        ("CFO: up to 4.05", "CFO", D("4.05"), None),
        ("CFO allowed 4.05", "CFO", D("4.05"), None),
    ],
)
def test_a_mandate(text: str, by: str, ceiling: Decimal, until: date | None) -> None:
    found = read_mandate(text, ENGLISH, TODAY)
    assert (found.by, found.ceiling, found.until) == (by, ceiling, until)


@pytest.mark.parametrize("text", ["4.05", "CFO", "4.05 by CFO until 2020-01-01", "0 by CFO"])
def test_no_mandate(text: str) -> None:
    with pytest.raises(Misread):
        read_mandate(text, ENGLISH, TODAY)


def test_a_mandate_and_who_signs() -> None:
    found = read_mandate_and_signer("the CFO said yes; me up to 100k", ENGLISH, TODAY)
    assert found.mandate is not None
    assert (found.mandate.by, found.mandate.ceiling, found.signer) == ("CFO", None, "me up to 100k")
    allowed = read_mandate_and_signer("CFO yes up to 4.05 until end of June", ENGLISH, TODAY).mandate
    assert allowed is not None
    assert (allowed.ceiling, allowed.until) == (D("4.05"), date(2026, 6, 30))
    for text in ("nobody yet", "not yet", "no one so far", "CFO not yet"):
        assert read_mandate_and_signer(text, ENGLISH, TODAY).mandate is None


@pytest.mark.parametrize(
    ("text", "we", "they", "never"),
    [
        ("27k minimum if <= 3.74", "27k minimum", "<= 3.74", False),
        ("if they sign by June, we give net 45", "net 45", "they sign by June", False),
        ("net 45 for price <= 3.80", "net 45", "price <= 3.80", False),
        ("never: exclusivity", "exclusivity", "", True),
        ("training", "training", "", False),
    ],
)
def test_a_trade(text: str, we: str, they: str, never: bool) -> None:
    found = read_trade(text)
    assert (found.we, found.if_they, found.never) == (we, they, never)


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
