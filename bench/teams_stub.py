"""As much of the Bot Connector as a message asks for, answered at once: what is measured is Prep, not the double."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TENANT = "11111111-1111-1111-1111-111111111111"
MEMBER = {
    "id": "29:bench", "name": "Bench", "aadObjectId": "22222222-2222-2222-2222-222222222222",
    "email": "bench@buyer.example", "userPrincipalName": "bench@buyer.example", "userRole": "user", "tenantId": TENANT,
}  # fmt: skip


@asynccontextmanager
async def bot_connector() -> AsyncIterator[str]:
    """The service URL."""

    async def posted(_: web.Request) -> web.Response:
        return web.json_response({"id": "1700000000001"})

    async def member(_: web.Request) -> web.Response:
        return web.json_response(MEMBER)

    async def members(_: web.Request) -> web.Response:
        return web.json_response({"members": [MEMBER]})

    app = web.Application()
    base = "/v3/conversations/{conversation}"
    app.add_routes(
        [
            web.post(base + "/activities", posted),
            web.post(base + "/activities/{activity}", posted),
            web.put(base + "/activities/{activity}", posted),
            web.get(base + "/members/{member}", member),
            web.get(base + "/pagedmembers", members),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
