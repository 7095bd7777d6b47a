"""The chat at a terminal: what completion offers, what a newcomer sees, and how one leaves."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from rich.console import Console

from bot.local.rich_text import RichScreen
from bot.local.screen import Message
from bot.local.terminal import Words
from bot.local.text import buttons_of
from handlers.turn import Choice, Choices, Facts, Heading, Table, Warn
from tests.support.local_chat import START, environment, prepbot, talk
from tests.support.parrot import build_parrot

if TYPE_CHECKING:
    from collections.abc import Iterator

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
_STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")


class Terminal:
    """A chat at a pseudo-terminal."""

    def __init__(self, url: str, *options: str) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "chat", *options],
            stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
            env=environment(url, TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1", COLUMNS="80", LINES="40"),
        )  # fmt: skip
        os.close(theirs)
        self._raw = b""
        self._read = 0

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Read on until a text appears. Keys are pressed once the prompt stands: before, the terminal itself takes them."""
        end = time.monotonic() + seconds
        while (at := self._seen().find(text, self._read)) < 0:
            assert time.monotonic() < end, f"{text!r} did not appear in {self._seen()!r}"
            if select.select([self._ours], [], [], 0.2)[0]:
                with suppress(OSError):  # how Linux tells that the other end is closed
                    self._raw += os.read(self._ours, 65_536)
        self._read = at + len(text)

    def _seen(self) -> str:
        return _STEERING.sub("", self._raw.decode(errors="ignore"))

    def close(self) -> int:
        """How the process ended."""
        code = self.process.wait(30)
        os.close(self._ours)
        return code


@pytest.mark.parametrize("leaving", ["\x04", "\x03"], ids=["Ctrl-D", "Ctrl-C"])
def test_a_newcomer_is_told_what_to_type_and_leaves_politely(sqlite_url: str, leaving: str) -> None:
    terminal = Terminal(sqlite_url, "--user", "ann")
    terminal.wait_for("new Acme: housings")
    terminal.wait_for("ann ›")
    terminal.type("plans\r")
    terminal.wait_for("[1]")
    terminal.wait_for("ann ›")
    terminal.type(leaving)
    terminal.wait_for("Everything you told me is kept")
    assert terminal.close() == 0


def test_who_has_a_plan_sees_it_at_the_start(sqlite_url: str) -> None:
    prepbot(sqlite_url, "chat", "--user", "ann", typed="new quick Zenith: housings\n")
    terminal = Terminal(sqlite_url, "--user", "ann")
    terminal.wait_for("Zenith: housings")
    terminal.wait_for("ann ›")
    terminal.type("\x04")
    terminal.wait_for("Bye")
    assert terminal.close() == 0


@pytest.fixture
def words(sqlite_url: str) -> Iterator[Words]:
    app = build_parrot(sqlite_url)
    talk(app, "say hello")
    yield Words(app, "ann", lambda: START)
    app.close()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("le", ["letters "]), ("/prep s", ["say ", "seen ", "skip ", "start "]), ("say x", []), ("zzz", [])],
)
def test_completion_offers_commands(words: Words, typed: str, offered: list[str]) -> None:
    found = words.get_completions(Document(typed), CompleteEvent())
    assert [completion.text for completion in found] == offered


def test_in_colours_the_words_are_the_same() -> None:
    console = Console(width=80, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    parts = (
        Heading("Acme [bold]"),
        Warn(("late",)),
        Facts((("Limit", "4.05"),)),
        Table(("Term", "We"), (("price", "3.68"),), frozenset({1})),
        Choices((Choice("Judge offer", "x", primary=True), Choice("Wipe", "y", danger=True))),
    )
    RichScreen(console).show(Message(parts, buttons_of(parts), "#acme", ("(edited)",)))
    shown = [" ".join(line.split()) for line in console.export_text().splitlines() if line.strip()]
    console.file.close()
    assert shown == [
        "#acme:",
        "(edited)",
        "Acme [bold]",
        "! late",
        "Limit 4.05",
        "Term We",
        "price 3.68",
        "[1] Judge offer [2] Wipe",
    ]
