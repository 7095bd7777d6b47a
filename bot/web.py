"""What a server tells of itself over HTTP: health, readiness, metrics. And the door through which platforms' requests come.

`GET /healthz` answers while the process lives, `GET /readyz` is well when the database answers and the scheduler rings, and
`GET /metrics` is for Prometheus. None of them asks who reads: they tell nothing of anybody, and belong behind the proxy.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from aiohttp import web

from bot import logs
from storage.backlog import Backlog, backlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.app import App
    from bot.counting import TurnWatch
    from bot.exposition import Exposition, State
    from bot.metrics import Metrics
    from bot.scheduler import Bell

    Handler = Callable[[web.Request], Awaitable[web.Response]]

LOOK_EVERY = 5.0  # seconds for which what the database said about the queue counts


class Health:
    """Health, readiness and metrics of one process. `platforms` are those to which it can post."""

    def __init__(
        self,
        app: App,
        bell: Bell,
        metrics: Metrics,
        watch: TurnWatch,
        platforms: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._app = app
        self._bell = bell
        self._metrics = metrics
        self._watch = watch
        self._platforms = platforms
        self._clock = clock
        self._exposition: Exposition | None = None
        self._looked: tuple[float, Backlog | None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """Where it is told."""
        return [
            web.get("/healthz", self._healthy),
            web.get("/readyz", self._ready),
            web.get("/metrics", self._measured),
        ]

    async def _healthy(self, _: web.Request) -> web.Response:
        return web.json_response({"process": "ok"})

    async def _ready(self, _: web.Request) -> web.Response:
        answers = await self._app.edge.aside(self._app.database.answers)
        state = {
            "database": "ok" if answers else "does not answer",
            "scheduler": "ok" if self._bell.rings else "does not run",
        }
        return web.json_response(state, status=200 if answers and self._bell.rings else 503)

    async def _measured(self, _: web.Request) -> web.Response:
        if self._exposition is None:
            self._exposition = self._make_exposition()
        from bot.exposition import CONTENT_TYPE

        self._watch.finish()
        text = self._exposition.text(await self._state())
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})

    def _make_exposition(self) -> Exposition:
        from bot.exposition import Exposition  # what nobody asks for takes no memory
        from storage.migrate import HEAD

        database = self._app.database
        kind = "sqlite" if database.is_sqlite else "postgresql"
        return Exposition(self._metrics, database.errors, kind, HEAD)

    async def _state(self) -> State:
        from bot.exposition import State

        due = await self._backlog()
        if due is None:
            return State(self._bell.rings, database=False, due=None, late=None)
        late = max(0.0, (self._clock() - due.oldest).total_seconds()) if due.oldest else 0.0
        return State(self._bell.rings, database=True, due=due.count, late=late)

    async def _backlog(self) -> Backlog | None:
        """What is due, as it was a few seconds ago at most; None where the database does not answer."""
        if self._looked is None or monotonic() - self._looked[0] > LOOK_EVERY:
            self._looked = (monotonic(), await self._app.edge.aside(self._look))
        return self._looked[1]

    def _look(self) -> Backlog | None:
        database = self._app.database
        if not database.answers():
            return None
        with database.reading() as handle:
            return backlog(handle.connection, self._platforms, self._clock())


def entered(route: web.RouteDef, cut_off: asyncio.Event) -> web.RouteDef:
    """A platform's route. From the moment that a request arrives, all that is logged about it has one reference. `cut_off` is
    set where one is ended before its answer."""

    async def enter(request: web.Request) -> web.StreamResponse:
        logs.begin()
        try:
            answer: web.StreamResponse = await route.handler(request)
        except asyncio.CancelledError:  # when Prep stops and this takes too long
            logs.warning("request_cut_off")
            cut_off.set()
            raise
        return answer

    return web.RouteDef(route.method, route.path, enter, route.kwargs)
