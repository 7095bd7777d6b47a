"""The listening side: Web API, response URLs and uploads on a loopback port."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles.slack import chat
from tests.doubles.slack.errors import ApiError
from tests.doubles.slack.methods import perform
from tests.doubles.slack.world import Call, Json

if TYPE_CHECKING:
    from tests.doubles.slack.core import Core
    from tests.doubles.slack.faults import Fault, Faults

Work = Callable[[], Json]
NOT_JSON = {"application/x-www-form-urlencoded", "multipart/form-data"}


class Server:
    """Serves one core; ``url`` is known once it has started."""

    def __init__(self, core: Core, faults: Faults) -> None:
        self.core = core
        self.faults = faults
        self.calls: list[Call] = []
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def start(self) -> None:
        """Listens on 127.0.0.1, after a stop on the same port as before."""
        app = web.Application(client_max_size=8 * 1024**2)
        app.router.add_route("*", "/api/{method}", self.api)
        app.router.add_post("/response/{name:.+}", self._response_url)
        app.router.add_get("/socket/{name}", self.core.sockets.serve)
        app.router.add_post("/upload/{name}", self._upload)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = int(self._runner.addresses[0][1])
        self.core.url = f"http://127.0.0.1:{self._port}"

    async def stop(self) -> None:
        """Closes every connection; the port refuses from now on."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def api(self, request: web.Request) -> web.StreamResponse:
        """One call of a method."""
        method = request.match_info["method"]
        try:
            args = await arguments(request)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        token = token_of(request, args)
        args.pop("token", None)
        space = self.core.world.space_by_token(token)
        work = partial(perform, self.core, method, args, token)
        return await self._answer(request, method, args, space.id if space else "", work)

    async def _response_url(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        try:
            args = await arguments(request)
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        ticket = self.core.tickets.urls.get(name)
        work = partial(chat.respond, self.core, name, args)
        return await self._answer(request, "response_url", args, ticket.team if ticket else "", work)

    async def _upload(self, request: web.Request) -> web.Response:
        held = self.core.world.files.get(request.match_info["name"])
        if held is None:
            return web.Response(status=404)
        held["content"] = await uploaded(request)
        return web.Response(text=f"OK - {held['length']}")

    async def _answer(
        self, request: web.Request, method: str, args: Json, team: str, work: Work
    ) -> web.StreamResponse:
        fault = self.faults.take(method)
        record = partial(self._record, method, args, team)
        if fault is None:
            return record(*outcome(work))
        if fault.kind == "slow":
            return await self._slowly(fault, record, work)
        result = outcome(work)[0] if fault.accepted else {}
        if fault.kind in {"drop", "down"}:
            if request.transport is not None:
                request.transport.abort()
            return record(result, 0)
        if fault.kind == "status":
            record(result, fault.status)
            return web.Response(status=fault.status, text="upstream trouble")
        if fault.kind == "ratelimited":
            return record({"ok": False, "error": "ratelimited"}, 429, int(fault.seconds))
        return record({"ok": False, "error": fault.code}, 200)

    async def _slowly(
        self, fault: Fault, record: Callable[..., web.Response], work: Work
    ) -> web.StreamResponse:
        if not fault.accepted:
            await self.core.clock.sleep(fault.seconds)
        result = outcome(work)
        if fault.accepted:
            await self.core.clock.sleep(fault.seconds)
        return record(*result)

    def _record(
        self, method: str, args: Json, team: str, answer: Json, status: int, retry_after: int = 0
    ) -> web.Response:
        self.calls.append(Call(method, args, team, self.core.clock.now(), answer, status))
        headers = {"Retry-After": str(retry_after)} if status == 429 else {}
        space = self.core.world.workspaces.get(team)
        if space is not None and space.scopes is not None:
            headers["x-oauth-scopes"] = ",".join(sorted(space.scopes))
        if method == "response_url" and answer.get("ok"):
            return web.Response(text="ok", headers=headers)
        return web.json_response(answer, status=status or 500, headers=headers)


def outcome(work: Work) -> tuple[Json, int, int]:
    """What a piece of work answers: body, HTTP status, seconds to wait."""
    try:
        return work(), 200, 0
    except ApiError as error:
        return error.as_json(), error.status, error.retry_after


def token_of(request: web.Request, args: Json) -> str:
    """The token of a call: among its arguments, or in its header."""
    return str(args.get("token", "")) or bearer(request)


def bearer(request: web.Request) -> str:
    """The token in the Authorization header."""
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip()


async def arguments(request: web.Request) -> Json:
    """Arguments from query and body, JSON or form; raises ValueError where the body is neither."""
    found: Json = dict(request.query)
    if request.content_type in NOT_JSON:
        return found | {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    body = await request.text()
    if not body:
        return found
    parsed = json.loads(body)
    if not isinstance(parsed, dict):
        raise ValueError("the body must be an object")  # noqa: TRY004 - as json.loads raises
    return found | parsed


async def uploaded(request: web.Request) -> bytes:
    """The bytes of an upload, sent raw or as a form's only file."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""
