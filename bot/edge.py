"""Between a platform and the core: runs turns, fetches what they ask for, and tells people when something broke.

Every platform's listeners go through here, so there is one place where a turn is run and one where errors end.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot import logs
from handlers.core import repeated
from handlers.errors import Expected
from handlers.gate import Alone, Everyone, Outcome, Sealed, SealedSend, Shown, Withheld, seal, unseal
from handlers.told import error as error_told
from handlers.turn import Address, AskChannel, AskPerson, Channel, Mark, Person, Via, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.core import Core
    from handlers.turn import Fetch, Found, Incoming, WorkspaceKey
    from storage.database import Database

T = TypeVar("T")
_MOST_FETCHES = 6
_MOST_EVENTS = 10_000
_MOST_FOCUSES = 10_000
_NOTED_AFTER = 0.5  # seconds


class Directory(Protocol):
    """What a platform can tell about channels and people. None where it tells nothing."""

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """The answer to a Fetch."""
        ...


class Edge:
    """Runs turns for one process: short reads on the loop where the database allows it, all else in threads.

    `watch`, where a server sets it, is told of every turn that ended: on which platform, what came of it, and the seconds.
    """

    def __init__(self, core: Core, database: Database) -> None:
        self.core = core
        self.database = database
        self.watch: Callable[[str, Outcome, float], None] | None = None
        self._reads_here = database.is_sqlite
        # SQLite takes one writer at a time, so one thread is enough there and keeps turns in order.
        self._threads = ThreadPoolExecutor(1 if database.is_sqlite else 8, thread_name_prefix="turn")
        self._focus: dict[tuple[str, str, str, str], int] = {}
        # the latest that this process took, in their order
        self._events: dict[tuple[str, str, str], None] = {}
        self._answered: list[Incoming] = []  # events of which that is still to be remembered

    async def run(self, incoming: Incoming, directory: Directory) -> Outcome:
        """The outcome of a turn. Never raises: what breaks becomes a short reference for the person."""
        began = perf_counter()
        reference = logs.begin_turn()
        outcome = await self._run(incoming, directory, reference)
        if self.watch is not None:
            self.watch(incoming.workspace.platform, outcome, perf_counter() - began)
        return outcome

    async def _run(self, incoming: Incoming, directory: Directory, reference: str) -> Outcome:
        event = (incoming.workspace.platform, incoming.workspace.id, incoming.event)
        if incoming.event and not self._begins(event):
            return repeated(incoming)
        try:
            return await self._until_known(incoming, directory)
        except Exception as error:  # the one boundary: anything unexpected ends here
            self._events.pop(event, None)  # sent again, it is tried again
            # no traceback with it: an exception's text may hold what people typed
            logs.error("turn_failed", kind=type(error).__name__, where=logs.where(error))
            return Outcome(_broken(incoming, reference), broken=True)

    async def _until_known(self, incoming: Incoming, directory: Directory) -> Outcome:
        for _ in range(_MOST_FETCHES):
            outcome = await self._take(incoming)
            if not outcome.fetches:
                return outcome
            found = {ask: await directory.find(incoming.workspace, ask) for ask in outcome.fetches}
            incoming = replace(incoming, fetched={**incoming.fetched, **found})
        raise RuntimeError("a turn asks for more than it may")

    async def _take(self, incoming: Incoming) -> Outcome:
        outcome = self.core.at_once(incoming) if self._reads_here else None
        if outcome is not None:
            return outcome
        within = copy_context()  # what the thread logs belongs to this turn
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, within.run, self.core.take, incoming)

    def _begins(self, event: tuple[str, str, str]) -> bool:
        """Whether an event is not under way here already, nor was a moment ago."""
        if event in self._events:
            return False
        if len(self._events) >= _MOST_EVENTS:
            del self._events[next(iter(self._events))]
        self._events[event] = None
        return True

    async def aside(self, work: Callable[[], T]) -> T:
        """Do something with the database off the loop, in line with the turns."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def is_settled(self, incoming: Incoming, outcome: Outcome) -> bool:
        """Whether nothing is to be kept after the answer."""
        return not outcome.unnoted and self._is_in_focus(incoming, outcome)

    def _is_in_focus(self, incoming: Incoming, outcome: Outcome) -> bool:
        return outcome.focus is None or self._focus.get(_focus_key(incoming, outcome)) == outcome.focus

    async def settle(self, incoming: Incoming, outcome: Outcome) -> None:
        """What is kept after the answer went out: that the event was handled, which nobody waits for, and the plan named
        last, if it is another one than before."""
        if outcome.unnoted:
            if not self._answered:  # a burst is noted together: a write in between would hold up the answers
                asyncio.get_running_loop().call_later(_NOTED_AFTER, self._note_events)
            self._answered.append(incoming)
        if outcome.focus is None or self._is_in_focus(incoming, outcome):
            return
        if len(self._focus) >= _MOST_FOCUSES:
            self._focus.clear()
        key = _focus_key(incoming, outcome)
        self._focus[key] = outcome.focus
        try:
            await self.aside(partial(self.core.note_focus, incoming, outcome.place, outcome.focus))
        except Exception as error:  # it was answered, so nobody is told; the next turn tries again
            self._focus.pop(key, None)
            logs.error("focus_not_noted", kind=type(error).__name__, where=logs.where(error))

    def _note_events(self) -> None:
        answered, self._answered = self._answered, []
        if answered:
            self._threads.submit(self._write_events, answered)

    def _write_events(self, answered: list[Incoming]) -> None:
        try:
            self.core.note_events(answered)
        except Exception as error:  # sent again after a restart, they would be answered again
            logs.error("events_not_noted", kind=type(error).__name__, where=logs.where(error))

    def close(self) -> None:
        """Wait for turns under way, and keep what is to be kept of them."""
        self._note_events()
        self._threads.shutdown(wait=True)


