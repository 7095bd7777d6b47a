"""A house for the tests of many workspaces, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.slack.oauth.stage import House, housed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """Nothing is installed yet, and nothing may go wrong that a person would see."""
    async with housed(database_url) as found:
        yield found
        assert found.slack.troubles == []
