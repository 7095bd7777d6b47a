"""`prepbot run` as a process of its own, as it is run."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from tests.doubles.slack.double import SlackDouble

PATIENCE = 60.0  # seconds


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class Served:
    """A process that serves; `address` is where."""

    process: subprocess.Popen[str]
    address: str

    @classmethod
    async def start(cls, database_url: str, slack: SlackDouble | None, **more: str) -> Served:
        """Start, and wait until it is ready. Without a Slack the settings of what is served are among `more`."""
        port = free_port()
        settings = {"DATABASE_URL": database_url, "HOST": "127.0.0.1", "PORT": str(port)}
        if slack is not None:
            settings |= {
                "SLACK_BOT_TOKEN": "xoxb-T0PREP",
                "SLACK_SIGNING_SECRET": slack.secret,
                "SLACK_API_URL": slack.api_url,
            }
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run"],
            env={**os.environ, **settings, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        served = cls(process, f"http://127.0.0.1:{port}")
        try:
            await served._until_ready()
        except BaseException:
            served.kill()
            raise
        return served

    async def __aenter__(self) -> Served:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.kill()

    @property
    def events(self) -> str:
        """Where Slack sends to."""
        return f"{self.address}/slack/events"

    @property
    def messages(self) -> str:
        """Where Teams sends to."""
        return f"{self.address}/api/messages"

    async def _until_ready(self) -> None:
        end = time.monotonic() + PATIENCE
        async with aiohttp.ClientSession() as session:
            while time.monotonic() < end and self.process.poll() is None:
                try:
                    async with session.get(f"{self.address}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)
        self.process.kill()
        raise AssertionError(self.process.communicate()[1])

    def kill(self) -> None:
        """End it whatever it does; nothing where it has ended."""
        self.process.kill()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
        self.process.wait()

    def tell(self, what: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal."""
        self.process.send_signal(what)

    async def ended(self) -> tuple[int, str]:
        """Wait until it has ended: its exit code, and its log."""
        _, log = await asyncio.to_thread(self.process.communicate, timeout=PATIENCE)
        return self.process.returncode, log

    async def stop(self) -> tuple[int, str]:
        """Tell it to stop, and wait until it has."""
        self.tell()
        return await self.ended()
