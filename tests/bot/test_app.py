"""A schema that is brought up in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.app import prepare_apart
from storage.migrate import HEAD, lags, state

if TYPE_CHECKING:
    from pathlib import Path


def test_it_is_at_head_afterwards(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/prep.db"
    assert lags(url)
    prepare_apart(url)
    assert state(url) == HEAD
    assert not lags(url)


def test_what_cannot_be_used_is_left_to_whoever_says_why(tmp_path: Path) -> None:
    (tmp_path / "prep.db").write_text("no database")
    for url in (f"sqlite:///{tmp_path}/prep.db", "oracle://x/y", "nonsense"):
        assert not lags(url)
        prepare_apart(url)
    assert (tmp_path / "prep.db").read_text() == "no database"
