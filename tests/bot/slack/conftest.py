"""A stage for the tests of the Slack face; nothing may go wrong on it that a person would see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.slack.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """On SQLite, where most of the face's tests need no second database."""
    async with staged(sqlite_url) as found:
        yield found
        assert found.slack.troubles == []


@pytest.fixture
async def anywhere(database_url: str) -> AsyncIterator[Stage]:
    """On both databases."""
    async with staged(database_url) as found:
        yield found
        assert found.slack.troubles == []
