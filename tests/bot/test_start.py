"""What is loaded before the first answer, and by a server that waits. Time and memory are measured in `bench`."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.local_chat import environment, prepbot

CHAT = """
import sys
from bot.cli import main
main(["chat"])
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""
SERVER = """
import asyncio, sys
from bot.config import Settings
from bot.serve import start
async def main():
    running = await start(Settings(_env_file=None, port=0))
    print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
    await running.stop()
asyncio.run(main())
"""
HEAVY = {
    "aiohttp", "alembic", "apscheduler", "babel", "botbuilder", "holidays", "matplotlib", "prompt_toolkit", "psycopg",
    "rapidfuzz", "rich", "slack_bolt", "slack_sdk", "structlog",
}  # fmt: skip
NOT_FOR_SLACK = {"alembic", "botbuilder", "botframework", "matplotlib", "msal", "prompt_toolkit", "psycopg"}


def loaded(script: str, url: str, typed: str = "", **env: str) -> set[str]:
    """The modules that were loaded when the script ended."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=typed,
        env=environment(url, **env),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    modules = set(done.stderr.split())
    assert "storage.tables" in modules
    return modules


PLAN = """new Acme: housings, quick
stop
set acme: volume 120000 a year, baseline 3.95
batna acme add Borg: 3.95, chance 80 %
"""


@pytest.mark.parametrize(
    ("typed", "needs"),
    [
        ("help", set()),
        ("plans", set()),
        ("batna acme", {"babel"}),
    ],
)
def test_the_chat_loads_what_its_first_answer_needs(sqlite_url: str, typed: str, needs: set[str]) -> None:
    assert prepbot(sqlite_url, "chat", typed=PLAN).returncode == 0
    assert loaded(CHAT, sqlite_url, f"{typed}\n") & HEAVY <= needs  # figures are written as a locale has them


def test_the_chat_loads_no_feature_that_was_not_called(sqlite_url: str) -> None:
    modules = loaded(CHAT, sqlite_url, "help\n")
    assert {name for name in modules if name.endswith(".flow")} == {"handlers.help.flow"}


def test_a_server_has_every_feature_ready_and_nothing_that_it_does_not_serve(sqlite_url: str) -> None:
    slack = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "s",
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
    }
    modules = loaded(SERVER, sqlite_url, **slack)
    assert modules & NOT_FOR_SLACK == set()
    assert {"handlers.batna.flow", "handlers.contracts.flow", "slack_bolt"} <= modules
