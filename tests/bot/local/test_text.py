from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.text import WIDTH, buttons_of, columns, lines, table_lines, wrap
from bot.references import readable
from handlers.turn import Choice, Choices, Facts, Heading, Note, Table, Text, Warn


def shown(*parts: object, in_words: bool = False) -> list[str]:
    return lines(parts, buttons_of(parts, in_words=in_words))  # type: ignore[arg-type]


def test_every_part_is_a_line_or_more_in_its_order() -> None:
    parts = (
        Heading("Acme · 1 Apr"),
        Text(("one", "two")),
        Warn(("late",)),
        Facts((("Limit", "4.05"),)),
        Note(("why",)),
    )
    assert shown(*parts) == ["Acme · 1 Apr", "one", "two", "! late", "Limit: 4.05", "why"]


def test_figures_stand_to_the_right() -> None:
    table = Table(
        ("Term", "We", "They"), (("price", "3.68", "3.80"), ("net days", "45", "45")), frozenset({1, 2})
    )
    assert table_lines(table) == [
        "Term        We  They",
        "price     3.68  3.80",
        "net days    45    45",
    ]


def test_a_table_without_names_of_columns_has_no_head() -> None:
    assert table_lines(Table(("", ""), (("a", "b"),))) == ["a  b"]


def test_a_wide_table_wraps_its_words_and_keeps_its_figures() -> None:
    table = Table(
        ("What", "Cost"), (("a long story that is told in a cell of a table " * 2, "24,000"),), frozenset({1})
    )
    rows = table_lines(table)
    assert max(map(columns, rows)) <= WIDTH
    assert rows[1].endswith("24,000")
    assert (
        " ".join(" ".join(row.removesuffix("24,000").split()) for row in rows[1:]) == table.rows[0][0].strip()
    )


def test_buttons_stand_side_by_side_as_far_as_they_fit() -> None:
    many = Choices(tuple(Choice(f"Button number {n}", "x") for n in range(1, 6)))
    rows = shown(many)
    assert rows[0] == "[1] Button number 1  [2] Button number 2  [3] Button number 3"
    assert rows[1] == "[4] Button number 4  [5] Button number 5"


def test_numbers_run_on_over_several_rows_of_buttons() -> None:
    assert shown(Choices((Choice("A", "a"),)), Text(("between",)), Choices((Choice("B", "b"),))) == [
        "[1] A",
        "between",
        "[2] B",
    ]


def test_buttons_have_words_while_a_number_would_be_an_answer() -> None:
    long = "What order size would let you run this best?"
    labels = ("Skip", "Don't know", "Add alternative", "Borg", "Send to my DM", long)
    row = Choices(tuple(Choice(label, "guided 7 skip") for label in labels))
    assert shown(row, in_words=True) == [
        "[skip]  [don't know]  [add alternative]  [Borg]  [Send to my DM]",
        f"[{long}]",
    ]


def test_dates_and_amounts_are_not_torn_apart() -> None:
    line = "Send the notice by registered letter so that it arrives until Fri 31 Mar 2028 at their address, or pay 107,190 EUR"
    rows = wrap(line)
    assert any("Fri 31 Mar 2028" in row for row in rows)
    assert any("107,190 EUR" in row for row in rows)
    assert " ".join(row.strip() for row in rows) == line


def test_a_continued_line_is_indented() -> None:
    assert wrap("  one two three", 10) == ["  one two", "    three"]


def test_other_scripts_take_the_columns_they_take() -> None:
    assert [columns(text) for text in ("→ net 60 · ≤ 3.74", "外箱", "é", "e\u0301", "😀")] == [17, 4, 1, 1, 2]
    rows = table_lines(Table(("部品", "n"), (("外箱", "1"), ("box", "22")), frozenset({1})))
    assert {columns(row) for row in rows} == {8}


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_no_word_is_lost_by_wrapping(text: str) -> None:
    assert "".join("".join(wrap(text)).split()) == "".join(readable(text).split())


@pytest.mark.parametrize("text", ["word " * 2000, "x" * 10_000])
def test_a_long_text_is_never_cut(text: str) -> None:
    assert "".join("".join(shown(Text((text,)))).split()) == "".join(text.split())
