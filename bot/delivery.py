"""Claim, build, send, settle: for every platform alike, and with no transaction open while something is sent.

Database work runs in one worker thread, in small batches. A post whose outcome is unknown is looked up before it is made
again. A channel gets at most one post a second, and a platform that asks for a pause gets it without holding up others.
"""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot import logs
from handlers.gate import Alone, Everyone, Shown, Withheld, unseal
from handlers.reminders.desk import LEASE, Desk, Settled
from handlers.turn import AskChannel, AskPerson, Channel, Person

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.edge import Directory
    from handlers.gate import Sealed
    from handlers.prep.company import Scripts
    from handlers.reminders.building import Bundle
    from handlers.turn import Address, WorkspaceKey
    from storage.database import Database

T = TypeVar("T")
BETWEEN_POSTS = 1.0
_AT_ONCE = 8
_SETTLE_EVERY = 2.0
_LEASED = LEASE.total_seconds() - 60  # what is not sent by then is left to whoever claims it next
_MOST_POSTS = 3


@dataclass(frozen=True, slots=True)
class Posted:
    """It is there. `message` is the platform's id of it."""

    message: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether it arrived: the connection broke, or the answer did not come."""


@dataclass(frozen=True, slots=True)
class Gone:
    """It cannot arrive: the channel is archived or deleted, Prep is not in it, the person has left."""


@dataclass(frozen=True, slots=True)
class RetryLater:
    """It did not arrive, and the platform asks to wait for so many seconds."""

    seconds: float


Post = Posted | Unknown | Gone | RetryLater | Withheld


class CannotTell(Exception):
    """Whether an earlier post arrived cannot be found out now."""


class Sender(Protocol):
    """What a platform does for delivery. `open_for` decides at the moment of sending who may read the content."""

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """Open the content for those who are there now, and post it with the token. Withheld where the gate stays shut."""
        ...

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """The id of the message that was posted with this token, None if there is none. Raises CannotTell."""
        ...


async def open_for(
    content: Sealed, workspace: WorkspaceKey, to: Address, directory: Directory
) -> Shown | Withheld:
    """Open a message for those who are at its address now. What is not known of them counts against them."""
    found = await directory.find(workspace, AskPerson(to.id) if to.direct else AskChannel(to.id))
    if to.direct:
        return unseal(content, Alone(found if isinstance(found, Person) else Person(to.id)))
    return unseal(content, Everyone(found if isinstance(found, Channel) else None))


@dataclass(slots=True)
class _Pace:
    """When each channel may be posted to again, by the process's own clock in seconds."""

    free_at: dict[tuple[str, str, str], float] = field(default_factory=dict)

    def wait(self, key: tuple[str, str, str], now: float) -> float:
        """How long to wait; the turn after that is taken."""
        start = max(now, self.free_at.get(key, now))
        if len(self.free_at) > 10_000:
            self.free_at = {k: at for k, at in self.free_at.items() if at > now}
        self.free_at[key] = start + BETWEEN_POSTS
        return start - now


