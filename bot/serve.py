"""`prepbot run`: serves what is configured over HTTP, until it is told to stop.

`POST /slack/events` takes everything that Slack sends, `POST /api/messages` what Teams does; `GET /healthz` answers while the
process lives, `GET /readyz` is well when the database answers and the scheduler runs.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aiohttp import web

from bot import logs
from bot.app import build
from handlers.commands import all_commands

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.app import App
    from bot.config import Settings
    from bot.delivery import Delivery, Sender
    from bot.scheduler import Bell
    from bot.slack.dispatch import SlackApp

_GRACE = 10.0  # seconds for requests and answers that are under way
NOTHING = (
    "Nothing is configured to be served. For Slack set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET,\n"
    "or for many workspaces SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_SIGNING_SECRET and PREP_SECRET_KEY;\n"
    "for Teams TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID;\n"
    "`prepbot check` says what is missing, and `prepbot chat` needs none of it."
)


def now() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Served:
    """What is served beside health: routes, what delivery posts with, and what begins and ends with serving."""

    routes: list[web.RouteDef] = field(default_factory=list)
    senders: dict[str, Sender] = field(default_factory=dict)
    opening: list[Callable[[], None]] = field(default_factory=list)
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)


@dataclass(slots=True)
class Running:
    """A process that serves. `address` is where, `stop` ends it after what is under way."""

    app: App
    runner: web.AppRunner
    served: Served
    delivery: Delivery
    bell: Bell
    address: str = ""

    async def stop(self) -> None:
        """Take nothing new, finish what is under way, give everything back."""
        self.bell.stop()
        await self.runner.cleanup()
        await self.bell.finish(_GRACE)
        for close in self.served.closing:
            await close()
        self.delivery.close()
        self.app.close()


async def start(settings: Settings, clock: Callable[[], datetime] = now) -> Running:
    """Serve what is configured; gives back once requests are taken. Raises ValueError where settings cannot work."""
    from bot.delivery import Delivery
    from bot.scheduler import Bell

    app = build(settings)
    all_commands()  # imports every feature now, so that no turn waits for that
    served = connect(app, settings, clock)
    delivery = Delivery(app.database, served.senders, scripts=app.core.scripts)
    bell = Bell(delivery, clock)
    server = web.Application()
    health = [web.get("/healthz", _healthy), web.get("/readyz", _ready(app, bell))]
    server.add_routes([*health, *served.routes])
    running = Running(
        app, web.AppRunner(server, access_log=None, shutdown_timeout=_GRACE), served, delivery, bell
    )
    await running.runner.setup()
    await web.TCPSite(running.runner, settings.host, settings.port).start()
    host, port = running.runner.addresses[0][:2]
    running.address = f"http://{host}:{port}"
    for begin in served.opening:
        begin()
    bell.start()
    return running


def connect(app: App, settings: Settings, clock: Callable[[], datetime]) -> Served:
    """What is configured, ready to be served or to be delivered with. Raises ValueError where settings cannot work."""
    served = Served()
    if is_for_slack_everywhere(settings):
        _add_slack_everywhere(served, app, settings, clock)
    elif is_for_slack(settings):
        _add_slack(served, app, settings, clock)
    if is_for_teams(settings):
        _add_teams(served, app, settings, clock)
    return served


def is_for_slack(settings: Settings) -> bool:
    """Whether there is enough to serve one workspace."""
    return settings.slack_bot_token is not None and settings.slack_signing_secret is not None


def is_for_slack_everywhere(settings: Settings) -> bool:
    """Whether Slack is to be served in whatever workspaces Prep is installed by OAuth."""
    return bool(settings.slack_client_id) and settings.slack_client_secret is not None


def is_for_teams(settings: Settings) -> bool:
    """Whether Teams is to be served."""
    return bool(settings.teams_app_id) or settings.teams_allow_anonymous


def _add_slack(served: Served, app: App, settings: Settings, clock: Callable[[], datetime]) -> None:
    from bot.slack.dispatch import alone

    assert settings.slack_bot_token is not None
    assert settings.slack_signing_secret is not None
    ours, face = alone(
        app.edge,
        settings.slack_bot_token.get_secret_value(),
        settings.slack_signing_secret.get_secret_value(),
        clock,
        api_url=settings.slack_api_url,
    )
    served.opening.append(face.open)
    _serve_slack(served, ours)


def _add_slack_everywhere(
    served: Served, app: App, settings: Settings, clock: Callable[[], datetime]
) -> None:
    from bot.slack.oauth.wiring import build_slack

    ours, routes = build_slack(app, settings, clock)
    served.routes += routes
    _serve_slack(served, ours)


def _serve_slack(served: Served, ours: SlackApp) -> None:
    served.routes.append(web.post("/slack/events", _slack_events(ours)))
    served.senders["slack"] = ours
    served.closing.append(ours.close)


def _add_teams(served: Served, app: App, settings: Settings, clock: Callable[[], datetime]) -> None:
    from bot.teams.wiring import build_teams

    routes, face = build_teams(app, settings, clock=clock)
    served.routes += routes
    served.senders["teams"] = face.sender
    served.closing.append(face.close)


def _slack_events(ours: SlackApp) -> Callable[[web.Request], Awaitable[web.Response]]:
    from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

    async def events(request: web.Request) -> web.Response:
        answer = await ours.bolt.async_dispatch(await to_bolt_request(request))
        response: web.Response = await to_aiohttp_response(answer)
        return response

    return events


async def _healthy(_: web.Request) -> web.Response:
    return web.json_response({"process": "ok"})


def _ready(app: App, bell: Bell) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def ready(_: web.Request) -> web.Response:
        answers = await app.edge.aside(app.database.answers)
        state = {
            "database": "ok" if answers else "does not answer",
            "scheduler": "ok" if bell.rings else "does not run",
        }
        return web.json_response(state, status=200 if answers and bell.rings else 503)

    return ready


def run(settings: Settings) -> int:
    """Serve until the process is told to stop; its exit code."""
    if not any(asked(settings) for asked in (is_for_slack, is_for_slack_everywhere, is_for_teams)):
        sys.stderr.write(NOTHING + "\n")
        return 1
    try:
        asyncio.run(_until_told(settings))
    except ValueError as error:  # settings that cannot work, in plain words
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


async def _until_told(settings: Settings) -> None:
    running = await start(settings)
    logs.info("serving", address=running.address)
    told = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, told.set)
    await told.wait()
    logs.info("stopping")
    await running.stop()
