"""Terms in one line: shortened keys, decimal commas, and keys without anything between them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from handlers.manners import Manners
from handlers.prep.answers.terms import read_term_row

MANNERS = Manners()


@pytest.mark.parametrize(
    "line",
    [
        "price: open 3.45, target 3.70, stop 4.05, weight 50",
        "price: op 3,45; tar 3,70; st 4,05; we 50",
        "price: open 3,45, target 3,70, walk-away 4,05, w 50",
        "price open 3.45 target 3.70 stop 4.05 weight 50",
        "price 3,45/3,70/4,05 w 50",
    ],
)
def test_keys_may_be_shortened_and_commas_are_decimal_between_digits(line: str) -> None:
    term = read_term_row(line, MANNERS)
    assert (term.opening, term.target, term.stop, term.weight) == ("3.45", "3.70", "4.05", Decimal(50))


@pytest.mark.parametrize(
    "line",
    [
        "price: their weight 30, their stop 3,55",
        "price: their stop 3,55, their weight 30",
        "price: their stop 3.55; their w 30",
    ],
)
def test_a_decimal_comma_in_their_stop_is_no_second_figure_of_ours(line: str) -> None:
    term = read_term_row(line, MANNERS)
    assert (term.their_stop, term.their_weight) == ("3.55", Decimal(30))
    assert (term.opening, term.target, term.stop, term.weight) == (None, None, None, None)


def test_ours_and_theirs_stand_in_one_line() -> None:
    term = read_term_row("price: stop 4,05; weight 50, their stop 3,5;their weight 2", MANNERS)
    assert (term.stop, term.weight, term.their_stop, term.their_weight) == (
        "4.05",
        Decimal(50),
        "3.5",
        Decimal(2),
    )


def test_units_stand_between_keys() -> None:
    term = read_term_row("payment: open 60 days walk away 30 days target 45 days", MANNERS)
    assert (term.opening, term.target, term.stop, term.unit) == ("60", "45", "30", "days")
