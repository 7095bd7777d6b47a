"""What Slack tells about channels and people, kept for a few minutes and forgotten as soon as it says that something changed.

Whoever asks waits a moment at most: what is not known by then counts as not known, and is there for the next one.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from bot.slack.api import NotAnswered
from bot.slack.people import Payload, channel_of, is_our_app, person_of, teams_beside
from handlers.turn import AskChannel, Channel, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from datetime import datetime

    from bot.slack.api import Api
    from bot.slack.identity import Identities, Identity
    from handlers.turn import Fetch, Found, WorkspaceKey

T = TypeVar("T")
FRESH = timedelta(minutes=3)
ALONE_NO_LONGER = timedelta(seconds=15)  # Slack tells one process of a change, and not the others
PATIENCE = 2.0  # seconds that somebody waits for what Slack tells
_ONE_BY_ONE = 15  # more people than this are looked up in the list of all
_MOST_PAGES = 20
_MOST_SINGLY = 100
_MOST_KEPT = 20_000
_NOT_THERE = frozenset({"is_archived", "not_in_channel"})


class SlackDirectory:
    """The directory of one workspace. `audience` is how long it holds who is in a channel."""

    def __init__(
        self, api: Api, identity: Identities, clock: Callable[[], datetime], *, audience: timedelta = FRESH
    ) -> None:
        self._audience = audience
        self._api = api
        self._identity = identity
        self._clock = clock
        self._people: dict[str, tuple[datetime, Person, bool]] = {}  # told when, who, an app of ours
        self._channels: dict[str, tuple[datetime, Channel | None]] = {}
        self._directs: dict[str, str] = {}
        self._untold: set[str] = set()  # whom and what Slack was asked about last without an answer
        self._under_way: dict[str, asyncio.Task[Any]] = {}  # those whose answer a newcomer may wait for
        self._asking: set[asyncio.Task[Any]] = (
            set()
        )  # all that are under way, also those that are too old for that
        self._changed: set[str] = set()  # while something is asked: the answer may be older than the change

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """The answer to a Fetch; None for other workspaces, and where Slack does not tell."""
        try:
            us = await self._identity.get()
        except NotAnswered as problem:
            self._note_answer(ask.id, problem)
            raise
        if workspace.platform != "slack" or workspace.id != us.team:
            return None
        return await (self.channel(ask.id) if isinstance(ask, AskChannel) else self.person(ask.id))

    def is_untold(self, who: str) -> bool:
        """Whether Slack, when it was asked last about a person or channel, gave no answer for a reason that has nothing to do
        with them: then nothing is known of them for now, rather than for good."""
        return who in self._untold

    def _note_answer(self, who: str, problem: NotAnswered | None = None) -> None:
        if problem is not None and problem.for_now:
            self._untold.add(who)
        else:
            self._untold.discard(who)

    # ---- people ----

    def known(self, user: str) -> Person | None:
        """A person whom Slack told of a moment ago, without asking it."""
        found = self._people.get(user)
        if found is None or self._clock() - found[0] >= FRESH:
            return None
        return found[1]

    def remembered(self, user: str) -> Person | None:
        """What Slack told of a person at last, however long ago."""
        found = self._people.get(user)
        return found[1] if found is not None else None

    async def person(self, user: str) -> Person | None:
        """A person, or None where Slack does not tell."""
        return self.known(user) or await self._wait(f"person {user}", lambda: self._fetch_person(user))

    async def _fetch_person(self, user: str) -> Person | None:
        try:
            answer = await self._api.ask("users.info", user=user, include_locale=True)
            found = self._keep(answer["user"], await self._identity.get())
        except NotAnswered as problem:
            self._note_answer(user, problem)
            return None
        self._note_answer(user)
        return found

    def _keep(self, user: Payload, us: Identity) -> Person:
        found = person_of(user, us.ours)
        self._identity.learn(teams_beside(user, us.enterprise))
        if len(self._people) > _MOST_KEPT:
            self._people.clear()
        if found.id not in self._changed:
            self._people[found.id] = (self._clock(), found, is_our_app(user, us.ours))
        return found

    # ---- channels ----

    async def channel(self, channel: str) -> Channel | None:
        """A channel with everybody in it, or None where there is none for us."""
        found = self._channels.get(channel)
        if found is not None and self._clock() - found[0] < self._audience:
            return found[1]
        return await self._wait(f"channel {channel}", lambda: self._fetch_channel(channel))

    async def is_not_in(self, channel: str) -> bool:
        """Whether Prep is not in a channel: it was put out, or never was in it, or the channel is archived or no more. Only as
        good as what Slack told (`is_untold`)."""
        found = await self.channel(channel)
        return found is None or found.present is False

    async def _fetch_channel(self, channel: str) -> Channel | None:
        try:
            answer = await self._api.ask("conversations.info", channel=channel)
        except NotAnswered as problem:
            self._note_answer(channel, problem)
            if problem.code == "channel_not_found":
                return self._keep_channel(channel, None)
            # there may be one, and nothing else is known of it
            return Channel(channel, present=False if problem.code in _NOT_THERE else None)
        people = None if answer["channel"].get("is_mpim") else await self._members(channel)
        found = channel_of(answer["channel"], people)
        return found if people is None else self._keep_channel(channel, found)  # half known: asked again

    def _keep_channel(self, channel: str, found: Channel | None) -> Channel | None:
        if len(self._channels) > _MOST_KEPT:
            self._channels.clear()
        if channel not in self._changed:
            self._channels[channel] = (self._clock(), found)
        return found

    async def _members(self, channel: str) -> tuple[Person, ...] | None:
        try:
            members = await self._all("conversations.members", "members", channel=channel)
            await self._learn(members)
        except NotAnswered as problem:
            self._note_answer(channel, problem)
            return None
        self._note_answer(channel)
        told = [self._people.get(member) for member in members]
        if None in told:
            return None
        return tuple(one[1] for one in told if one is not None and not one[2])

    async def _learn(self, users: Sequence[str]) -> None:
        """Know all these people. Many at once are faster found in the list of everybody."""
        us = await self._identity.get()
        missing = self._unknown(users)
        # an enterprise has a list for each of its teams, and none of everybody
        for place in [{"team_id": team} for team in sorted(us.teams)] if us.everywhere else [{}]:
            if len(missing) > _ONE_BY_ONE:
                for user in await self._all("users.list", "members", include_locale=True, **place):
                    self._keep(user, us)
                missing = self._unknown(users)
        for user in missing[:_MOST_SINGLY]:
            self._keep((await self._api.ask("users.info", user=user, include_locale=True))["user"], us)

    def _unknown(self, users: Sequence[str]) -> list[str]:
        return [user for user in users if self.known(user) is None]

    async def _all(self, method: str, key: str, **arguments: Any) -> list[Any]:
        """Every page of a list. Raises NotAnswered, also where there are more pages than can be asked for."""
        found: list[Any] = []
        cursor = ""
        for _ in range(_MOST_PAGES):
            more = {"cursor": cursor} if cursor else {}
            answer = await self._api.ask(method, **{"limit": 1000, **arguments, **more})
            found += answer[key]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found
        raise NotAnswered

    async def channels_with(self, user: str) -> frozenset[str] | None:
        """The channels in which somebody is, of those that we can see; None where Slack does not tell."""
        kinds = "public_channel,private_channel"
        try:
            found = await self._all("users.conversations", "channels", user=user, types=kinds, limit=200)
        except NotAnswered:
            return None
        return frozenset(str(one["id"]) for one in found)

    # ---- direct messages ----

    async def is_direct(self, channel: str, user: str) -> bool:
        """Whether a place is the direct message between Prep and this person, and not between two people."""
        if not channel.startswith("D"):
            return False
        return await self.direct_with(user) == channel

    async def direct_with(self, user: str) -> str | None:
        """The direct message between Prep and this person, opened where there is none yet."""
        known = self._directs.get(user)
        return known or await self._wait(f"direct {user}", lambda: self._open_direct(user))

    async def _open_direct(self, user: str) -> str | None:
        try:
            answer = await self._api.ask("conversations.open", users=user)
        except NotAnswered:
            return None
        self.learn_direct(user, str(answer["channel"]["id"]))
        return self._directs[user]

    def learn_direct(self, user: str, channel: str) -> None:
        """Slack told of a direct message between Prep and this person."""
        if len(self._directs) > _MOST_KEPT:
            self._directs.clear()
        self._directs[user] = channel

    # ---- changes ----

    def forget_person(self, user: str) -> None:
        """Something about a person changed, and with it about the channels they are in."""
        self._people.pop(user, None)
        self._note_change("person", user)
        for channel, (_, known) in list(self._channels.items()):
            if known is None or known.people is None or any(one.id == user for one in known.people):
                del self._channels[channel]

    def forget_channel(self, channel: str) -> None:
        """Something about a channel changed."""
        self._channels.pop(channel, None)
        self._note_change("channel", channel)

    def _note_change(self, kind: str, what: str) -> None:
        """What is being asked about it is neither kept nor given to whoever asks from now on."""
        self._under_way.pop(f"{kind} {what}", None)
        if self._asking:
            self._changed.add(what)

    # ---- waiting ----

    async def _wait(self, what: str, ask: Callable[[], Coroutine[Any, Any, T]]) -> T | None:
        """The answer, if it is there in a moment. One question at a time about one thing, and it is asked to its end."""
        task: asyncio.Task[T] | None = self._under_way.get(what)
        if task is None:
            task = asyncio.create_task(ask())
            self._under_way[what] = task
            self._asking.add(task)
            task.add_done_callback(lambda done: self._ended(what, done))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            self._untold.add(what.partition(" ")[2])  # until it is told after all
        return task.result() if done else None

    def _ended(self, what: str, task: asyncio.Task[Any]) -> None:
        if self._under_way.get(what) is task:
            del self._under_way[what]
        self._asking.discard(task)
        if not self._asking:
            self._changed.clear()
        if not task.cancelled():
            task.exception()  # whoever waited has it
