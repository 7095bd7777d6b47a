"""What is told of a service that is busy, broken, slow or gone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.connector import (
    Limits,
    OutcomeUnknown,
    RateLimited,
    Sent,
    Unreachable,
)
from tests.bot.teams.stage import ANNA, spoken
from tests.doubles.teams.faults import Fault

if TYPE_CHECKING:
    from tests.bot.teams.stage import Bot, Start


class TestTrouble:
    @pytest.fixture
    async def reference(self, bot: Bot) -> dict[str, Any]:
        return await spoken(bot, ANNA, bot.teams.personal(ANNA))

    @pytest.mark.parametrize("status", [412, 429])
    async def test_busy_is_asked_again(self, bot: Bot, reference: dict[str, Any], status: int) -> None:
        bot.teams.fail(Fault(status=status, times=2))
        assert isinstance(await bot.connector.send(reference, {"text": "x"}), Sent)
        assert bot.clock.slept == [0.5, 1.0]
        assert len(bot.teams.posts) == 1

    async def test_the_service_says_how_long(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(status=429, retry_after=3))
        assert isinstance(await bot.connector.send(reference, {"text": "x"}), Sent)
        assert bot.clock.slept == [3.5]

    async def test_a_long_wait_is_the_callers(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(status=429, retry_after=60))
        assert await bot.connector.send(reference, {"text": "x"}) == RateLimited(60.5)
        assert bot.clock.slept == []

    async def test_busy_for_good(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(status=412, times=99))
        assert await bot.connector.send(reference, {"text": "x"}) == RateLimited(4.0)
        assert bot.clock.slept == [0.5, 1.0, 2.0]
        assert bot.teams.posts == []

    async def test_the_real_limits_slow_a_burst_and_lose_nothing(
        self, bot: Bot, reference: dict[str, Any]
    ) -> None:
        outcomes = [await bot.connector.send(reference, {"text": str(n)}) for n in range(20)]
        assert all(isinstance(outcome, Sent) for outcome in outcomes)
        assert [post.text for post in bot.teams.posts] == [str(n) for n in range(20)]
        assert bot.clock.slept

    @pytest.mark.parametrize("status", [500, 502, 504])
    async def test_the_service_gave_up(self, bot: Bot, reference: dict[str, Any], status: int) -> None:
        bot.teams.fail(Fault(status=status, accepted=True))
        assert isinstance(await bot.connector.send(reference, {"text": "x"}), OutcomeUnknown)
        assert len(bot.teams.posts) == 1, "not sent a second time"

    async def test_an_answer_that_is_lost(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(drop=True, accepted=True))
        assert await bot.connector.send(reference, {"text": "x"}) == OutcomeUnknown("connection")
        assert len(bot.teams.posts) == 1

    async def test_a_question_may_be_put_again_whatever_happened(
        self, bot: Bot, reference: dict[str, Any]
    ) -> None:
        for fault in (Fault(drop=True), Fault(status=502), Fault(status=500)):
            bot.teams.fail(fault)
            assert isinstance(await bot.connector.member(reference, ANNA.id), Unreachable)

    async def test_not_available(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(status=503))
        assert await bot.connector.send(reference, {"text": "x"}) == Unreachable("ServiceUnavailable")

    async def test_down_and_up_again(self, bot: Bot, reference: dict[str, Any]) -> None:
        await bot.teams.down()
        assert await bot.connector.send(reference, {"text": "x"}) == Unreachable("connect")
        await bot.teams.up()
        assert isinstance(await bot.connector.send(reference, {"text": "x"}), Sent)

    async def test_slow(self, start: Start) -> None:
        bot = await start(limits=Limits(connect=1, whole=0.2))
        reference = await spoken(bot, ANNA, bot.teams.personal(ANNA))
        bot.teams.fail(Fault(delay=0.6))
        async with asyncio.timeout(0.5):
            assert await bot.connector.send(reference, {"text": "x"}) == OutcomeUnknown("connection")
