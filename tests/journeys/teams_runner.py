"""Teams as a face for journeys: activities over HTTP through the real adapter, cards read as a person sees them.

What Prep answers in private although it was asked in a channel stands in the channel for the speaker alone, or, where
the tenant takes no such messages, in the speaker's direct message; then the channel has only fixed words about it. Both
are given as `(only you)`, as on other faces; so are the fixed words to somebody from outside who used a private command
where none can be answered in private. `old` are people whose clients know no `Action.Execute`.
"""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.app import build
from bot.config import Settings
from bot.delivery import Delivery
from bot.teams.card_actions import YES
from bot.teams.saying import DONE, IN_PRIVATE
from bot.teams.wiring import build_teams
from handlers.gate import Why
from tests.doubles.teams import cards
from tests.doubles.teams.client import TeamsClient
from tests.doubles.teams.limits import Seconds
from tests.doubles.teams.service import TeamsDouble
from tests.doubles.teams.serving import serving
from tests.doubles.teams.world import BOT, OTHER_TENANT, Conversation, Post, User
from tests.journeys.runner import DM, Somebody, at_once, by_place, elsewhere, everybody, marked, somebody
from tests.journeys.teams_reading import buttons, card_lines, inputs, written
from tests.support.talk import START

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime

    from bot.app import App
    from bot.teams.face import TeamsFace
    from tests.doubles.teams.client import Answer

_MENTION, _COMMAND = "@Prep", "/prep"
_SUBMITS = "form"


class TeamsRunner:
    """A `Runner`. `teams` is what people see, `client` what they use; `now` moves only when a journey moves it."""

    def __init__(
        self,
        teams: TeamsDouble,
        app: App,
        channels: Mapping[str, list[str]],
        seconds: Seconds,
        *,
        old: bool = False,
    ) -> None:
        self.teams = teams
        self._old = old
        self._slashing: set[str] = set()
        self.app = app
        self.now = START
        self._seconds = seconds
        self._client: TeamsClient | None = None
        self._face: TeamsFace | None = None
        self._delivery: Delivery | None = None
        self._people = {name: _user(one) for name, one in everybody(channels).items()}
        self.channels = {name: self._channel(name, members) for name, members in channels.items()}

    def _channel(self, name: str, members: list[str]) -> Conversation:
        people = [somebody(one) for one in members]
        shared = (OTHER_TENANT,) if any(one.outside for one in people) else ()
        return self.teams.channel(*(_user(one) for one in people), name=name, shared_with=shared)

    def _person(self, name: str) -> User:
        return self._people.get(name, person(name))

    @property
    def client(self) -> TeamsClient:
        """The client that people use; there once the bot has its address."""
        assert self._client is not None
        return self._client

    @property
    def face(self) -> TeamsFace:
        """The face behind the bot's address."""
        assert self._face is not None
        return self._face

    def connect(self, endpoint: str, face: TeamsFace) -> None:
        """From now on people reach the bot here."""
        self._face = face
        self._delivery = Delivery(self.app.database, {"teams": face.sender}, sleep=at_once)
        self._client = TeamsClient(self.teams, endpoint)
        self._client.zone = "Europe/Berlin"

    def leave(self) -> None:
        """Nothing is delivered any more."""
        if self._delivery is not None:
            self._delivery.close()

    async def arrive(self) -> None:
        """Prep is added to all channels."""
        for place in self.channels.values():
            await self.client.conversation_update(place.members[0], place, membersAdded=[BOT])
        self.teams.posts.clear()  # what it says when it comes is not part of a journey

    def clock(self) -> datetime:
        """The time for the bot."""
        return self.now

    async def set_now(self, now: datetime) -> None:
        """Moves the clock."""
        self.now = now

    async def say(self, user: str, place: str, line: str) -> list[str]:
        """Somebody types a line; people whom they mention are picked from the list, as clients offer it."""
        start = next((one for one in (_COMMAND, _MENTION) if place != DM and line.startswith(one)), "")
        words, named = self._mentioned(line.removeprefix(start).strip())
        self._slashing = {user} if start == _COMMAND else set()
        ways = {_COMMAND: self.client.slash, _MENTION: self.client.mention}
        way = ways.get(start, self.client.message)
        sent = way(self._person(user), words, self._where(user, place), entities=named)
        return await self._seen(user, place, sent)

    def _mentioned(self, text: str) -> tuple[str, list[dict[str, Any]]]:
        """The text with its mentions marked up, and whom they mean."""
        named: list[dict[str, Any]] = []

        def mark(found: re.Match[str]) -> str:
            one = self._people.get(found[1])
            if one is None:
                return found[0]
            named.append({"type": "mention", "mentioned": one.account(), "text": f"<at>{one.name}</at>"})
            return f"<at>{one.name}</at>"

        return re.sub(r"@([a-z]+)\b", mark, text), named

    async def press(self, user: str, place: str, label: str) -> list[str]:
        """Somebody presses a button, and says yes if they are asked whether they are sure."""
        post, action = self._button(user, place, label)
        if action["type"] == "Action.ToggleVisibility":
            post, action = self._asked(user, place, action)
        return await self._seen(user, place, self._use(user, post, action, {}))

    async def submit(self, user: str, place: str, values: Mapping[str, str]) -> list[str]:
        """Somebody sends the newest form that they see."""
        post, action = self._form(user, place)
        fields = inputs(post.seen_by(self._person(user))[0])
        unknown = set(values) - set(fields)
        if unknown:
            raise LookupError(f"no fields {sorted(unknown)}")
        sent = {field["id"]: field.get("value", "") for field in fields.values()}
        sent |= {fields[label]["id"]: written(fields[label], value) for label, value in values.items()}
        return await self._seen(user, place, self._use(user, post, action, sent), form=post)

    async def _use(self, user: str, post: Post, action: dict[str, Any], sent: dict[str, Any]) -> Answer:
        return await self.client.use(self._person(user), post, action, sent, old=self._old)

    async def deliver(self) -> list[str]:
        """What is due is delivered."""
        before = len(self.teams.posts)
        assert self._delivery is not None
        await self._delivery.deliver(self.now)
        self._seconds.passed += 10
        return by_place((_name(post.conversation), _lines(post)) for post in self.teams.posts[before:])

    # ---- what is seen ----

    async def _seen(self, user: str, place: str, done: Any, form: Post | None = None) -> list[str]:
        """The lines that appear while something is `done`. An answer in the place of the `form` is an answer."""
        self._seconds.passed += 10  # a person needs a while between two lines
        before = {post.id: len(post.history) for post in self.teams.posts}
        answer = await done
        assert answer.status == 200
        lines: list[str] = []
        for post in self.teams.posts:
            mark = "" if post.id not in before or post is form else "(edited) "
            if before.get(post.id, -1) != len(post.history):
                lines += self._told(user, place, post, mark)
        return lines

    def _told(self, user: str, place: str, post: Post, mark: str) -> list[str]:
        where = post.conversation
        if post.text in {IN_PRIVATE, DONE}:
            return []
        found = marked(_lines(post), mark)
        if where is self._where(user, place):
            refused = self._old and post.text == Why.OUTSIDER.value and user in self._slashing
            return marked(found, "(only you) ") if post.targeted_at or refused else found
        name = _name(where)
        return marked(found, "(only you) ") if name == f"@{user}" else elsewhere(name, found)

    def _where(self, user: str, place: str) -> Conversation:
        if place == DM:
            return self.teams.personal(self._person(user))
        return self.channels[place.removeprefix("#")]

    def _visible(self, user: str, place: str) -> list[Post]:
        """What somebody can press there, newest first: what was moved to their direct message, too."""
        places = [self._where(user, place), self._where(user, DM)]
        posts = [post for here in places for post in self.teams.visible(here, self._person(user))]
        return sorted({post.id: post for post in posts}.values(), key=lambda post: int(post.id), reverse=True)

    def _button(self, user: str, place: str, label: str) -> tuple[Post, dict[str, Any]]:
        for post in self._visible(user, place):
            found = [a for card in post.seen_by(self._person(user)) for a in buttons(card["body"])]
            if label.isdigit() and int(label) <= len(found):
                return post, found[int(label) - 1]
            for action in found:
                if action["title"] == label:
                    return post, action
        raise LookupError(f"{user} sees no button {label!r} in {place}")

    def _asked(self, user: str, place: str, toggle: dict[str, Any]) -> tuple[Post, dict[str, Any]]:
        """The button that says yes to the question that a button opened."""
        for post in self._visible(user, place):
            for card in post.seen_by(self._person(user)):
                for element in card["body"]:
                    if element.get("id") == toggle["targetElements"][0]:
                        return post, next(a for a in cards.actions(element) if a["title"] == YES)
        raise LookupError("nothing was asked")

    def _form(self, user: str, place: str) -> tuple[Post, dict[str, Any]]:
        for post in self._visible(user, place):
            for card in post.seen_by(self._person(user)):
                for action in cards.actions(card):
                    if action.get("verb") == _SUBMITS:
                        return post, action
        raise LookupError(f"{user} sees no form in {place}")


