"""What stays whole on a narrow screen, and that it is still the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wrapping import held
from handlers.reading.plain import plain


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Send notice by Wed 29 Mar 2028 (742 days)",
            ["Send", "notice", "by", "Wed", "29 Mar", "2028", "(742 days)"],
        ),
        ("they 0 · we 0.13 = 3,900 EUR/yr", ["they", "0 ·", "we", "0.13", "=", "3,900 EUR/yr"]),
        ("uplift cap %", ["uplift", "cap %"]),
        ("2. call Borg", ["2.", "call", "Borg"]),
        ("3.45 -> 3.58", ["3.45", "->", "3.58"]),
    ],
)
def test_a_line_is_broken_only_between_what_stands_alone(text: str, lines: list[str]) -> None:
    pieces = held(text).split(" ")
    assert [piece.replace("\u00a0", " ").replace("\u2060", "") for piece in pieces] == lines


def test_an_arrow_keeps_its_point() -> None:
    assert held("a -> b") == "a -\u2060> b"


@given(st.text("ab1 %·->", max_size=30))
def test_what_is_copied_reads_as_what_was_written(text: str) -> None:
    assert plain(held(text)) == plain(text)
