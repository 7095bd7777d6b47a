"""What goes on after an acknowledgement is waited for, as long as there is time."""

from __future__ import annotations

import asyncio

from bot.slack.tasks import Tasks


async def test_what_begins_while_it_is_waited_is_finished_too() -> None:
    tasks, done = Tasks(), []

    async def later() -> None:
        await asyncio.sleep(0.02)
        done.append("later")

    async def first() -> None:
        await asyncio.sleep(0.02)
        tasks.start(later())
        done.append("first")

    tasks.start(first())
    await tasks.finish(5)
    assert done == ["first", "later"]


async def test_no_longer_than_there_is_time() -> None:
    tasks = Tasks()
    endless = tasks.start(asyncio.sleep(60))
    await tasks.finish(0.05)
    await asyncio.sleep(0)
    assert endless.cancelled()
