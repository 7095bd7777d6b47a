"""What README shows of the chat is what the process prints, line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.local_chat import prepbot
from tools.transcript import README, blocks, runs, said

TEXT = README.read_text(encoding="utf-8")


@pytest.mark.parametrize("block", blocks(TEXT))
def test_a_transcript_is_what_the_chat_prints(block: str, sqlite_url: str) -> None:
    printed: list[str] = []
    for run in runs(block):
        done = prepbot(sqlite_url, "chat", *run.arguments, typed="".join(f"{line}\n" for line in run.typed))
        assert (done.returncode, done.stderr) == (0, "")
        printed += [line for line in done.stdout.splitlines() if line.strip()]
    assert said(block) == printed, "`python -m tools.transcript` writes it anew"


def test_there_is_a_transcript() -> None:
    assert blocks(TEXT)


def test_links_lead_to_files() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", TEXT) if "://" not in link]
    assert links
    assert [link for link in links if not (README.parent / Path(link)).exists()] == []
