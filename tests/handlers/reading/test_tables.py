from __future__ import annotations

import pytest

from handlers.errors import Misread
from handlers.reading.tables import read_rows, read_table

COLUMNS = {
    "term": "term",
    "name": "term",
    "open": "open",
    "opening": "open",
    "target": "target",
    "stop": "stop",
    "walk-away": "stop",
    "weight": "weight",
}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("price\t3.45\t3.70\nnet\t60\t45", [["price", "3.45", "3.70"], ["net", "60", "45"]]),
        ("price\t\t3.70", [["price", "", "3.70"]]),
        ("price; 3,45; 3,70", [["price", "3,45", "3,70"]]),
        ("price, 3,45, 3,70", [["price", "3,45", "3,70"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ('a,b\n"x, y",2', [["a", "b"], ["x, y", "2"]]),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", [["a", "b"], ["1", "2"]]),
        ("a | b\n--|--\n1 | 2", [["a", "b"], ["1", "2"]]),
        ('a\t"two\nlines"', [["a", "two\nlines"]]),
        ('5" pipe\t3', [['5" pipe', "3"]]),
        ('5" pipe; 6" pipe', [['5" pipe', '6" pipe']]),
        ('"Housings, caps", 3', [["Housings, caps", "3"]]),
        ("\n\na; b\n\n", [["a", "b"]]),
        ("3,45\n3,70", [["3,45"], ["3,70"]]),
        ("price", [["price"]]),
    ],
)
def test_tables(text: str, rows: list[list[str]]) -> None:
    assert read_table(text) == rows


@pytest.mark.parametrize("text", ["", "  \n "])
def test_no_table(text: str) -> None:
    with pytest.raises(Misread):
        read_table(text)


def test_without_a_header_the_order_counts() -> None:
    assert read_rows("price; 3.45; 3.70; 4.05", COLUMNS) == [
        {"term": "price", "open": "3.45", "target": "3.70", "stop": "4.05", "weight": ""}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Term\tWalk away\tOpening\nprice\t4.05\t3.45",
        "| name | STOP | open |\n|--|--|--|\n| price | 4.05 | 3.45 |",
        "Name;stop;Open\nprice;4.05;3.45",
    ],
)
def test_a_header_gives_the_order(text: str) -> None:
    assert read_rows(text, COLUMNS) == [{"term": "price", "stop": "4.05", "open": "3.45"}]


def test_an_unknown_column_is_kept_under_its_own_heading() -> None:
    assert read_rows("term\tstop\tnote\nprice\t4\thard", COLUMNS) == [
        {"term": "price", "stop": "4", "note": "hard"}
    ]


def test_one_known_word_makes_no_header() -> None:
    assert read_rows("target\t3\nprice\t4", COLUMNS)[0]["term"] == "target"
    assert read_rows("term\nprice", COLUMNS) == [{"term": "price"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [("a;1;2;3;4;5", "Row 1"), ("term;stop\nx;1\ny;1;2", "Row 2"), ("term;name\na;b", "two columns")],
)
def test_what_does_not_fit_is_said(text: str, said: str) -> None:
    with pytest.raises(Misread) as caught:
        read_rows(text, COLUMNS)
    assert said in caught.value.wrong
