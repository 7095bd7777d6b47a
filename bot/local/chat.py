"""The loop of `prepbot chat`: with a terminal a pleasant one, without one a message a line."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from typing import TYPE_CHECKING

from bot.local.clock import clock
from bot.local.face import LocalFace, Speaker
from bot.local.screen import PlainScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from bot.app import App


def chat(app: App, speaker: Speaker, now: str | None = None) -> int:
    """Talk until the input ends. The exit code: 0 unless Prep itself failed. Raises Misread for a bad `now`."""
    ticking = clock(now, app.database, speaker.user)
    if sys.stdin.isatty() and sys.stdout.isatty():
        from bot.local.terminal import talk

        return talk(app, speaker, ticking)
    return piped(app, speaker, ticking)


def piped(app: App, speaker: Speaker, ticking: Callable[[], datetime]) -> int:
    """One message a line from standard input, plain text to standard output."""
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    face = LocalFace(app, speaker, PlainScreen(_write), ticking, thread=secrets.token_hex(8))
    try:
        face.enter()
        with asyncio.Runner() as runner:
            for message in messages(sys.stdin):
                runner.run(face.hear(message))
    except KeyboardInterrupt:
        return int(face.broke)
    except BrokenPipeError:  # whoever read has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(face.broke)


def messages(lines: Iterable[str]) -> Iterator[str]:
    """A message a line. A line that ends in a backslash goes on in the next one, so that a table can be handed over."""
    held = ""
    for line in lines:
        text = line.rstrip("\r\n")
        if text.endswith("\\") and not text.endswith("\\\\"):
            held += text[:-1] + "\n"
            continue
        yield held + text
        held = ""
    if held:
        yield held.rstrip("\n")


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
