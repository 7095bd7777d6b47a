"""The Slack face of one installation. It waits for Slack's acknowledgement no longer than Slack does.

Slack waits three seconds. A turn that takes longer goes on after the acknowledgement and is answered later. Nothing is
raised into Bolt: what breaks is told to the person by the edge, and what breaks around it goes to the log without content.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from slack_bolt.response import BoltResponse

from bot.openings import Watch
from bot.slack import incoming
from bot.slack.directory import ALONE_NO_LONGER, FRESH, SlackDirectory
from bot.slack.events import Events
from bot.slack.hands import Hands
from bot.slack.home import Home
from bot.slack.identity import Identities
from bot.slack.incoming import Origin
from bot.slack.noting import broken, note, noting
from bot.slack.sender import SlackSender
from bot.slack.tasks import Tasks
from bot.slack.turns import Turns
from bot.slack.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.edge import Edge
    from bot.slack.api import Api
    from bot.slack.identity import Identity
    from handlers.turn import Incoming

Payload = dict[str, Any]
PATIENCE = 2.0  # seconds before Slack gets its acknowledgement without the answer


class SlackFace:
    """Everything that a workspace's Slack needs. `tasks` is what goes on after an acknowledgement, of one face or of many."""

    def __init__(
        self,
        edge: Edge,
        api: Api,
        clock: Callable[[], datetime],
        *,
        known: Identity | None = None,
        tasks: Tasks | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.api = api
        self.identity = Identities(api, known)
        self.directory = SlackDirectory(
            api, self.identity, clock, audience=FRESH if edge.database.is_sqlite else ALONE_NO_LONGER
        )
        self.voice = Voice(api, self.directory)
        self.turns = Turns(edge, api, self.identity, self.directory, self.voice)
        self.sender = SlackSender(api, self.directory)
        self.tasks = tasks or Tasks()
        watch = Watch(edge, self.directory, clock)
        self.home = Home(edge, api, self.turns, self.directory, self.tasks, clock)
        self._events = Events(edge, self.turns, self.directory, watch, self.home, clock)
        self.hands = Hands(self.turns, self.directory, self.tasks, clock, patience)
        self._edge = edge
        self._clock = clock
        self._patience = patience

    def open(self) -> None:
        """Find out who we are before somebody waits for it. Where Slack does not tell, it is asked again when it matters."""
        self.tasks.start(noting("auth.test", self.identity.get()))

    def welcome(self, user: str, *, again: bool) -> None:
        """Greet who has installed Prep. Where that does not get there, the page said what to do next as well."""
        self.tasks.start(noting("welcome", self.home.welcome(user, again=again)))

    async def heard(self, body: Payload) -> None:
        """Do what an event asks for while Slack waits, and go on with it afterwards."""
        work = self._events.about(body)
        if work is not None:
            await self.tasks.wait_a_moment(noting("event", work), self._patience)

    # ---- slash commands ----

    async def command(self, body: Payload) -> BoltResponse:
        """A slash command: its first answer, in time or never."""
        # the answer goes to Bolt as it is: `ack` would look at each of its parts, which takes as long as the turn itself
        try:
            us = await self.identity.get()
            messages = await self._in_time(body, us)
        except Exception as error:  # whatever broke around the turn: Slack gets an answer all the same
            note("command", error)
            messages = [json.dumps(broken(body))]
        if len(messages) > 1:
            self.tasks.start(noting("command", self._rest(body, messages[1:])))
        return BoltResponse(status=200, body=messages[0] if messages else "")

    async def _in_time(self, body: Payload, us: Identity) -> Sequence[str]:
        """The messages that answer a command; none if that takes too long: then they come later."""
        arrived = self._at_once(body, us)
        if arrived is not None:
            return await self._commanded(arrived, body)
        task = await self.tasks.wait_a_moment(self._asked(body, us), self._patience)
        if task.done():
            messages: Sequence[str] = task.result()
            return messages
        self.tasks.start(noting("command", self._later(body, task)))
        return []

    def _at_once(self, body: Payload, us: Identity) -> Incoming | None:
        """The command, if it only reads and all that it needs to know of the speaker is known."""
        person = self.directory.known(incoming.speaker_of(body))
        if person is None or body["channel_id"].startswith("D"):
            return None
        person = incoming.as_said_by(body, person, us)
        arrived = incoming.command(body, person, us.team, self._clock(), direct=False)
        return arrived if self._edge.core.reads(arrived) else None

    async def _asked(self, body: Payload, us: Identity) -> Sequence[str]:
        person = await self.turns.speaker(body, us)
        direct = await self.directory.is_direct(body["channel_id"], person.id)
        return await self._commanded(
            incoming.command(body, person, us.team, self._clock(), direct=direct), body
        )

    async def _commanded(self, arrived: Incoming, body: Payload) -> Sequence[str]:
        outcome = await self.turns.run(arrived)
        origin = Origin(body["channel_id"], url=body.get("response_url") or "")
        messages = await self.turns.commanded(arrived, outcome, origin, body.get("trigger_id") or "")
        if outcome.sends or not self._edge.is_settled(arrived, outcome):
            self.tasks.start(noting("command", self.turns.after(arrived, outcome)))
        return messages

    async def _later(self, body: Payload, task: Any) -> None:
        await self._rest(body, await task)

    async def _rest(self, body: Payload, messages: Sequence[str]) -> None:
        """Further messages of a command's answer; if its address is used up, in the direct message."""
        for message in map(json.loads, messages):
            if await self.voice.respond(body.get("response_url") or "", message):
                continue
            said = {key: value for key, value in message.items() if key != "response_type"}
            await self.voice.whisper(incoming.speaker_of(body), said)
