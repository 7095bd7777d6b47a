"""Several Slacks behind one address of the Web API, as an app sees the workspaces of companies that have nothing in common.

Each counts for itself, so ids of people, channels, messages, views and events may be the same in all of them.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles.slack.server import arguments, token_of
from tests.doubles.slack.serving import serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tests.doubles.slack.double import SlackDouble
    from tests.doubles.slack.world import Json


@asynccontextmanager
async def one_address(slacks: Sequence[SlackDouble]) -> AsyncIterator[str]:
    """The ``base_url`` for a client: whoever gave out a token, or a code for one, answers a call with it."""

    async def api(request: web.Request) -> web.StreamResponse:
        args = await arguments(request)
        token = token_of(request, args)
        found = next((one for one in slacks if _is_for(one, token, args)), slacks[0])
        return await found.server.api(request)

    app = web.Application()
    app.router.add_route("*", "/api/{method}", api)
    async with serve(app) as url:
        yield f"{url}/api/"


def _is_for(slack: SlackDouble, token: str, args: Json) -> bool:
    refresh = str(args.get("refresh_token") or "")
    known = {space.refresh for space in slack.world.workspaces.values() if space.refresh}
    given = args.get("code") in slack.world.codes or refresh in known
    return given or slack.world.space_by_token(token) is not None
