"""What a process costs that does nothing yet: memory after start, and the time to a first answer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.request import urlopen

from bench.measure import Figure, at_most

if TYPE_CHECKING:
    from collections.abc import Callable

_LIBRARIES = "import slack_bolt.async_app, aiohttp, sqlmodel"
_ROUNDS = 15
_PATIENCE = 60.0  # seconds


def chat_start() -> list[Figure]:
    """The first answer of `prepbot chat` against importing sqlmodel: on a database at head, and on a first run.

    What is compared alternates, so that a noisy moment of the machine meets all; the best round of each counts.
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
        taken = {name: min(times) for name, times in _in_turns(kinds).items()}
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
    return _ended([prepbot(), "chat"], folder, say=f"{words}\n", database=database)


def _ended(command: list[str], folder: str, *, say: str = "", database: str = "prep.db") -> float:
    env = {**environment(), "DATABASE_URL": f"sqlite:///{folder}/{database}", "HOME": folder}
    start = time.perf_counter()
    subprocess.run(command, input=say.encode(), env=env, check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000


def prepbot() -> str:
    """The program beside this Python."""
    return str(Path(sys.executable).parent / "prepbot")


def environment() -> dict[str, str]:
    """This environment without what changes Python: compiled files are written and read, as wherever Prep is used."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def memory() -> list[Figure]:
    """Resident memory of `prepbot run` with Slack and reminders on, once it is ready, against a process that only imports
    the libraries. The first start made the database as well, for which it loaded alembic."""
    with TemporaryDirectory() as folder:
        floor = _ready_resident([sys.executable, "-c", f"{_LIBRARIES}; print(flush=True); input()"], _spoken)
        first, again = (_served(folder) for _ in range(2))
    return [
        at_most("memory after start", again, floor, 1.5, "MB"),
        at_most("memory after start, first run", first, floor, 1.5, "MB"),
    ]


def _served(folder: str) -> float:
    port = free_port()
    settings = {
        "DATABASE_URL": f"sqlite:///{folder}/memory.db",
        "PORT": str(port),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "s",
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
    }
    return _ready_resident([prepbot(), "run"], lambda _: wait_until_ready(port), **settings)


def _ready_resident(
    command: list[str], wait: Callable[[subprocess.Popen[bytes]], object], **env: str
) -> float:
    """Megabytes that a process holds once it is ready."""
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=quiet, env={**environment(), **env}
    ) as process:
        try:
            wait(process)
            return resident(process.pid)
        finally:
            process.terminate()


def resident(pid: int) -> float:
    """Megabytes that a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _spoken(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    process.stdout.readline()


def wait_until_ready(port: int) -> None:
    """Until `prepbot run` says at this port that it is ready; `TimeoutError` after a minute."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            if answer.status == HTTPStatus.OK:
                return
        time.sleep(0.1)
    raise TimeoutError("prepbot run did not become ready")
