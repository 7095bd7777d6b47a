"""Where Teams delivers: POST /api/messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.teams.connector.service import is_loopback

if TYPE_CHECKING:
    from bot.teams.connector import Connector


_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


def routes(connector: Connector) -> list[web.RouteDef]:
    """The route for activities. Without authentication only this machine may use it: 403 for all others."""

    async def messages(request: web.Request) -> web.Response:
        if connector.anonymous and not _is_from_here(request):
            return web.Response(status=403)
        if request.content_type != "application/json":
            return web.Response(status=415)
        try:
            body = await request.json()
        except (ValueError, RecursionError):
            return web.Response(status=400)
        status, answer = await connector.handle(body, request.headers.get("Authorization", ""))
        return web.Response(status=status) if answer is None else web.json_response(answer, status=status)

    return [web.post("/api/messages", messages)]


def _is_from_here(request: web.Request) -> bool:
    """Whether it was sent on this machine, to this machine: a proxy on it passes on what anybody sends, and so may a browser
    that was led to a name which stands for this machine."""
    passed_on = any(name in request.headers for name in _PASSED_ON)
    return is_loopback(request.remote or "") and is_loopback(request.url.host or "") and not passed_on
