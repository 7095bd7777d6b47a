"""Whatever is typed: an answer or an expected error. How soon is measured in `bench`."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.reading import READERS, UNITS, long_texts
from handlers.errors import Expected
from handlers.manners import Manners

MANNERS = [Manners(), Manners(locale="en_US"), Manners(locale="de_DE"), Manners(locale="xx_YY")]
_WORDS = """
1 3.45 1,200 -5 EUR € % k m 30 Feb April 2026 20226 2026-04-01 Friday next end of Q2 mid week in 6 weeks days net
15:00 9am -> to for nothing start stop walk away : = , ; / | ? - " ' <#C1|acme> <@U1> &lt; half a year
"""
words = st.sampled_from([*_WORDS.split(), "\n", "\t"])
texts = (
    st.text(max_size=300)
    | st.lists(words, max_size=12).map(" ".join)
    | st.lists(words, max_size=8).map("".join)
)


def told(reader: str, text: str, manners: Manners) -> list[str]:
    """What is said of the text; nothing where it was read. Whatever else is raised fails the test."""
    try:
        READERS[reader](text, manners)
    except Expected as expected:
        return list(expected.lines) or [""]  # an error that says nothing is not fit to show
    return []


def is_fit_to_show(lines: list[str]) -> bool:
    return all(0 < len(line) < 400 for line in lines)


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=150, deadline=None)
@given(text=texts, manners=st.sampled_from(MANNERS))
def test_only_expected_errors(reader: str, text: str, manners: Manners) -> None:
    assert is_fit_to_show(told(reader, text, manners))


@pytest.mark.parametrize("reader", READERS)
def test_ten_thousand_characters(reader: str) -> None:
    for text in long_texts():
        assert is_fit_to_show(told(reader, text, MANNERS[0]))


@pytest.mark.parametrize("reader", READERS)
def test_just_under_the_limits_of_the_readers(reader: str) -> None:
    for unit in UNITS:
        for length in (95, 195, 1995):
            assert is_fit_to_show(told(reader, (unit * length)[:length], MANNERS[2]))
