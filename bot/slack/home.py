"""Somebody's Home: their hub and their settings, made for them alone by the same turns as everywhere.

It is published when they open it, and again after what they do while they may have it before them. Who opens Prep for the
first time is greeted once, in the direct message.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.edge import open_alone
from bot.slack import incoming, views
from bot.slack.api import Done, NotAnswered, Refused
from bot.slack.incoming import Origin
from bot.slack.names import names_in
from bot.slack.needs import OPTIONAL_SCOPES
from bot.slack.noting import noting
from handlers.notices import installed, met

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.edge import Edge
    from bot.slack.api import Api
    from bot.slack.directory import SlackDirectory
    from bot.slack.tasks import Tasks
    from bot.slack.turns import Turns
    from handlers.gate import Outcome, Shown
    from handlers.turn import Incoming, Person

SECTIONS = ("hub", "settings")
LATELY = timedelta(minutes=30)
_MOST = 10_000
PROMPTS = (
    ("Prepare a negotiation", "new"),
    ("What comes next?", "hub"),
    ("What comes due?", "renewals"),
    ("What can you do?", "help"),
)
"""Titles, and the words that are sent as a message when somebody presses one."""


class Home:
    """For one workspace."""

    def __init__(
        self,
        edge: Edge,
        api: Api,
        turns: Turns,
        directory: SlackDirectory,
        tasks: Tasks,
        clock: Callable[[], datetime],
    ) -> None:
        self._edge, self._api, self._turns = edge, api, turns
        self._directory, self._tasks, self._clock = directory, tasks, clock
        self._opened: dict[str, datetime] = {}
        self._publishing: dict[str, bool] = {}  # who -> whether something changed meanwhile
        turns.watch = self._ended

    async def opened(self, person: Person, event: dict[str, Any]) -> None:
        """Somebody opened the app, on its Home or on its messages."""
        is_new = await self._meet(person)
        if event.get("tab") == "home":
            if len(self._opened) >= _MOST:
                self._opened.clear()
            self._opened[person.id] = self._clock()
            await self._publish(person)
        if is_new:
            await self._turns.greet(person.id, met())
        if event.get("tab") == "messages":
            await self._suggest(str(event.get("channel") or ""))

    async def welcome(self, user: str, *, again: bool) -> None:
        """Greet who has installed Prep; opening it then, they are not greeted once more."""
        await self._turns.greet(user, installed(again=again))
        person = await self._directory.person(user)
        if person is not None:
            await self._meet(person)

    async def _meet(self, person: Person) -> bool:
        us = await self._turns.us()
        key = incoming.workspace_key(us.team)
        return await self._edge.aside(partial(self._edge.core.meet, key, person, self._clock()))

    # ---- publishing ----

    async def _publish(self, person: Person) -> None:
        """Publish it; what changes meanwhile is published right after, and never at the same time."""
        if person.id in self._publishing:
            self._publishing[person.id] = True
            return
        self._publishing[person.id] = True
        try:
            while self._publishing[person.id]:
                self._publishing[person.id] = False
                await self._publish_once(person)
        finally:
            del self._publishing[person.id]

    async def _publish_once(self, person: Person) -> None:
        shown: list[Shown] = []
        for words in SECTIONS:
            one = await self._section(person, words)
            if one not in shown:  # whoever is refused is refused once
                shown.append(one)
        names = {key: name for one in shown for key, name in (await names_in(one, self._directory)).items()}
        fate = await self._api.post("views.publish", user_id=person.id, view=views.home(shown, names))
        if not isinstance(fate, Done):
            code = fate.code if isinstance(fate, Refused) else type(fate).__name__
            logs.error("slack_not_sent", method="views.publish", outcome=code)

    async def _section(self, person: Person, words: str) -> Shown:
        """The answer to these words as this person gets it, and as nobody else does."""
        us, channel = await self._turns.us(), await self._directory.direct_with(person.id)
        origin = Origin(channel or person.id)
        arrived = incoming.press(origin, words, person, us.team, self._clock(), direct=True)
        return open_alone((await self._turns.run(arrived)).answer, person)

    def _ended(self, arrived: Incoming, outcome: Outcome) -> None:
        """A turn of somebody ended: if their Home is likely to be looked at, and something changed, it is made anew."""
        opened = self._opened.get(arrived.speaker.id)
        if opened is None:
            return
        if self._clock() - opened > LATELY:
            del self._opened[arrived.speaker.id]
        elif not (
            outcome.refused
            or outcome.broken
            or outcome.repeated
            or outcome.unnoted
            or self._edge.core.reads(arrived)
        ):
            self._tasks.start(noting("home", self._publish(arrived.speaker)))

    # ---- prompts ----

    async def _suggest(self, channel: str) -> None:
        """Suggest words above the field for messages, in a workspace that has granted it."""
        if not channel or not (await self._turns.us()).scopes >= OPTIONAL_SCOPES:
            return
        prompts = [{"title": title, "message": message} for title, message in PROMPTS]
        try:
            await self._api.ask("assistant.threads.setSuggestedPrompts", channel_id=channel, prompts=prompts)
        except NotAnswered as problem:  # nobody has asked for them
            logs.warning(
                "slack_not_sent", method="assistant.threads.setSuggestedPrompts", outcome=problem.code
            )
