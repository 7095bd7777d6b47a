"""Reading what somebody pasted: 10,000 characters of anything against one plain pass over the same text."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from bench.measure import Figure, at_most
from handlers.errors import Expected
from handlers.manners import Manners
from handlers.reading import choices, dates, durations, moments, names, numbers, pairs, plain, tables, trades

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
KEYS = {"start": "start", "stop": "stop", "walk away": "stop", "auto-renew": "auto", "notice": "notice"}
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
"""What a text is made of by saying it again and again: what patterns that go back and forth choke on."""
LENGTH = 10_000
_FLOOR = re.compile(r"\w|\W")


def long_texts() -> Iterator[str]:
    """Texts of LENGTH characters, each of one piece over and over, with and without a strange end."""
    for unit in UNITS:
        text = (unit * LENGTH)[:LENGTH]
        yield from (text, text[:-10] + "\x01x!", "price " + text[:1900] + " x")


def ten_thousand_characters() -> list[Figure]:
    """The slowest reader on its slowest text, against finding its characters one by one."""
    slowest = (0.0, 0.0, 1.0)
    for text in long_texts():
        floor = _best(lambda text=text: _FLOOR.findall(text))  # type: ignore[misc]
        for read in READERS.values():
            taken = _best(lambda text=text, read=read: _attempt(read, text))  # type: ignore[misc]
            slowest = max(slowest, (taken / floor, taken, floor))
    return [at_most("reading 10,000 characters, the slowest reader", slowest[1], slowest[2], 40)]


def _attempt(read: Callable[[str, Manners], Any], text: str) -> None:
    with suppress(Expected):
        read(text, Manners())


def _best(call: Callable[[], Any]) -> float:
    """Microseconds, the best of three."""
    return min(_once(call) for _ in range(3))


def _once(call: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1e6
