"""The transcripts in README.md are what the chat really says: `python -m tools.transcript` writes them anew.

A transcript is a block of the kind `console`. `$ prepbot chat ...` starts a run, `> ` stands before what is typed, and all
else is what Prep says. The runs of a block share a database, which is no other block's.
"""

from __future__ import annotations

import asyncio
import re
import shlex
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.app import App, build
from bot.cli import arguments_of
from bot.config import Settings
from bot.local.clock import clock
from bot.local.face import LocalFace, Speaker
from bot.local.screen import PlainScreen

README = Path(__file__).resolve().parent.parent / "README.md"
_BLOCK = re.compile(r"(?<=^```console\n)\$ prepbot chat.*?(?=^```$)", re.MULTILINE | re.DOTALL)
_RUN, _TYPED = "$ prepbot chat", "> "


@dataclass(frozen=True, slots=True)
class Run:
    """One start of the chat: its arguments, and what is typed."""

    arguments: tuple[str, ...]
    typed: tuple[str, ...]


def blocks(text: str) -> list[str]:
    """The transcripts in a text."""
    return _BLOCK.findall(text)


def runs(block: str) -> list[Run]:
    """The runs of a transcript."""
    found: list[Run] = []
    for line in block.splitlines():
        if line.startswith(_RUN):
            found.append(Run(tuple(shlex.split(line.removeprefix(_RUN))), ()))
        elif line.startswith(_TYPED):
            found[-1] = Run(found[-1].arguments, (*found[-1].typed, line.removeprefix(_TYPED)))
    return found


def said(block: str) -> list[str]:
    """The lines in a transcript that Prep says, without blank ones."""
    return [line for line in block.splitlines() if line.strip() and not line.startswith((_RUN, _TYPED))]


def written(text: str) -> str:
    """The text with what the chat says today."""
    return _BLOCK.sub(lambda found: _play(runs(found[0])), text)


def _play(several: list[Run]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        app = build(Settings(database_url=f"sqlite:///{folder}/prep.db", _env_file=None))  # type: ignore[call-arg]
        try:
            return "\n".join(_run_lines(app, run) for run in several)
        finally:
            app.close()


def _run_lines(app: App, run: Run) -> str:
    options = arguments_of(["chat", *run.arguments])
    speaker = Speaker(options.user, options.guest, options.channel, options.external)
    heard: list[str] = []
    face = LocalFace(
        app, speaker, PlainScreen(heard.append), clock(options.now, app.database, speaker.user), "one"
    )
    face.enter()
    out = [" ".join([_RUN, *map(shlex.quote, run.arguments)]), ""]
    for line in run.typed:
        heard.clear()
        asyncio.run(face.hear(line))
        out += [f"{_TYPED}{line}", *([text] if (text := "".join(heard).strip("\n")) else []), ""]
    return "\n".join(out)


def main() -> None:
    """Write README.md anew."""
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
