"""Where Slack delivers where it is served over HTTP: POST /slack/events."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

from bot.slack.shape import is_sound

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.signature import SignatureVerifier

_STAMP = re.compile(r"[0-9]{1,12}")  # seconds since 1970


def route(bolt: AsyncApp, signatures: SignatureVerifier) -> web.RouteDef:
    """The route for all that Slack sends. Bolt looks whether Slack has signed it, but where it is too garbled for Bolt."""

    async def garbled(request: web.Request) -> web.Response:
        signed = signatures.is_valid_request(await request.read(), dict(request.headers))
        return web.Response(status=400 if signed else 401)

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
            return await garbled(request)
        if not is_sound(asked.body):
            return await garbled(request)
        answer = await bolt.async_dispatch(asked)
        response: web.Response = await to_aiohttp_response(answer)
        return response

    return web.post("/slack/events", events)
