"""A Prep to talk to, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Nobody has said anything yet."""
    talk = Talk(database_url)
    yield talk
    talk.close()
