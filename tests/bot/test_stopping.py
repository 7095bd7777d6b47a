"""A process that is told to stop while people talk and reminders go out: nothing is half done, nothing is left in doubt."""

from __future__ import annotations

import asyncio
import random
import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlmodel import Session, col, select, update

from bot.serve import GRACE
from storage.database import make_engine
from storage.tables import Alternative, Conversation, Plan, PlanAccess, PlanName, Reminder
from tests.bot.slack.stage import ANN, BOB, ROOM, populate
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.faults import slow
from tests.support.served import Served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Engine

CHANNELS = [f"C7X{number}" for number in range(12)]
ASKED = "I have sent you the question in our direct message"
COSTS = "freight 0.14, inspection 0.06, one-off 24000 tooling"


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble(burst=None) as double:
        populate(double)
        double.sender.patience = 30  # however slow the machine that tests
        for channel in CHANNELS:
            double.world.add_channel(channel, channel.lower(), [ANN, BOB])
        yield double


async def prepared(url: str, slack: SlackDouble) -> Engine:
    """A plan, and a reminder for each of many channels which is due now, all owed by a process that has ended."""
    served = await Served.start(url, slack)
    async with served:
        await _prepare(served, slack)
        assert (await served.stop())[0] == 0
    return make_engine(url)


async def _prepare(served: Served, slack: SlackDouble) -> None:
    slack.point_at(served.events)
    for line in (
        "new quick Acme: housings",
        "stop",
        "set acme: volume 30000 a year, horizon 24 months, baseline 3.95",
    ):
        assert (await slack.command(ANN, ROOM, "/prep", line)).status == 200
    day = (datetime.now(UTC) + timedelta(days=7)).date()
    for channel in CHANNELS:
        answer = await slack.command(ANN, channel, "/prep", f"remind here {day} 10:00 check {channel}")
        assert "check" in answer.text, answer.text


def fall_due(engine: Engine) -> None:
    """Time passes: all that is owed is due."""
    with Session(engine) as session, session.begin():
        session.execute(update(Reminder).values(due_at=datetime.now(UTC) - timedelta(minutes=1)))


async def talk(slack: SlackDouble, chance: random.Random, acknowledged: set[str]) -> None:
    """Several turns at once, of several rows each, until nobody answers any more. The names that were acknowledged."""
    numbers = iter(range(1, 100_000))

    async def one() -> None:
        while True:
            name = f"Alt {next(numbers)}"
            line = (
                f"batna acme add {name} = 3.5, {COSTS}"
                if chance.random() < 0.5
                else f"new quick {name}: pumps"
            )
            answer = await slack.command(ANN, ROOM, "/prep", line)
            if answer.status == 0:
                return
            assert answer.status == 200, answer
            if (
                name in answer.text or ASKED in answer.text
            ):  # rather than that Slack did not say in time who asks
                acknowledged.add(name)
            await asyncio.sleep(chance.random() / 50)

    await asyncio.gather(*(one() for _ in range(4)))


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_nothing_is_half_done(database_url: str, slack: SlackDouble, seed: int) -> None:
    chance = random.Random(seed)
    engine = await prepared(database_url, slack)
    fall_due(engine)
    slack.fail(slow(0.5), "chat.postMessage")
    acknowledged: set[str] = set()
    async with await Served.start(database_url, slack) as served:
        slack.point_at(served.events)
        talking = asyncio.create_task(talk(slack, chance, acknowledged))
        await asyncio.sleep(chance.uniform(0.1, 1.2))
        began = time.monotonic()
        served.tell()
        code, log = await served.ended()
        await talking
    assert code == 0, log
    assert time.monotonic() - began < GRACE
    assert "cut_off" not in log
    assert '"stopped"' in log
    check_turns(engine, acknowledged)
    posted = [slack.reading(m) for c in CHANNELS for m in slack.messages(c, bot_only=True)]
    check_reminders(engine, [re.findall(r"C7X\d+", text)[0] for text in posted])
    engine.dispose()


def check_turns(engine: Engine, acknowledged: set[str], prepared: int = 1) -> None:
    """Whatever was acknowledged is there, and whatever is there is whole. `prepared`: plans whose questions were stopped."""
    with Session(engine) as session:
        ways = session.exec(select(Alternative)).all()
        names = session.exec(select(PlanName)).all()
        plans = set(session.exec(select(Plan.id)).all())
        owned = set(session.exec(select(PlanAccess.plan_id)).all())
        begun = set(session.exec(select(Conversation.plan_id)).all())
    assert acknowledged
    assert acknowledged <= {row.name for row in (*ways, *names)}
    assert all(len(row.items) == 3 for row in ways)
    assert plans == owned == {row.plan_id for row in names}
    assert len(plans - begun) == prepared


def check_reminders(engine: Engine, told: list[str]) -> None:
    """What was posted is marked so, what is not is owed as before; nothing is leased or in doubt. `told`: where it was."""
    with Session(engine) as session:
        rows = session.exec(select(Reminder).order_by(col(Reminder.id))).all()
    assert len(told) == len(set(told))
    assert {row.address for row in rows if row.status == "sent"} == set(told)
    assert [row.address for row in rows if row.lease_by or row.posting or row.doubted_at] == []
    assert {row.status for row in rows} <= {"pending", "sent"}


async def test_whoever_is_told_twice_stops_at_once_and_says_so(sqlite_url: str, slack: SlackDouble) -> None:
    async with await Served.start(sqlite_url, slack) as served:
        slack.point_at(served.events)
        slack.fail(slow(30), "users.info")
        asking = asyncio.create_task(slack.command(ANN, ROOM, "/prep", "help"))
        await asyncio.sleep(1)
        began = time.monotonic()
        served.tell()
        await asyncio.sleep(0.3)
        served.tell()
        code, log = await served.ended()
        await asking
    assert (code, time.monotonic() - began < GRACE / 2) == (1, True), log
    assert '"stopped_early"' in log
    assert "told to stop at once" in log
    assert "Traceback" not in log


async def test_what_takes_longer_than_there_is_time_is_left_and_said(
    sqlite_url: str, slack: SlackDouble
) -> None:
    async with await Served.start(sqlite_url, slack) as served:
        slack.point_at(served.events)
        for method in ("chat.postMessage", "chat.postEphemeral", "conversations.open"):
            slack.fail(slow(60), method)
        asking = asyncio.create_task(slack.mention(ANN, ROOM, "help"))
        await asyncio.sleep(1)
        began = time.monotonic()
        served.tell()
        code, log = await served.ended()
        assert (await asking).status == 200  # what was to follow the acknowledgement does not come any more
    assert (code, time.monotonic() - began < GRACE + 2) == (1, True), log
    assert "answers_cut_off" in log
    assert "time is over" in log
    assert "Traceback" not in log