class Delivery:
    """Delivers what is due. `senders` by platform; `scripts` are the questions of a preparation as the company asks them;
    `sleep` and `ticks` (seconds, rising) are given by tests."""

    def __init__(
        self,
        database: Database,
        senders: Mapping[str, Sender],
        *,
        scripts: Scripts | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        ticks: Callable[[], float] | None = None,
    ) -> None:
        self._desk = Desk(database, tuple(senders), _log_trouble, scripts)
        self._senders = senders
        self._sleep = sleep
        self._ticks = ticks
        self._pace = _Pace()
        self._held: dict[tuple[str, str, str], datetime] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="delivery")
        self._running = asyncio.Lock()

    async def deliver(self, now: datetime) -> int:
        """One pass: until nothing is due at `now` any more. How many reminders were posted."""
        async with self._running:
            posted = 0
            while bundles := await self._run(self._desk.take, now, secrets.token_hex(8)):
                posted += await self._send_all(bundles, now)
            return posted

    async def _run(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *args))

    async def _send_all(self, bundles: list[Bundle], now: datetime) -> int:
        """Send what was claimed, a few at once, and settle every now and then, so that little is in doubt after a crash."""
        done: list[Settled] = []
        left, claimed_at = iter(bundles), self._seconds()

        async def worker() -> None:
            for bundle in left:
                in_time = self._seconds() - claimed_at < _LEASED
                done.extend(
                    await self._send(bundle, now) if in_time else [Settled(bundle, "later", again=now)]
                )
                await asyncio.sleep(0)  # however fast a sender answers, others have their turn

        sending = asyncio.gather(*(worker() for _ in range(_AT_ONCE)))
        posted = 0
        while done or not sending.done():
            await asyncio.wait({sending}, timeout=_SETTLE_EVERY)
            results, done[:] = done[:], []
            await self._run(self._desk.settle, results, now)
            posted += sum(len(r.bundle.ids) for r in results if r.what == "sent")
        await sending
        return posted

    def _seconds(self) -> float:
        return (self._ticks or asyncio.get_running_loop().time)()

    async def _send(self, bundle: Bundle, now: datetime) -> list[Settled]:
        held = self._held.get(_key(bundle))
        if held is not None and held > now:
            return [Settled(bundle, "later", again=held)]
        sender = self._senders[bundle.workspace.platform]
        try:
            for token in bundle.earlier:
                message = await _found(sender, bundle, token)
                if message is not None:
                    return [Settled(bundle, "sent", message)]
        except CannotTell:
            if bundle.repeat is None:
                return [Settled(bundle, "later")]
            if len(bundle.earlier) > _MOST_POSTS:  # some of them arrived, or nothing ever will
                return [Settled(bundle, "sent")]
            bundle = replace(bundle, content=bundle.repeat)
        return await self._fresh(sender, bundle, now)

    async def _fresh(self, sender: Sender, bundle: Bundle, now: datetime) -> list[Settled]:
        """Post what surely was not posted yet; where it may not be posted together, one by one."""
        outcome = await self._post(sender, bundle)
        if isinstance(outcome, RetryLater):
            self._hold(bundle, outcome, now)
        if isinstance(outcome, Withheld) and len(bundle.ids) > 1:
            singles = await self._run(self._desk.one_by_one, bundle, now)
            return [_settled(one, await self._post(sender, one), now) for one in singles]
        return [
            await self._looked_up(sender, bundle)
            if isinstance(outcome, Unknown)
            else _settled(bundle, outcome, now)
        ]

    async def _post(self, sender: Sender, bundle: Bundle) -> Post:
        pause = self._pace.wait(_key(bundle), self._seconds())
        if pause > 0:
            await self._sleep(pause)
        try:
            return await sender.post(bundle.workspace, bundle.to, bundle.content, bundle.token)
        except (
            Exception
        ) as error:  # whatever a platform throws, others are not held up, and it may have arrived
            logs.warning("post_failed", kind=type(error).__name__, platform=bundle.workspace.platform)
            return Unknown()

    def _hold(self, bundle: Bundle, outcome: RetryLater, now: datetime) -> None:
        """A platform that asks for a pause gets it for this channel; others go on."""
        self._held = {key: until for key, until in self._held.items() if until > now}
        self._held[_key(bundle)] = now + timedelta(seconds=max(1.0, outcome.seconds))

    async def _looked_up(self, sender: Sender, bundle: Bundle) -> Settled:
        try:
            message = await _found(sender, bundle, bundle.token)
        except CannotTell:
            message = None
        return Settled(bundle, "sent", message) if message is not None else Settled(bundle, "unsure")

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown(wait=True)


def _key(bundle: Bundle) -> tuple[str, str, str]:
    return (bundle.workspace.platform, bundle.workspace.id, bundle.to.id)


async def _found(sender: Sender, bundle: Bundle, token: str) -> str | None:
    """What the platform knows of an earlier post. Whatever it throws means that it cannot tell."""
    try:
        return await sender.arrived(bundle.workspace, bundle.to, token)
    except CannotTell:
        raise
    except Exception as error:
        logs.warning("look_up_failed", kind=type(error).__name__, platform=bundle.workspace.platform)
        raise CannotTell from None


def _log_trouble(error: Exception) -> None:
    logs.error("reminder_failed", kind=type(error).__name__)


def _settled(bundle: Bundle, outcome: Post, now: datetime) -> Settled:
    match outcome:
        case Posted(message):
            return Settled(bundle, "sent", message)
        case RetryLater(seconds):
            return Settled(bundle, "later", again=now + timedelta(seconds=max(1.0, seconds)))
        case Gone():
            return Settled(bundle, "gone")
        case Withheld():
            return Settled(bundle, "outsiders")
        case _:
            return Settled(bundle, "unsure")
