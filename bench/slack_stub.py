"""As much of Slack's Web API as a command asks for, answered at once: what is measured is Prep, not the double."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from bench.slack_load import CHANNEL, TEAM, USER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_ANSWERS = {
    "auth.test": {"ok": True, "team_id": TEAM, "user_id": "UBOT", "bot_id": "B0", "user": "prep", "team": "bench"},
    "users.info": {
        "ok": True,
        "user": {
            "id": USER, "name": "bench", "real_name": "Bench", "team_id": TEAM, "tz": "Europe/Berlin", "deleted": False,
            "is_restricted": False, "is_ultra_restricted": False, "is_bot": False, "is_stranger": False,
            "profile": {"email": "bench@buyer.example"},
        },
    },
    "conversations.info": {
        "ok": True,
        "channel": {
            "id": CHANNEL, "name": "acme", "is_member": True, "is_ext_shared": False, "is_shared": False,
            "is_pending_ext_shared": False, "is_im": False, "is_mpim": False, "is_archived": False,
        },
    },
    "conversations.open": {"ok": True, "channel": {"id": "D0BENCH"}},
    "chat.postMessage": {"ok": True, "channel": "D0BENCH", "ts": "1.1"},
    "conversations.members": {"ok": True, "members": [USER], "response_metadata": {"next_cursor": ""}},
}  # fmt: skip


@asynccontextmanager
async def slack_api() -> AsyncIterator[str]:
    """The base URL of the API."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(_ANSWERS[request.match_info["method"]])

    app = web.Application()
    app.router.add_post("/api/{method}", answer)
    app.router.add_get("/api/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()
