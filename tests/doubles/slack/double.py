"""A local Slack: a Web API that keeps Slack's rules, and people who use the app through signed requests."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Self

from tests.doubles.slack import limits
from tests.doubles.slack.clocks import Clock, RealClock
from tests.doubles.slack.core import Core, Pace
from tests.doubles.slack.faults import Fault, Faults
from tests.doubles.slack.looking import Looking
from tests.doubles.slack.pressing import Pressing
from tests.doubles.slack.sending import Sender
from tests.doubles.slack.server import Server
from tests.doubles.slack.socket import SocketSender
from tests.doubles.slack.speaking import Speaking
from tests.doubles.slack.tickets import Tickets
from tests.doubles.slack.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import TracebackType

    from tests.doubles.slack.socket import Sockets


class SlackDouble(Speaking, Pressing, Looking):
    """One Slack on a loopback port, as an asynchronous context manager.

    >>> async with SlackDouble() as slack:
    ...     slack.world.add_workspace()                    # team T0PREP, token xoxb-T0PREP
    ...     slack.world.add_user("U1", "anna")
    ...     slack.world.add_channel("C1", "acme", ["U1"])
    ...     client = AsyncWebClient(token="xoxb-T0PREP", base_url=slack.api_url)
    ...     slack.point_at("http://127.0.0.1:3000/slack/events")
    ...     await slack.command("U1", "C1", "/prep", "batna acme")

    ``clock`` rules trigger ids, response URLs and the pace of posts (signatures follow the real clock, as the app's
    verifier does). ``burst`` posts a channel may come at once, then one a second; ``None`` switches the pace off.
    ``patience`` is how many real seconds it waits for an acknowledgement: more than Slack does where a test is not about
    that, since a busy machine may stand still for as long.
    """

    def __init__(
        self,
        *,
        secret: str = "signing-secret",
        clock: Clock | None = None,
        burst: int | None = 1,
        patience: float = limits.ACKNOWLEDGE_SECONDS,
    ) -> None:
        clock = clock or RealClock()
        self.core = Core(clock, World(), Tickets(clock), Pace(clock, burst))
        self.faults = Faults(clock)
        self.server = Server(self.core, self.faults)
        self.sender = Sender(secret, patience)
        self.troubles: list[str] = []
        self._filled = {}

    async def __aenter__(self) -> Self:
        await self.server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.sender.close()
        await self.server.stop()

    @property
    def api_url(self) -> str:
        """The ``base_url`` for a client."""
        return f"{self.core.url}/api/"

    @property
    def secret(self) -> str:
        """The signing secret that the app must know."""
        return self.sender.secret

    @property
    def clock(self) -> Clock:
        """The double's clock."""
        return self.core.clock

    def point_at(self, url: str) -> None:
        """Where the app listens for commands, interactions and events."""
        self.sender.url = url

    @property
    def sockets(self) -> Sockets:
        """The connections of Socket Mode."""
        return self.core.sockets

    def use_sockets(self) -> None:
        """From now on everything is sent over the app's connection instead of HTTP."""
        self.sender = SocketSender(self.core.sockets, self.secret, self.sender.patience)

    def fail(
        self,
        fault: Fault,
        method: str | None = None,
        *,
        times: int | None = None,
        seconds: float | None = None,
    ) -> None:
        """Switches a fault on, for one method (``response_url`` is one) or all; see ``faults``."""
        self.faults.add(fault, method, times=times, seconds=seconds)

    @asynccontextmanager
    async def refusing(self) -> AsyncIterator[None]:
        """Connections are refused meanwhile; what was kept stays."""
        await self.server.stop()
        try:
            yield
        finally:
            await self.server.start()
