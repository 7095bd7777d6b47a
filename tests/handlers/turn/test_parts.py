"""A chart: its figures, and the same in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.turn import Chart, Note, Series, Table
from handlers.turn.parts import ROWS, spread

D = Decimal


TWO = Chart(
    "Price, EUR/pc",
    "EUR/pc",
    ("18 Mar", "25 Mar"),
    (Series("We", (None, D("3.5"))), Series("They", (D("4.12"), D("3.95")))),
    days=(date(2026, 3, 18), date(2026, 3, 25)),
    places=2,
)


def test_the_words_are_a_table_of_moments_and_sides() -> None:
    assert TWO.written() == (
        Table(
            ("WHEN", "WE", "THEY"), (("18 Mar", "-", "4.12"), ("25 Mar", "3.50", "3.95")), frozenset((1, 2))
        ),
    )


@pytest.mark.parametrize(
    ("marks", "places", "value", "written"),
    [
        (".,", 2, D("1234567.5"), "1,234,567.50"),
        (",.", 2, D("1234567.5"), "1.234.567,50"),
        (",\u202f", 0, D(27000), "27\u202f000"),
        (".’", 3, D("-4.118"), "-4.118"),
    ],
)
def test_figures_are_written_by_the_marks_of_the_reader(
    marks: str, places: int, value: D, written: str
) -> None:
    chart = Chart("x", "", ("a",), (), places=places, mark=marks[0], group=marks[1])
    assert chart.figure(value) == written


def many(count: int, whole: int = 0) -> Chart:
    return Chart(
        "x", "", tuple(map(str, range(count))), (Series("We", tuple(map(D, range(count)))),), whole=whole
    )


def test_what_is_left_out_is_said_and_the_ends_stay() -> None:
    table, note = many(20, 37).written()
    assert isinstance(table, Table)
    assert len(table.rows) == ROWS
    assert (table.rows[0], table.rows[-1]) == (("0", "0"), ("19", "19"))
    assert note == Note(("7 of 37 moments shown, first and last among them",))
    assert many(20, 37).left_out(20) == "20 of 37 moments shown, first and last among them"
    assert len(many(7).written()) == 1
    assert len(many(7, 8).written()) == 2


@given(st.integers(0, 500), st.integers(2, 30))
def test_a_spread_has_first_and_last_in_order_and_no_gap_much_larger_than_others(
    count: int, most: int
) -> None:
    found = spread(count, most)
    assert len(found) == min(count, most) == len(set(found))
    assert list(found) == sorted(found)
    if count > 1:
        assert (found[0], found[-1]) == (0, count - 1)
        gaps = {later - earlier for earlier, later in pairwise(found)}
        assert max(gaps) - min(gaps) <= 1
