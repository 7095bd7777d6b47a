"""The floor of the drain: APScheduler with its own job store, as many jobs due at once."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import create_engine

from storage.database import driver_url

_LEFT = 0
_DONE: asyncio.Event | None = None


async def job(_number: int) -> None:
    """What is due: nothing but that it was called."""
    global _LEFT
    _LEFT -= 1
    if _LEFT == 0 and _DONE is not None:
        _DONE.set()


async def drain(url: str, count: int) -> float:
    """Seconds until all jobs ran, from the moment the scheduler starts."""
    global _LEFT, _DONE
    _LEFT, _DONE = count, asyncio.Event()
    engine = create_engine(driver_url(url))
    scheduler = AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(engine=engine)}, timezone="UTC")
    scheduler.start(paused=True)
    when = datetime.now(UTC) - timedelta(seconds=1)
    for number in range(count):
        scheduler.add_job(
            job, "date", run_date=when, args=(number,), misfire_grace_time=None, max_instances=count
        )
    start = time.perf_counter()
    scheduler.resume()
    await asyncio.wait_for(_DONE.wait(), 300)
    taken = time.perf_counter() - start
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0)
    engine.dispose()
    return taken
