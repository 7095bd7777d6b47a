"""`prepbot deliver`: one delivery pass, with the posts of the local workspace printed."""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from bot.local.clock import clock
from bot.local.screen import PlainScreen
from bot.local.sender import LocalSender
from storage.local import PLATFORM

if TYPE_CHECKING:
    from bot.app import App


def deliver(app: App, now: str | None) -> int:
    """Deliver what is due; with a `now` in the local workspace alone. Raises Misread for a bad `now`."""
    moment = clock(now, app.database)()
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sender = LocalSender(app.database, PlainScreen(_write, apart=False))
    only = None if now is None else PLATFORM
    asyncio.run(import_module("bot.delivery").deliver(app, {PLATFORM: sender}, moment, only=only))
    return 0


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
