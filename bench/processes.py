"""What a process costs that does nothing yet: memory after start, and the time to a first answer."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Figure, at_most

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
    """The first answer of `prepbot chat` against importing sqlmodel: on a database at head, and on a first run."""
    with TemporaryDirectory() as folder:
        floor = _best([sys.executable, "-c", "import sqlmodel"], folder)
        first = min(_first_run(folder, number) for number in range(3))
        ours = _best([str(_prepbot()), "chat"], folder, say="help\n")
    return [
        at_most("chat: first answer, schema at head", ours, floor, 2, "ms"),
        at_most("chat: first answer, first run", first, floor, 3, "ms"),
    ]


def _prepbot() -> Path:
    return Path(sys.executable).parent / "prepbot"


def _first_run(folder: str, number: int) -> float:
    return _once([str(_prepbot()), "chat"], folder, say="help\n", database=f"first_{number}.db")


def _best(command: list[str], folder: str, say: str = "") -> float:
    _once(command, folder, say=say)
    return statistics.median(_once(command, folder, say=say) for _ in range(7))


def _once(command: list[str], folder: str, *, say: str, database: str = "prep.db") -> float:
    """Milliseconds until the process ended (it ends with its input)."""
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
