"""Where Slack delivers where it is served over HTTP: POST /slack/events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp


def route(bolt: AsyncApp) -> web.RouteDef:
    """The route for all that Slack sends; whether Slack has signed it Bolt looks."""

    async def events(request: web.Request) -> web.Response:
        answer = await bolt.async_dispatch(await to_bolt_request(request))
        response: web.Response = await to_aiohttp_response(answer)
        return response

    return web.post("/slack/events", events)
