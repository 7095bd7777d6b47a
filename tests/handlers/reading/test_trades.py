from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import Misread
from handlers.reading.trades import Step, Trade, read_step, read_trade


def trade(*ours: Step, by: tuple[Step, ...] = ()) -> Trade:
    return Trade(ours, by)


PRICE = Step("price", "3.60", "3.71")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("price 3.60 -> 3.71 for net 60", trade(PRICE, by=(Step("net", None, "60"),))),
        ("price 3.60 → 3.71", trade(PRICE)),
        ("price 3.60->3.71", trade(PRICE)),
        ("price 3.60 => 3.71", trade(PRICE)),
        ("price 3.60 to 3.71", trade(PRICE)),
        ("price: 3.60 to 3.71", trade(PRICE)),
        ("price from 3.60 to 3.71", trade(PRICE)),
        ("price 3,60 -> 3,71", trade(Step("price", "3,60", "3,71"))),
        ("price EUR 3.60 -> EUR 3.71", trade(Step("price", "EUR 3.60", "EUR 3.71"))),
        ("price 3.6 to 3.7 EUR/pc", trade(Step("price", "3.6", "3.7 EUR/pc"))),
        ("delivery 45 to 30", trade(Step("delivery", "45", "30"))),
        ("delivery 45 to 30 days", trade(Step("delivery", "45", "30 days"))),
        ("uplift cap 4 % -> 3 %", trade(Step("uplift cap", "4 %", "3 %"))),
        ("incoterm EXW -> DDP", trade(Step("incoterm", "EXW", "DDP"))),
        ('quality "A, best" -> "B"', trade(Step("quality", "A, best", "B"))),
        ("price -> 3.71", trade(Step("price", None, "3.71"))),
        ("price to 3.58", trade(Step("price", None, "3.58"))),
        ("price 3.58", trade(Step("price", None, "3.58"))),
        ("payment net 60 -> net 45", trade(Step("payment net", "60", "net 45"))),
        (
            "lead 21 -> 28, cap 0 -> 2 for warranty 18 -> 24",
            trade(Step("lead", "21", "28"), Step("cap", "0", "2"), by=(Step("warranty", "18", "24"),)),
        ),
        (
            "price 3.68 -> 3.74 and lead 28 -> 30 for cap 3 -> 2",
            trade(Step("price", "3.68", "3.74"), Step("lead", "28", "30"), by=(Step("cap", "3", "2"),)),
        ),
        (
            "net 60 -> 45 for price 3.95 -> 3.80",
            trade(Step("net", "60", "45"), by=(Step("price", "3.95", "3.80"),)),
        ),
        ("training", trade(Step("training"))),
        ("a free training for nothing", trade(Step("a free training"))),
        ("warranty 36 -> 24 for nothing", trade(Step("warranty", "36", "24"))),
        ("warranty 36 -> 24 without return", trade(Step("warranty", "36", "24"))),
        ("training in return for a reference", trade(Step("training"), by=(Step("a reference"),))),
        (
            "training for operators for net 60",
            trade(Step("training for operators"), by=(Step("net", None, "60"),)),
        ),
        ("price 3.60 -> 3.71 for 27,000 minimum", trade(PRICE, by=(Step("27,000 minimum"),))),
        ("price 3.60 -> 3.71 for a 27,000 minimum", trade(PRICE, by=(Step("a 27,000 minimum"),))),
        ("research and development", trade(Step("research and development"))),
        ("27k minimum if <= 3.74", trade(Step("27k minimum if <= 3.74"))),
        ("ISO 9001 certificate", trade(Step("ISO 9001 certificate"))),
    ],
)
def test_trades(typed: str, read: Trade) -> None:
    assert read_trade(typed) == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "what moved"),
        (" , ", "what moved"),
        ("-> 3", "Which term"),
        ("3.60 -> 3.71", "Which term"),
        ("price 3.60 ->", "To what"),
        ("price 1 -> 2 -> 3", "one step"),
        ("for net 60", "what moved"),
        ("for nothing", "what moved"),
        ("x" * 2001, "what moved"),
    ],
)
def test_what_is_no_trade(typed: str, said: str) -> None:
    with pytest.raises(Misread) as caught:
        read_trade(typed)
    assert said in caught.value.wrong
    assert read_trade(caught.value.example)


def test_a_favour_after_a_figure_is_one_of_its_own() -> None:
    read = read_trade("price 3.60 -> 3.71 and 27k minimum for price 3.80 -> 3.74 and a visit and a report")
    assert read.ours[0] == PRICE
    assert len(read.ours) == 2
    assert "minimum" in f"{read.ours[1].subject} {read.ours[1].after}"
    assert read.returned[0] == Step("price", "3.80", "3.74")
    assert [step.subject for step in read.returned[1:]] == ["a visit", "a report"]


def test_a_step_alone() -> None:
    assert read_step("price 3.60 -> 3.71") == PRICE
    with pytest.raises(Misread):
        read_step(" ")


_amounts = st.decimals(0, 10000, places=2).map(str)


@given(
    st.sampled_from(["price", "lead time", "uplift cap", "net days"]),
    _amounts,
    _amounts,
    st.sampled_from([" -> ", "→", " to "]),
)
def test_a_step_is_read_as_written(subject: str, before: str, after: str, arrow: str) -> None:
    assert read_step(f"{subject} {before}{arrow}{after}") == Step(subject, before, after)


def test_runs_of_blanks_are_one_blank() -> None:
    assert read_trade("price  3.60\t\t->   3.71  for  net   60") == read_trade(
        "price 3.60 -> 3.71 for net 60"
    )
    assert read_trade("price 3.60 -> 3.71\n\n  for net 60") == read_trade("price 3.60 -> 3.71 for net 60")