def _focus_key(incoming: Incoming, outcome: Outcome) -> tuple[str, str, str, str]:
    return incoming.workspace.platform, incoming.workspace.id, incoming.speaker.id, outcome.place


async def open_in_place(sealed: Sealed, incoming: Incoming, directory: Directory) -> Shown:
    """Open an answer for where it was asked: for everyone if it is meant for them and may be, else for the asker alone.

    `Shown.private` tells which it is. The channel's kind is asked for only if it matters, and at this moment. What was typed
    behind a slash command nobody else has seen, and a platform shows it beside an answer for everyone: so that is never given.
    """
    steps = sealed.steps
    if steps.public and not incoming.place.direct and incoming.via is not Via.SLASH:
        channel = (
            Everyone(None)
            if steps.open
            else await _everyone(incoming.place.id, incoming.workspace, directory)
        )
        shown = unseal(sealed, channel)
        if isinstance(shown, Shown):
            return shown
    return open_alone(sealed, incoming.speaker)


async def open_for(send: SealedSend, workspace: WorkspaceKey, directory: Directory) -> Shown | Withheld:
    """Open a message to somebody else, for whoever is there at this moment. Withheld: it must not be posted."""
    if not send.to.direct:
        return unseal(send.content, await _everyone(send.to.id, workspace, directory))
    person = await told(AskPerson(send.to.id), workspace, directory)
    if not isinstance(person, Person) or person.id != send.to.id:
        person = Person(send.to.id)
    return unseal(send.content, Alone(person))


async def open_or_tell(
    send: SealedSend, incoming: Incoming, directory: Directory
) -> tuple[Address, Shown] | None:
    """A message to somebody else opened, with where it goes. What a channel may not see any more is not posted: instead the
    speaker, who believes it was, is told so in private. None: it is for one person, who may not see it, or it was only to
    take the place of a message that may stand there as it is."""
    shown = await open_for(send, incoming.workspace, directory)
    if isinstance(shown, Shown):
        return send.to, shown
    if send.to.direct or send.message:
        return None
    me = incoming.speaker
    return Address(me.id, direct=True), open_alone(seal(say(shown.why.value), Mark.OPEN, (), me.id), me)


async def _everyone(channel_id: str, workspace: WorkspaceKey, directory: Directory) -> Everyone:
    channel = await told(AskChannel(channel_id), workspace, directory)
    return Everyone(channel if isinstance(channel, Channel) and channel.id == channel_id else None)


async def told(ask: Fetch, workspace: WorkspaceKey, directory: Directory) -> Found:
    """What the platform tells; nothing where it cannot be asked. Not knowing counts as outside."""
    try:
        return await directory.find(workspace, ask)
    except Exception as error:  # whatever a platform's library raises
        logs.error("not_told", kind=type(error).__name__, where=logs.where(error), ask=type(ask).__name__)
        return None


def open_alone(sealed: Sealed, person: Person) -> Shown:
    """Open an answer for one person; where even that is not allowed, say so without content."""
    shown = unseal(sealed, Alone(person))
    if isinstance(shown, Withheld):
        refusal = seal(say(shown.why.value), Mark.OPEN, (), person.id)
        shown = unseal(refusal, Alone(person))
        assert isinstance(shown, Shown)  # open content always passes
    return shown


def _broken(incoming: Incoming, reference: str) -> Sealed:
    """What the person is told, with what was typed where the platform does not keep it."""
    wrong = Expected(
        f"If it happens again, give this reference to whoever runs Prep: {reference}",
        understood="Something went wrong on my side, and nothing was changed. Please try again.",
    )
    return seal(error_told(wrong, incoming), Mark.OPEN, (), incoming.speaker.id)
