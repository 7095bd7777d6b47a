"""Where Slack delivers where it is served over HTTP: POST /slack/events."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

from bot.slack.shape import is_sound

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

_STAMP = re.compile(r"[0-9]{1,12}")  # seconds since 1970


def route(bolt: AsyncApp) -> web.RouteDef:
    """The route for all that Slack sends; whether Slack has signed it Bolt looks."""

    async def events(request: web.Request) -> web.Response:
        if not _STAMP.fullmatch(request.headers.get("X-Slack-Request-Timestamp", "")):
            return web.Response(status=401)  # Bolt would try to count with it
        try:
            asked = await to_bolt_request(request)
        except (
            LookupError,
            ValueError,
            TypeError,
            AttributeError,
        ):  # read before it is known whether Slack has sent it
            return web.Response(status=400)
        if not is_sound(asked.body):
            return web.Response(status=400)
        answer = await bolt.async_dispatch(asked)
        response: web.Response = await to_aiohttp_response(answer)
        return response

    return web.post("/slack/events", events)
