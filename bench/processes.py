"""What a process costs that does nothing yet: memory after start, and the time to a first answer."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.measure import Figure, at_most

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS = 9
_FLOOR_MEMORY = "import slack_bolt.async_app, aiohttp, sqlmodel"
_OUR_MEMORY = """
import asyncio
from bot.app import build
from bot.config import Settings
from bot.serve import start
from pydantic import SecretStr
settings = Settings(_env_file=None, database_url="sqlite:///{folder}/memory.db", port=0,
    slack_bot_token=SecretStr("xoxb-1"), slack_signing_secret=SecretStr("s"), slack_api_url="http://127.0.0.1:1/api/")
async def main():
    running = await start(settings)
    print_memory()
    await running.stop()
"""
_PRINT = """
def print_memory():
    with open("/proc/self/status") as status:
        print(next(line for line in status if line.startswith("VmRSS")).split()[1])
"""


def chat_start() -> list[Figure]:
    """The first answer of `prepbot chat` against importing sqlmodel: on a database at head, and on a first run.

    What is compared alternates, so that a noisy moment of the machine meets all; the median of each counts.
    """
    with TemporaryDirectory() as folder:
        kinds: dict[str, Callable[[int], float]] = {
            "floor": lambda _: _ended([sys.executable, "-c", "import sqlmodel"], folder),
            "help": lambda _: _answered(folder, "help"),
            "batna": lambda _: _answered(folder, "batna"),
            "first": lambda turn: _answered(folder, "help", database=f"first_{turn}.db"),
        }
        for kind in kinds.values():  # to meet compiled files, and a database at head
            kind(0)
        taken = {name: statistics.median(times) for name, times in _in_turns(kinds).items()}
    floor = taken["floor"]
    return [
        at_most("chat: first answer (help)", taken["help"], floor, 2, "ms"),
        at_most("chat: first answer (batna)", taken["batna"], floor, 2, "ms"),
        at_most("chat: first answer, first run", taken["first"], floor, 3, "ms"),
    ]


def _in_turns(kinds: dict[str, Callable[[int], float]]) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    for turn in range(1, _ROUNDS + 1):
        for name, kind in kinds.items():
            taken[name].append(kind(turn))
    return taken


def _answered(folder: str, words: str, *, database: str = "prep.db") -> float:
    """Milliseconds until `prepbot chat` has answered these words and ended: the end is part of it, as in the floor."""
    return _ended(
        [str(Path(sys.executable).parent / "prepbot"), "chat"], folder, say=f"{words}\n", database=database
    )


def _ended(command: list[str], folder: str, *, say: str = "", database: str = "prep.db") -> float:
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/{database}", "HOME": folder}
    start = time.perf_counter()
    subprocess.run(command, input=say.encode(), env=env, check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000


def memory() -> list[Figure]:
    """Resident memory after start, Slack and reminders on, against a process that only imports the libraries."""
    with TemporaryDirectory() as folder:
        floor = _resident(f"{_PRINT}\n{_FLOOR_MEMORY}\nprint_memory()")
        ours = _resident(f"{_PRINT}\n{_OUR_MEMORY.format(folder=folder)}\nasyncio.run(main())")
    return [at_most("memory after start", ours, floor, 1.5, "MB")]


def _resident(script: str) -> float:
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) / 1024
