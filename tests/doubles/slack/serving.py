"""Serves an app on loopback so that the double can send to it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_bolt.async_app import AsyncApp


@asynccontextmanager
async def serve(app: web.Application) -> AsyncIterator[str]:
    """Serves any aiohttp application; gives its address without a slash at the end."""
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def serve_bolt(bolt: AsyncApp) -> AsyncIterator[str]:
    """Serves a Bolt app at ``/slack/events``; gives that URL."""

    async def events(request: web.Request) -> web.Response:
        answer = await bolt.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    app = web.Application()
    app.router.add_post("/slack/events", events)
    async with serve(app) as url:
        yield f"{url}/slack/events"
