"""The local chat for tests: in this process, and as the real process with pipes."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.local.face import LocalFace, Speaker
from bot.local.screen import PlainScreen

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import App

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def talk(
    app: App, *lines: str, user: str = "ann", channel: str = "", external: bool = False, guest: bool = False
) -> list[str]:
    """One run of the chat; what each line brought."""
    shown: list[str] = []
    face = LocalFace(
        app,
        Speaker(user, guest, channel, external),
        PlainScreen(shown.append),
        lambda: START,
        os.urandom(4).hex(),
    )
    face.enter()
    answers = []
    for line in lines:
        shown.clear()
        asyncio.run(face.hear(line))
        answers.append("".join(shown).strip("\n"))
    return answers


def environment(database_url: str, **more: str) -> dict[str, str]:
    """What a process of the tests sees: a database, and nothing else of how the machine is configured."""
    return {"DATABASE_URL": database_url, "PATH": os.environ["PATH"], "PYTHONWARNINGS": "error", **more}


def prepbot(
    database_url: str, *arguments: str, typed: str = "", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `prepbot` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=environment(database_url),
        cwd=cwd,
    )
