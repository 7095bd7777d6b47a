"""`prepbot run`: serves what is configured over HTTP, until it is told to stop.

`POST /slack/events` takes everything that Slack sends, `POST /api/messages` what Teams does; `web` tells of itself, and
`site` of Prep to whoever comes with a browser.
When it is told to stop it takes nothing new and finishes what is under way. It is told once to stop, twice to stop at once.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

from aiohttp import web

from bot import logs
from bot.app import build, prepare_apart
from bot.counting import CountedDelivery, TurnWatch
from bot.libraries import take_over
from bot.metrics import Metrics
from bot.site import Site
from bot.web import Health, entered
from handlers.commands import all_commands

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.app import App
    from bot.config import Settings
    from bot.outcomes import Sender
    from bot.scheduler import Bell
    from bot.slack.dispatch import SlackApp

GRACE = 10.0  # seconds for all that is under way
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_REQUESTS = 6.0  # of these, for requests that are not answered yet
_LAST = 0.2  # for what has to be closed all the same when there is no time left
NOTHING = (
    "Nothing is configured to be served. For Slack set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET,\n"
    "or SLACK_APP_TOKEN in place of the latter for Socket Mode;\n"
    "or for many workspaces SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_SIGNING_SECRET and PREP_SECRET_KEY;\n"
    "for Teams TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID;\n"
    "`prepbot check` says what is missing, and `prepbot chat` needs none of it."
)


def now() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Served:
    """What is served beside health: routes, what delivery posts with, and what begins and ends with serving.

    `leaving` stops what comes in other than by routes, `closing` finishes what goes on after an acknowledgement.
    """

    routes: list[web.RouteDef] = field(default_factory=list)
    senders: dict[str, Sender] = field(default_factory=dict)
    opening: list[Callable[[], None]] = field(default_factory=list)
    leaving: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)


@dataclass(slots=True)
class Running:
    """A process that serves. `address` is where, `stop` ends it after what is under way."""

    app: App
    runner: web.AppRunner
    served: Served
    delivery: CountedDelivery
    bell: Bell
    watch: TurnWatch
    cut_off: asyncio.Event = field(default_factory=asyncio.Event)
    address: str = ""

    async def stop(self, grace: float = GRACE) -> bool:
        """Take nothing new, finish what is under way, give everything back. False where `grace` seconds are not enough, or
        something broke; the rest is finished all the same."""
        end = asyncio.get_running_loop().time() + grace

        def left() -> float:
            return max(0.0, end - asyncio.get_running_loop().time())

        self.bell.stop()
        taking = [
            self.runner.cleanup(),
            *(leave() for leave in self.served.leaving),
            self.bell.finish(left() * 0.8),
        ]
        well = all(await asyncio.gather(*map(_ended_well, taking)))
        in_time = not self.delivery.is_at_work
        for close in self.served.closing:
            try:
                well &= await asyncio.wait_for(_ended_well(close()), max(left() * 0.8, _LAST))
            except TimeoutError:
                logs.warning("answers_cut_off")
                in_time = False
        self.watch.finish()
        giving_back = asyncio.ensure_future(asyncio.to_thread(self._give_back))
        ended, _ = await asyncio.wait({giving_back}, timeout=left())
        return well and in_time and bool(ended) and not self.cut_off.is_set()

    def _give_back(self) -> None:
        """Waits for threads, and closes the database."""
        self.delivery.close()
        self.app.close()


async def _ended_well(work: Awaitable[None]) -> bool:
    """Whether it ended without an error, which is noted: what else is to be finished must not wait for it."""
    try:
        await work
    except Exception as error:
        logs.error("stopping_failed", kind=type(error).__name__, where=logs.where(error))
        return False
    return True


async def start(settings: Settings, clock: Callable[[], datetime] = now) -> Running:
    """Serve what is configured; gives back once requests are taken. Raises ValueError where settings cannot work, and OSError
    where HOST and PORT cannot be listened on."""
    app = build(settings)
    try:
        return await _started(app, settings, clock)
    except BaseException:
        app.close()
        raise


async def _started(app: App, settings: Settings, clock: Callable[[], datetime]) -> Running:
    from bot.scheduler import Bell

    every = all_commands()  # imports every feature now: no turn waits for that
    metrics = Metrics(command.name for command in every)
    watch = app.edge.watch = TurnWatch(metrics)
    served = connect(app, settings, clock)
    delivery = CountedDelivery(app, served.senders, metrics)
    bell = Bell(delivery, clock)
    health = Health(app, bell, metrics, watch, tuple(served.senders), clock)
    server = web.Application()
    # aiohttp waits so long for a request, and then as long again before it ends it
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=_REQUESTS / 2)
    running = Running(app, runner, served, delivery, bell, watch)
    theirs = [entered(route, running.cut_off) for route in served.routes]
    server.add_routes([*health.routes(), *Site(settings).routes(), *theirs])
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
    takes = settings.slack_signing_secret is not None or settings.slack_app_token is not None
    return settings.slack_bot_token is not None and takes


def is_for_slack_everywhere(settings: Settings) -> bool:
    """Whether Slack is to be served in whatever workspaces Prep is installed by OAuth."""
    return bool(settings.slack_client_id) and settings.slack_client_secret is not None


def is_for_teams(settings: Settings) -> bool:
    """Whether Teams is to be served."""
    return bool(settings.teams_app_id) or settings.teams_allow_anonymous


def _add_slack(served: Served, app: App, settings: Settings, clock: Callable[[], datetime]) -> None:
    from bot.slack.dispatch import alone

    assert settings.slack_bot_token is not None
    signing = settings.slack_signing_secret
    ours, face = alone(
        app.edge,
        settings.slack_bot_token.get_secret_value(),
        signing.get_secret_value() if signing is not None else "",
        clock,
        api_url=settings.slack_api_url,
    )
    served.opening.append(face.open)
    _serve_slack(served, ours, settings)


def _add_slack_everywhere(
    served: Served, app: App, settings: Settings, clock: Callable[[], datetime]
) -> None:
    from bot.slack.oauth.wiring import build_slack

    ours, routes = build_slack(app, settings, clock)
    served.routes += routes
    _serve_slack(served, ours, settings)


def _serve_slack(served: Served, ours: SlackApp, settings: Settings) -> None:
    """Slack sends over HTTP or by Socket Mode, never both: with the app's own token, by Socket Mode."""
    if settings.slack_app_token is None:
        from bot.slack.endpoint import route

        served.routes.append(route(ours.bolt, ours.signatures))
    else:
        from bot.slack.socket import Socket

        socket = Socket(ours.bolt, settings.slack_app_token.get_secret_value(), settings.slack_api_url)
        served.opening.append(socket.open)
        served.leaving.append(socket.close)
    served.senders["slack"] = ours
    served.closing.append(ours.close)


