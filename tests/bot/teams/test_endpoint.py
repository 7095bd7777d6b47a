"""POST /api/messages: what is turned away before anybody looks into it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from tests.bot.teams.conftest import Bot

JSON = "application/json"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"null", JSON, 400),
        (b"{", JSON, 400),
        (b"", JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b'{"text": "\xff"}', JSON, 400),
        (b"{}", JSON, 400),
        (b"{}", "text/plain", 415),
        (b"9" * (2**20 + 1), JSON, 413),
    ],
    ids=["null", "broken", "empty", "deep", "encoding", "no activity", "no JSON", "large"],
)
async def test_turned_away(bot: Bot, content: bytes, kind: str, status: int) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(bot.endpoint, data=BytesIO(content), headers={"Content-Type": kind}) as response,
    ):
        assert response.status == status
    assert (bot.heard, bot.errors) == ([], [])


async def test_only_posts(bot: Bot) -> None:
    async with aiohttp.ClientSession() as session, session.get(bot.endpoint) as response:
        assert response.status == 405
