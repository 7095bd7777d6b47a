"""A chart in the chat: a small table, plain and in colours."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

from rich.console import Console

from bot.local.rich_text import RichScreen
from bot.local.screen import Message
from bot.local.text import lines
from handlers.turn import Chart, Series

MOVED = Chart(
    "Price, EUR/pc",
    "EUR/pc",
    ("18 Mar", "25 Mar", "1 Apr"),
    (
        Series("We", (None, Decimal("3.58"), Decimal("3.68"))),
        Series("They", (Decimal("4.12"), Decimal("3.95"), Decimal("3.8"))),
    ),
    whole=9,
    places=2,
)
SAID = """\
WHEN      WE  THEY
18 Mar     -  4.12
25 Mar  3.58  3.95
1 Apr   3.68  3.80
3 of 9 moments shown, first and last among them"""


def test_in_plain_text() -> None:
    assert lines((MOVED,)) == SAID.splitlines()


def test_in_colours() -> None:
    out = StringIO()
    RichScreen(Console(file=out, width=80)).show(Message((MOVED,)))
    shown = [" ".join(line.split()) for line in out.getvalue().splitlines() if line.strip()]
    assert shown == [" ".join(line.split()) for line in SAID.splitlines()]
