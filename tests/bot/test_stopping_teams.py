"""A process that serves Teams and is told to stop: nothing is half done there either, and nothing is left in doubt."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.serve import GRACE
from storage.database import make_engine
from tests.bot.test_stopping import COSTS, check_reminders, check_turns, fall_due
from tests.doubles.teams import cards
from tests.doubles.teams.client import TeamsClient
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.service import TeamsDouble
from tests.doubles.teams.world import BOT, Conversation, User
from tests.support.served import Served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Engine

PEOPLE = [User(name) for name in ("Ann", "Ben", "Cat", "Dan")]
ANN = PEOPLE[0]
CONFIGURED = {"TEAMS_ALLOW_ANONYMOUS": "true"}
PLAN = ("new quick Acme: housings", "stop", "set acme: volume 30000 a year, horizon 24 months, baseline 3.95")


@pytest.fixture
async def teams() -> AsyncIterator[TeamsDouble]:
    async with TeamsDouble() as double:
        yield double


def slowly(seconds: float) -> Fault:
    """Whatever is called does what it should, and answers so late."""
    return Fault(delay=seconds, accepted=True, times=100_000)


def read(teams: TeamsDouble, place: Conversation) -> str:
    """All that the bot said in a place."""
    posts = [post for post in teams.posts if post.conversation is place]
    return "\n".join(cards.read(card) for post in posts for card in post.cards)


async def prepared(url: str, teams: TeamsDouble) -> tuple[Engine, list[Conversation]]:
    """A plan for each, and a reminder for each of many channels which is due now, all owed by a process that has ended."""
    channels = [teams.channel(*PEOPLE, name=f"room {number}") for number in range(12)]
    async with await Served.start(url, None, **CONFIGURED) as served:
        client = TeamsClient(teams, served.messages)
        for who in PEOPLE:
            for line in PLAN:
                assert (await client.message(who, line, teams.personal(who))).status == 200
        day = (datetime.now(UTC) + timedelta(days=7)).date()
        for channel in channels:
            await client.conversation_update(ANN, channel, membersAdded=[BOT])
            await client.slash(ANN, f"remind here {day} 10:00 check the tool", channel)
        assert read(teams, teams.personal(ANN)).count("10:00, in #room") == len(channels)
        assert (await served.stop())[0] == 0
    teams.posts.clear()
    return make_engine(url), channels


async def talk(client: TeamsClient, teams: TeamsDouble, chance: random.Random) -> set[str]:
    """Each says one thing after the other, until nobody answers any more. The names that were acknowledged."""
    numbers = iter(range(1, 100_000))
    acknowledged: set[str] = set()

    async def one(who: User) -> None:
        while True:
            name = f"Alt {next(numbers)}"
            line = (
                f"batna acme add {name} = 3.5, {COSTS}"
                if chance.random() < 0.5
                else f"new quick {name}: pumps"
            )
            try:
                answer = await client.message(who, line, teams.personal(who))
            except aiohttp.ClientError:
                return
            assert answer.status == 200
            acknowledged.add(name)
            await asyncio.sleep(chance.random() / 50)

    await asyncio.gather(*map(one, PEOPLE))
    return acknowledged


async def test_nothing_is_half_done(database_url: str, teams: TeamsDouble) -> None:
    chance = random.Random(4)
    engine, channels = await prepared(database_url, teams)
    fall_due(engine)
    teams.fail(slowly(0.5))
    async with await Served.start(database_url, None, **CONFIGURED) as served:
        talking = asyncio.create_task(talk(TeamsClient(teams, served.messages), teams, chance))
        await asyncio.sleep(chance.uniform(0.1, 1.2))
        began = time.monotonic()
        served.tell()
        code, log = await served.ended()
        acknowledged = await talking
    assert code == 0, log
    assert time.monotonic() - began < GRACE
    assert "cut_off" not in log
    assert '"stopped"' in log
    check_turns(engine, acknowledged, prepared=len(PEOPLE))
    said = "\n".join(read(teams, teams.personal(who)) for who in PEOPLE)
    assert [name for name in acknowledged if name not in said] == []  # whoever was acknowledged was answered
    check_reminders(engine, [post.conversation.id for post in teams.posts if post.conversation in channels])
    engine.dispose()


async def test_whoever_is_told_twice_stops_at_once_and_says_so(sqlite_url: str, teams: TeamsDouble) -> None:
    async with await Served.start(sqlite_url, None, **CONFIGURED) as served:
        client = TeamsClient(teams, served.messages)
        teams.fail(slowly(30))
        asking = asyncio.create_task(client.message(ANN, "help", teams.personal(ANN)))
        await asyncio.sleep(1)
        began = time.monotonic()
        served.tell()
        await asyncio.sleep(0.3)
        served.tell()
        code, log = await served.ended()
        with pytest.raises(aiohttp.ClientError):
            await asking
    assert (code, time.monotonic() - began < GRACE / 2) == (1, True), log
    assert '"stopped_early"' in log
    assert "told to stop at once" in log
    assert "Traceback" not in log


async def test_what_takes_a_while_is_finished(sqlite_url: str, teams: TeamsDouble) -> None:
    async with await Served.start(sqlite_url, None, **CONFIGURED) as served:
        client = TeamsClient(teams, served.messages)
        await client.message(ANN, "hub", teams.personal(ANN))
        teams.fail(slowly(4))
        asking = asyncio.create_task(client.message(ANN, "terms", teams.personal(ANN)))
        await asyncio.sleep(0.5)
        code, log = await served.stop()
        assert (await asking).status == 200
    assert code == 0, log
    assert "no plan yet that you can read" in read(teams, teams.personal(ANN))


async def test_what_takes_longer_than_there_is_time_is_left_and_said(
    sqlite_url: str, teams: TeamsDouble
) -> None:
    async with await Served.start(sqlite_url, None, **CONFIGURED) as served:
        client = TeamsClient(teams, served.messages)
        teams.fail(slowly(60))
        asking = asyncio.create_task(client.message(ANN, "help", teams.personal(ANN)))
        await asyncio.sleep(1)
        began = time.monotonic()
        served.tell()
        code, log = await served.ended()
        with pytest.raises(aiohttp.ClientError):
            await asking
    assert (code, time.monotonic() - began < GRACE + 2) == (1, True), log
    assert "request_cut_off" in log
    assert "time is over" in log
    assert "Traceback" not in log
