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
from handlers.prep.answers.figures import TwoReadings, plain_figure, resolved
from handlers.prep.answers.mandates import read_mandate, read_mandate_and_signer
from handlers.prep.answers.read import Context, read_answer
from handlers.prep.answers.term_rows import read_terms
from handlers.prep.answers.terms import read_main, read_term_row
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