def person(name: str) -> User:
    """Somebody of a journey."""
    return User(name.title())


def _user(one: Somebody) -> User:
    found = person(one.name)
    return replace(
        found, tenant=OTHER_TENANT if one.outside else found.tenant, role="guest" if one.guest else "user"
    )


def _name(where: Conversation) -> str:
    """`#acme`, or `@ann` for the direct message with her."""
    return f"@{where.members[0].name.lower()}" if where.kind == "personal" else f"#{where.name}"


def _lines(post: Post) -> list[str]:
    return [line for card in post.cards for line in card_lines(card)] or [post.text]


@asynccontextmanager
async def teams_runner(
    database_url: str,
    channels: Mapping[str, list[str]] | None = None,
    *,
    targeted: bool = True,
    old: bool = False,
    playbook: str | None = None,
) -> AsyncIterator[TeamsRunner]:
    """A runner for one journey. `channels` are (name -> members); all are people of one tenant.

    `targeted`: whether the tenant takes messages that one person in a channel sees.
    """
    seconds = Seconds()
    double = TeamsDouble(clock=seconds)
    double.targeted_allowed = targeted
    settings = Settings(
        database_url=database_url,
        teams_allow_anonymous=True,
        prep_playbook=playbook,
        _env_file=None,  # type: ignore[call-arg]
    )
    app = build(settings)
    async with double:
        runner = TeamsRunner(double, app, channels or {}, seconds, old=old)
        found, face = build_teams(app, app.settings, clock=runner.clock, sleep=seconds.sleep, hides=True)
        site = web.Application()
        site.add_routes(found)
        try:
            async with serving(site) as url:
                runner.connect(f"{url}/api/messages", face)
                await runner.arrive()
                yield runner
        finally:
            runner.leave()
            await face.close()
            app.close()
