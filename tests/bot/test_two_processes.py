"""Two processes on one PostgreSQL behind a proxy: whichever is asked, it is one Prep."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
from sqlmodel import Session, select, update

from storage.database import make_engine
from storage.tables import Plan, Reminder
from tests.bot.slack.stage import ANN, ROOM, populate
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.sending import Sender
from tests.support.served import PATIENCE, Served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

ANSWERS = (
    ("Acme, housings, 30k a year, 3.95", "2 of 8"),
    ("today 15:00, their key account manager, up to 5 %", "3 of 8"),
    ("3.45 / 3.70 / 4.05", "4 of 8"),
    ("don't know", "5 of 8"),
    ("Borg 4.18, 12 weeks, 80 %", "6 of 8"),
    ("net 60/45/30; lead 21/28/45", "7 of 8"),
    ("27k minimum if <= 3.74", "8 of 8"),
    ("What drives your cost most on this part?", "87 % ready"),
)


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble(burst=None) as double:
        populate(double)
        double.sender.patience = 30  # however slow the machine that tests
        yield double


@pytest.fixture
async def two(postgresql_url: str, slack: SlackDouble) -> AsyncIterator[list[Served]]:
    async with AsyncExitStack() as stack:
        started = await asyncio.gather(*(Served.start(postgresql_url, slack) for _ in range(2)))
        yield [await stack.enter_async_context(one) for one in started]
        assert [code for code, _ in await asyncio.gather(*(one.stop() for one in started))] == [0, 0]


def told(slack: SlackDouble) -> list[str]:
    """What Ann was told in the direct message."""
    return [slack.reading(m) for m in slack.direct_messages(ANN) if m.bot_id]


async def until(so: Callable[[], bool], what: str) -> None:
    """Wait for what goes on after an acknowledgement."""
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, what
        await asyncio.sleep(0.02)


async def test_a_preparation_goes_on_in_whichever_process_is_asked(
    two: list[Served], slack: SlackDouble
) -> None:
    turns = cycle(two)
    for text, answer in (("new quick Acme: housings", "1 of 8"), *ANSWERS):
        slack.point_at(next(turns).events)
        await slack.dm(ANN, text)
        await until(lambda wanted=answer: wanted in told(slack)[-1] if told(slack) else False, answer)  # type: ignore[misc]
    for one in two:
        slack.point_at(one.events)
        shown = (await slack.command(ANN, ROOM, "/prep", "batna acme")).text
        assert "Borg" in shown
        assert "4.18" in shown


async def test_an_event_that_comes_to_both_acts_once(
    two: list[Served], slack: SlackDouble, postgresql_url: str
) -> None:
    slack.point_at("http://127.0.0.1:1/")  # nobody is there: Slack sends it again
    lost = await slack.dm(ANN, "new quick Acme: housings")
    assert lost.status == 0
    senders = [Sender(slack.secret, patience=30) for _ in two]
    for sender, one in zip(senders, two, strict=True):
        sender.url = one.events
    both = await asyncio.gather(*(sender.again(lost, 1, "http_error") for sender in senders))
    assert [one.status for one in both] == [200, 200]
    await until(lambda: bool(told(slack)), "an answer")
    again = await asyncio.gather(*(sender.again(lost, 2, "http_timeout") for sender in senders))
    assert [one.status for one in again] == [200, 200]
    for sender in senders:
        await sender.close()
    engine = make_engine(postgresql_url)
    with Session(engine) as session:
        assert len(session.exec(select(Plan)).all()) == 1
    engine.dispose()
    assert len(told(slack)) == 1


async def test_a_reminder_is_posted_by_one_of_them(
    two: list[Served], slack: SlackDouble, postgresql_url: str
) -> None:
    slack.point_at(two[0].events)
    for number in range(5):
        day = (datetime.now(UTC) + timedelta(days=7 + number)).date()
        await slack.command(ANN, ROOM, "/prep", f"remind here {day} 10:00 check {number}")
    engine = make_engine(postgresql_url)
    with Session(engine) as session, session.begin():
        session.execute(update(Reminder).values(due_at=datetime.now(UTC) - timedelta(minutes=1)))
    with Session(engine) as session:
        await until(lambda: _all_sent(session), "all are sent")
    engine.dispose()
    posted = [slack.reading(m) for m in slack.messages(ROOM, bot_only=True)]
    assert [sum(f"check {number}" in text for text in posted) for number in range(5)] == [1] * 5


def _all_sent(session: Session) -> bool:
    session.rollback()
    return {row.status for row in session.exec(select(Reminder)).all()} == {"sent"}


async def test_one_may_be_restarted_while_the_other_serves(
    two: list[Served], slack: SlackDouble, postgresql_url: str
) -> None:
    """As in a rolling restart: out of the proxy, told to stop, started again, back in."""
    slack.point_at(two[0].events)
    await slack.command(ANN, ROOM, "/prep", "new quick Acme: housings")
    slack.point_at(two[1].events)
    two[0].tell()
    await slack.dm(ANN, ANSWERS[0][0])
    await until(lambda: "2 of 8" in told(slack)[-1], "2 of 8")
    assert (await two[0].ended())[0] == 0
    async with await Served.start(postgresql_url, slack) as again:
        slack.point_at(again.events)
        await slack.dm(ANN, ANSWERS[1][0])
        await until(lambda: "3 of 8" in told(slack)[-1], "3 of 8")
        assert (await again.stop())[0] == 0
    two[0] = two[1]
