"""`prepbot deliver`: one delivery pass, with the posts of the local workspace printed."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from bot.delivery import Delivery
from bot.local.clock import clock
from bot.local.screen import PlainScreen
from bot.local.sender import LocalSender
from storage.local import PLATFORM

if TYPE_CHECKING:
    from bot.app import App


def deliver(app: App, now: str | None) -> int:
    """Deliver what is due everywhere, or with a `now` in the local workspace alone; the exit code.

    Raises Misread for a bad `now`, and Unfit where settings cannot work.
    """
    ticking = clock(now, app.database)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    local = LocalSender(app.database, PlainScreen(_write, apart=False), ticking)
    if now is None:
        asyncio.run(_everywhere(app, local))
    else:
        asyncio.run(_here(app, local))
    return 0


async def _here(app: App, local: LocalSender) -> None:
    delivery = Delivery(app.database, {PLATFORM: local}, scripts=app.core.scripts, sleep=_at_once)
    try:
        await delivery.deliver(local.now())
    finally:
        delivery.close()


async def _everywhere(app: App, local: LocalSender) -> None:
    from bot.serve import connect
    from bot.starting import Unfit

    try:
        served = connect(app, app.settings, local.now)
    except ValueError as error:
        raise Unfit(str(error)) from None
    delivery = Delivery(app.database, {**served.senders, PLATFORM: local}, scripts=app.core.scripts)
    try:
        await delivery.deliver(local.now())
    finally:
        delivery.close()
        for close in served.closing:
            await close()


async def _at_once(_seconds: float) -> None:
    """A screen needs no pause between posts."""


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
