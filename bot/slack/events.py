"""The events that Slack tells of: what people say to Prep, and what changes around it.

Slack sends an event again if it was not acknowledged in time, perhaps to another process: each acts once.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot.slack import incoming, needs
from bot.slack.incoming import Origin
from bot.slack.people import person_of
from handlers import notices
from handlers.turn import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from bot.edge import Edge
    from bot.openings import Watch
    from bot.slack.directory import SlackDirectory
    from bot.slack.home import Home
    from bot.slack.identity import Identity
    from bot.slack.turns import Turns

Payload = dict[str, Any]
_SPOKEN = {None, "thread_broadcast"}
_SHARED = {"channel_shared", "channel_unshared"}


class Events:
    """What is done about the events of one workspace."""

    def __init__(
        self,
        edge: Edge,
        turns: Turns,
        directory: SlackDirectory,
        watch: Watch,
        home: Home,
        clock: Callable[[], datetime],
    ) -> None:
        self._edge = edge
        self._turns = turns
        self._directory = directory
        self._watch = watch
        self._home = home
        self._clock = clock
        self._work: dict[str, Callable[[Payload], Coroutine[Any, Any, None]]] = {
            "app_mention": self._mention,
            "message": self._message,
            "app_home_opened": self._opened,
            **dict.fromkeys(needs.ABOUT_CHANNELS, self._channel_changed),
            **dict.fromkeys(needs.ABOUT_PEOPLE, self._person_changed),
            "member_joined_channel": self._joined,
        }

    def about(self, payload: Payload) -> Coroutine[Any, Any, None] | None:
        """What is to be done about an event that is on the list of `needs`; None for whatever else is sent."""
        work = self._work.get(str((payload.get("event") or {}).get("type")))
        return work(payload) if work is not None else None

    # ---- what people say ----

    async def _mention(self, payload: Payload) -> None:
        us = await self._ours(payload)
        event = payload["event"]
        if us is None or event.get("bot_id") or not incoming.speaker_of(payload):
            return
        origin = Origin(event["channel"], thread=event.get("thread_ts") or "", message=event["ts"])
        person = await self._turns.speaker(payload, us)
        if event.get("edited"):  # the name of the app was put in afterwards
            if person.home and person.guest is False:
                await self._say_once(payload, us, notices.EDITED, origin, direct=False)
            return
        arrived = incoming.mention(payload, person, us, self._clock())
        outcome = await self._turns.run(arrived)
        if not outcome.repeated:
            await self._turns.answer(arrived, outcome, origin)

    async def _message(self, payload: Payload) -> None:
        us = await self._ours(payload)
        event = payload["event"]
        if us is None or event.get("channel_type") != "im" or event.get("bot_id"):
            return
        subtype = event.get("subtype")
        if subtype in _SPOKEN and incoming.speaker_of(payload):
            await self._direct(payload, us)
        elif subtype in {"message_changed", "message_deleted", "file_share"}:
            await self._beside(payload, us, subtype)

    async def _direct(self, payload: Payload, us: Identity) -> None:
        event = payload["event"]
        person = await self._turns.speaker(payload, us)
        self._directory.learn_direct(person.id, event["channel"])
        arrived = incoming.direct(payload, person, us, self._clock())
        outcome = await self._turns.run(arrived)
        if not outcome.repeated:
            origin = Origin(event["channel"], thread=event.get("thread_ts") or "", message=event["ts"])
            await self._turns.answer(arrived, outcome, origin)

    async def _beside(self, payload: Payload, us: Identity, subtype: str) -> None:
        """What is no words: a message edited or taken back, a file."""
        event = payload["event"]
        before, after = event.get("previous_message") or {}, event.get("message") or {}
        origin = Origin(event["channel"], thread=(after or before or event).get("thread_ts") or "")
        if subtype == "file_share":
            await self._say_once(payload, us, notices.FILE, origin, direct=True)
        elif not before or before.get("bot_id") or before.get("user") == us.bot_user:
            return
        elif (
            subtype == "message_deleted" or after.get("subtype") == "tombstone"
        ):  # with answers in its thread
            await self._say_once(payload, us, notices.DELETED, origin, direct=True)
        elif before.get("text") != after.get("text"):  # else only a preview of a link was added
            await self._say_once(payload, us, notices.EDITED, origin, direct=True)

    async def _say_once(
        self, payload: Payload, us: Identity, lines: tuple[str, ...], origin: Origin, *, direct: bool
    ) -> None:
        if await self._first(payload, us):
            await self._turns.notice(lines, incoming.speaker_of(payload), origin, direct=direct)

    async def _opened(self, payload: Payload) -> None:
        us = await self._ours(payload)
        user = incoming.speaker_of(payload)
        if us is None or not user:
            return
        event = payload["event"]
        if str(event.get("channel") or "").startswith("D"):
            self._directory.learn_direct(user, event["channel"])
        await self._home.opened(await self._turns.speaker(payload, us), event)

    # ---- what changes ----

    async def _joined(self, payload: Payload) -> None:
        event = payload["event"]
        self._directory.forget_channel(event["channel"])
        us = await self._ours(payload)
        if us is None:
            return
        if event.get("user") == us.bot_user:
            if await self._first(payload, us):
                await self._turns.notice(notices.INTRODUCTION, "", Origin(event["channel"]), direct=False)
            await self._look(payload, us, event["channel"])
            return
        user = str(event.get("user") or "")
        await self._look(payload, us, event["channel"], await self._directory.person(user) or Person(user))

    async def _channel_changed(self, payload: Payload) -> None:
        event = payload["event"]
        channel, old, new = (event.get(key) for key in ("channel", "old_channel_id", "new_channel_id"))
        for name in (channel, old, new):
            if isinstance(name, str):
                self._directory.forget_channel(name)
        us = await self._ours(payload)
        if us is None:
            return
        if isinstance(old, str) and isinstance(new, str):  # sharing a channel can change its id
            await self._watch.renamed(incoming.workspace_key(us.team), old, new)
            await self._look(payload, us, new)
        elif event["type"] in _SHARED and isinstance(channel, str):
            await self._look(payload, us, channel)

    async def _look(self, payload: Payload, us: Identity, channel: str, *joined: Person) -> None:
        """Whether people from outside may read a channel now."""
        key, event = incoming.workspace_key(us.team), str(payload.get("event_id") or "")
        await self._watch.look(key, [channel], event, joined)

    async def _person_changed(self, payload: Payload) -> None:
        user = payload["event"].get("user")
        name = user.get("id") if isinstance(user, dict) else user
        if not isinstance(name, str):
            return
        before = self._directory.remembered(name)
        self._directory.forget_person(name)
        us = await self._ours(payload)
        if us is not None and isinstance(user, dict) and not user.get("deleted") and not user.get("is_bot"):
            await self._perhaps_outside(payload, us, person_of(user, us.ours), before)

    async def _perhaps_outside(
        self, payload: Payload, us: Identity, person: Person, before: Person | None
    ) -> None:
        """Somebody who became a guest, or got a mail address that is listed, may sit where something is linked. Whoever was
        outside before is no news: they change their picture, too."""
        key = incoming.workspace_key(us.team)
        if not await self._watch.concerned(key, [person]):
            return
        if before is not None and await self._watch.concerned(key, [before]):
            return
        channels = await self._directory.channels_with(person.id)
        await self._watch.became(key, person.id, channels, str(payload.get("event_id") or ""))

    # ---- whose it is ----

    async def _ours(self, payload: Payload) -> Identity | None:
        """Who we are, if the event is for our workspace."""
        us = await self._turns.us()
        return us if us.ours & incoming.teams_of(payload) else None

    async def _first(self, payload: Payload, us: Identity) -> bool:
        event = str(payload.get("event_id") or "")
        key = incoming.workspace_key(us.team)
        return await self._edge.aside(partial(self._edge.core.once, key, event, self._clock()))
