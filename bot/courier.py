"""Carries what is for one address: looks up what may be there already, posts the rest as one message, keeps to the pace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.outcomes import CannotTell, Gone, Malformed, NoAnswer, Posted, RetryLater, Unknown
from bot.pacing import Holds, Pace
from handlers.gate import Why, Withheld
from handlers.reminders.desk import Settled, look_again

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from bot.looking import Looking
    from bot.outcomes import Post, Sender
    from bot.pacing import Place
    from handlers.reminders.building import Bundle
    from handlers.reminders.desk import Desk

_MOST_POSTS = 3


class Courier:
    """Posts with `senders` by platform. `run` does the desk's work off the loop; `seconds` rise, `sleep` waits for them."""

    def __init__(
        self,
        senders: Mapping[str, Sender],
        desk: Desk,
        run: Callable[..., Awaitable[Any]],
        sleep: Callable[[float], Awaitable[None]],
        seconds: Callable[[], float],
        looking: Looking,
    ) -> None:
        self._senders = senders
        self._looking = looking
        self._desk = desk
        self._run = run
        self._sleep = sleep
        self._seconds = seconds
        self._pace = Pace()
        self._look_ups = Holds()
        self.holds = Holds()
        self.posts = 0  # that arrived, so far

    async def carry(self, bundles: Sequence[Bundle], clock: Callable[[], datetime]) -> list[Settled]:
        """What became of all that was claimed for one address. `clock` says what time it is (aware UTC)."""
        began = clock()
        if bundles[0].looks:
            return [await self._looking.take(bundle, began) for bundle in bundles]
        held = self.holds.over(_place(bundles[0]), began)
        if held is not None:
            return [Settled(bundle, "later", again=held) for bundle in bundles]
        settled: list[Settled] = []
        left: list[Bundle] = []
        for bundle in bundles:
            found = await self._before(bundle, clock())
            (settled if isinstance(found, Settled) else left).append(found)  # type: ignore[arg-type]
        if len(left) > 1:  # what was in doubt at different times, and what is new: still one message
            left = await self._run(self._desk.together, left, clock())
        for bundle in left:
            settled += await self._post(bundle, clock)
        return settled

    async def _before(self, bundle: Bundle, now: datetime) -> Bundle | Settled:
        """What is known of earlier posts settles it, or makes it what is to be posted."""
        try:
            for token in bundle.earlier:
                message = await self._found(bundle, token, now)
                if message is not None:
                    return Settled(bundle, "sent", message)
        except CannotTell as doubt:
            if bundle.waits and not doubt.never:
                told = now + timedelta(seconds=doubt.seconds) if doubt.seconds else None
                return Settled(bundle, "later", again=told or look_again(bundle.doubted_at, now))
            if len(bundle.earlier) > _MOST_POSTS:  # some of them arrived, or nothing ever will
                return Settled(bundle, "sent")
            return replace(bundle, content=bundle.repeat or bundle.content, repeats=True)
        return bundle

    async def _post(self, bundle: Bundle, clock: Callable[[], datetime]) -> list[Settled]:
        """Post what surely was not posted yet, or says that it may have been; where it may not be posted together, one by
        one."""
        place, outcome = _place(bundle), await self._outcome(bundle)
        now = clock()  # a pause begins when it is asked for, however long the way there was
        match outcome:
            case Withheld() | Malformed() if len(bundle.ids) > 1:
                singles: list[Bundle] = await self._run(self._desk.one_by_one, bundle, now)
                return [settled for one in singles for settled in await self._post(one, clock)]
            case Unknown():
                return [await self._looked_up(bundle, now)]
            case RetryLater(seconds, whole):
                again = self.holds.pause(place, seconds, now, whole=whole)
                return [Settled(bundle, "later", again=again)]
            case NoAnswer(seconds):
                self.holds.trouble(place, now)
                return [Settled(bundle, "later", again=now + timedelta(seconds=seconds))]
            case Posted(message):
                self.holds.is_well(place)
                self.posts += 1
                return [Settled(bundle, "sent", message)]
            case Withheld(why):
                return [Settled(bundle, "joinable" if why is Why.LISTED_MAY_LOOK_IN else "outsiders")]
            case Gone():
                return [Settled(bundle, "gone")]
            case Malformed():
                return [Settled(bundle, "malformed")]

    async def _outcome(self, bundle: Bundle) -> Post:
        pause = self._pace.wait(_place(bundle), self._seconds())
        if pause > 0:
            await self._sleep(pause)
        sender = self._senders[bundle.workspace.platform]
        try:
            post = await sender.post(bundle.workspace, bundle.to, bundle.content, bundle.token)
        except Exception as error:  # whatever a platform throws, others go on, and it may have arrived
            logs.warning("post_failed", kind=type(error).__name__, platform=bundle.workspace.platform)
            return Unknown()
        if isinstance(post, Withheld):  # the gate stayed shut at the moment of sending, so nothing was sent
            self._pace.unused(_place(bundle))
        return post

    async def _looked_up(self, bundle: Bundle, now: datetime) -> Settled:
        try:
            message = await self._found(bundle, bundle.token, now)
        except CannotTell:
            message = None
        if message is None:
            self.holds.trouble(_place(bundle), now)
            return Settled(bundle, "unsure")
        return Settled(bundle, "sent", message)

    async def _found(self, bundle: Bundle, token: str, now: datetime) -> str | None:
        """What the platform knows of an earlier post. Raises CannotTell, whatever it throws, and while it wants its peace."""
        held = self._look_ups.over((bundle.home, ""), now)
        if held is not None:
            raise CannotTell((held - now).total_seconds())
        sender = self._senders[bundle.workspace.platform]
        try:
            found = await sender.arrived(bundle.workspace, bundle.to, token)
        except CannotTell as doubt:
            if doubt.seconds:
                self._look_ups.pause((bundle.home, ""), doubt.seconds, now)
            raise
        except Exception as error:
            logs.warning("look_up_failed", kind=type(error).__name__, platform=bundle.workspace.platform)
            raise CannotTell from None
        self.holds.is_well(_place(bundle))
        return found


def _place(bundle: Bundle) -> Place:
    return (bundle.home, bundle.to.id)
