"""Whatever is typed: an answer or an expected error, and soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.errors import Expected
from handlers.manners import Manners
from handlers.reading import choices, dates, durations, moments, names, numbers, pairs, plain, tables, trades

NOW = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
KEYS = {"start": "start", "stop": "stop", "walk away": "stop", "auto-renew": "auto", "notice": "notice"}
MANNERS = [Manners(), Manners(locale="en_US"), Manners(locale="de_DE"), Manners(locale="xx_YY")]
READERS: dict[str, Callable[[str, Manners], Any]] = {
    "plain": lambda text, _: plain.plain(text),
    "references": lambda text, _: plain.references(text),
    "channel": lambda text, _: plain.read_channel(text),
    "member": lambda text, _: plain.read_member(text),
    "number": numbers.read_number,
    "percent": numbers.read_percent,
    "triple": numbers.read_triple,
    "duration": lambda text, _: durations.read_duration(text),
    "date": lambda text, manners: dates.read_date(text, date(2026, 4, 1), manners),
    "moment": lambda text, manners: moments.read_moment(text, NOW, manners),
    "fields": lambda text, _: pairs.split_fields(text),
    "pairs": lambda text, _: pairs.read_pairs(text, KEYS),
    "trade": lambda text, _: trades.read_trade(text),
    "names": lambda text, _: names.match(text, {1: ["Acme", text], 2: ["Borg"]}),
    "table": lambda text, _: tables.read_table(text),
    "rows": lambda text, _: tables.read_rows(text, KEYS),
    "yes or no": lambda text, _: choices.read_yes_no(text),
    "not knowing": lambda text, _: choices.is_dont_know(text),
}
_PIECES = """
1 1. 1, 1§ ; " ' | - --| -> < <# <@a| &lt; & <!a <http: a a§ A1§ € % / ?§ 🙂 👩‍👩‍👧 مرحبا§ ½ ٣ start§1,§ x=1,§ : . st e9
,§ §to§1 §1§to§1 §for§ and§ 1§and§1 ';§DROP§TABLE§plans;§-- <script>alert(1)</script> =cmd|'§/C§calc'!A0
"""
UNITS = [piece.replace("§", " ") for piece in _PIECES.split()] + ["\n", "\t", "\u202e", "\x00", "\ud800"]
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


def attempt(reader: str, text: str, manners: Manners) -> None:
    lines = ["read"]
    try:
        READERS[reader](text, manners)
    except Expected as expected:
        lines = expected.lines
    assert all(lines)
    assert max(map(len, lines)) < 400


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=150, deadline=None)
@given(text=texts, manners=st.sampled_from(MANNERS))
def test_only_expected_errors(reader: str, text: str, manners: Manners) -> None:
    attempt(reader, text, manners)


@pytest.mark.parametrize("reader", READERS)
def test_ten_thousand_characters_stay_quick(reader: str) -> None:
    for unit in UNITS:
        for text in (
            (unit * 10_000)[:10_000],
            (unit * 10_000)[:9_990] + "\x01x!",
            "price " + (unit * 2000)[:1900] + " x",
        ):
            begin = time.process_time()
            attempt(reader, text, MANNERS[0])
            assert time.process_time() - begin < 1, unit


@pytest.mark.parametrize("reader", READERS)
def test_just_under_the_limits_of_the_readers(reader: str) -> None:
    for unit in UNITS:
        for length in (95, 195, 1995):
            attempt(reader, (unit * length)[:length], MANNERS[2])