def _add_teams(served: Served, app: App, settings: Settings, clock: Callable[[], datetime]) -> None:
    from bot.teams.wiring import build_teams

    routes, face = build_teams(app, settings, clock=clock)
    served.routes += routes
    served.senders["teams"] = face.sender
    served.closing.append(face.close)


def run(settings: Settings) -> int:
    """Serve until the process is told to stop; its exit code."""
    if not any(asked(settings) for asked in (is_for_slack, is_for_slack_everywhere, is_for_teams)):
        sys.stderr.write(NOTHING + "\n")
        return 1
    try:
        prepare_apart(settings.database_url)
        return asyncio.run(_until_told(settings))
    except ValueError as error:  # settings that cannot work, in plain words
        sys.stderr.write(f"{error}\n")
        return 1


class _Told:
    """What the process was told by signals: to stop, and to stop at once."""

    def __init__(self) -> None:
        self.once, self.again = asyncio.Event(), asyncio.Event()
        for one in _SIGNALS:
            asyncio.get_running_loop().add_signal_handler(one, self._hear)

    def end(self) -> None:
        """All is done: what comes now must not make a good end a bad one."""
        for one in _SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(one)
            signal.signal(one, signal.SIG_IGN)

    def _hear(self) -> None:
        (self.again if self.once.is_set() else self.once).set()


async def _until_told(settings: Settings) -> int:
    """Serve, and stop in good order when told to: then 0."""
    told = _Told()
    take_over()
    running = await start(settings)
    logs.info("serving", address=running.address)
    await told.once.wait()
    logs.info("stopping", seconds=GRACE)
    stopping = asyncio.ensure_future(running.stop())
    impatient = asyncio.ensure_future(told.again.wait())
    await asyncio.wait({stopping, impatient}, return_when=asyncio.FIRST_COMPLETED)
    impatient.cancel()
    if not stopping.done():
        _leave("told to stop at once")
    if not stopping.result():
        _leave("time is over")
    told.end()
    logs.info("stopped")
    return 0


def _leave(why: str) -> NoReturn:
    """End with what is under way unfinished. Nothing is lost: no transaction is half kept, and posts are looked up."""
    logs.warning("stopped_early", why=why)
    sys.stderr.flush()
    os._exit(1)  # threads at work would be waited for
