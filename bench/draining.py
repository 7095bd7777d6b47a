"""Ten thousand reminders due on PostgreSQL, drained by two processes and by one.

As a program (`python -m bench.draining URL`) one of these processes: twice it waits for a line, delivers what is due, and says
how much that was. The first time that is little, so that it has loaded what it needs, as a process that runs has.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from datetime import timedelta

from bench import seeding
from bench.measure import Figure, at_most
from bench.postgres import postgres
from bench.reminders import DUE, NOW, Sender
from bot.delivery import Delivery
from storage.database import Database
from storage.tables import Reminder

_PLATFORM, _TEAM = "bench", "T0"
_ROUNDS = 3
_WARM = 60


def together() -> list[Figure]:
    """Two processes against one, in turns; the best round of each counts."""
    taken: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(_ROUNDS):
        for count, times in taken.items():
            with postgres() as url:
                times.append(_drained(url, count))
    two, one = min(taken[2]), min(taken[1])
    return [at_most(f"{DUE:,} due drained by two processes against one, PostgreSQL", two, one, 1, "s")]


def _drained(url: str, count: int) -> float:
    """Seconds from the word until the last of the processes has nothing left to do."""
    database = seeding.fresh(url)
    workspace = seeding.workspace(database, _PLATFORM, _TEAM)
    all_of = DUE + _WARM * count
    seeding.reminders(database, workspace, all_of, due=NOW - timedelta(minutes=1), addresses=all_of)
    processes = [_process(url) for _ in range(count)]
    try:
        for number, process in enumerate(processes):
            _bring_forward(database, number)
            _tell(process)
            _told(process)
        start = time.perf_counter()
        for process in processes:
            _tell(process)
        posted = sum(int(_told(process)) for process in processes)
        seconds = time.perf_counter() - start
    finally:
        for process in processes:
            process.kill()
            process.communicate()
        database.close()
    if posted != DUE:
        raise RuntimeError(f"{posted} of {DUE} were delivered by {count} processes")
    return seconds


def _bring_forward(database: Database, number: int) -> None:
    """Let the few that a process is to begin with be due before all others."""
    due, first = Reminder.__table__, 10 + number * _WARM
    these = due.c.id.in_(range(first, first + _WARM))
    with database.engine.begin() as connection:
        connection.execute(due.update().where(these).values(due_at=NOW - timedelta(hours=2)))
        connection.exec_driver_sql("ANALYZE")


def _process(url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.draining", url]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def _tell(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


async def _deliver(url: str) -> None:
    database = Database(url)
    delivery = Delivery(database, {_PLATFORM: Sender()})
    for now in (NOW - timedelta(hours=1), NOW):
        sys.stdin.readline()
        print(await delivery.deliver(now), flush=True)
    delivery.close()
    database.close()


if __name__ == "__main__":
    asyncio.run(_deliver(sys.argv[1]))
