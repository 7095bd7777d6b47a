"""Slack as a face for journeys: signed requests to the real app, answers read from the blocks that people see.

A form that is behind a button (after a mention or a direct message) is opened at once, as a person would.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.slack.needs import SCOPES
from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.validate import message_problems, view_problems
from tests.journeys.runner import (
    DM,
    Somebody,
    by_place,
    elsewhere,
    everybody,
    filled,
    marked,
    somebody,
)
from tests.journeys.slack_line import TEAM, How, Line, line_to
from tests.journeys.slack_reading import block_lines, buttons, opens_form, view_lines

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime

    from tests.doubles.slack.sending import Delivery as Sent
    from tests.doubles.slack.world import Message, View

ELSEWHERE = "T9ACME"
PATIENCE = 30.0  # seconds for an acknowledgement: a journey is about what is said, on however busy a machine
_MENTION, _COMMAND = "@Prep", "/prep"


@dataclass(frozen=True)
class Group:
    """An enterprise. `homes` are the teams of those who are not of the runner's own."""

    enterprise: str | None = None
    homes: Mapping[str, str] = field(default_factory=dict)


class SlackRunner:
    """A `Runner`. `slack` is what people see and use, `line` the Prep that they reach, `team` their workspace; in a
    `group` it is one of several."""

    def __init__(
        self,
        slack: SlackDouble,
        line: Line,
        channels: Mapping[str, list[str]],
        team: str = TEAM,
        group: Group | None = None,
    ) -> None:
        self.slack = slack
        self.line = line
        self.team = team
        self.group = group or Group()
        self._channels = channels
        self._people = everybody(channels)

    def populate(self, **space: Any) -> None:
        """The workspace with everybody, and the channels with those who are in them."""
        self.slack.world.add_workspace(self.team, scopes=SCOPES, **space)
        for name, members in self._channels.items():
            found = [somebody(one) for one in members]
            shared = any(one.outside for one in found)
            teams = [self.group.homes[one.name] for one in found if one.name in self.group.homes]
            teams += [ELSEWHERE] if shared else []
            ids = [self.person(one.name) for one in found]
            self.slack.world.add_channel(
                channel_id(name), name, ids, team=self.team, is_ext_shared=shared, teams=teams
            )

    def direct(self, name: str, channel: str) -> None:
        """The direct message with somebody has this id."""
        self.slack.world.add_channel(
            channel, "directmessage", [self.person(name)], team=self.team, is_im=True
        )

    async def installed(self) -> None:
        """Prep is installed by who speaks first in most journeys; the greeting is not part of a journey."""
        await self.line.install(self.slack, self.team, self.person("ann"))
        self.slack.world.said.clear()

    async def set_now(self, now: datetime) -> None:
        """Moves the clock."""
        self.line.move(now)

    async def say(self, user: str, place: str, line: str) -> list[str]:
        """Somebody types a line."""
        who, where = self.person(user), self._place(user, place)
        if line.startswith(_COMMAND):
            words = line.removeprefix(_COMMAND).strip()
            return await self._seen(user, place, self.slack.command(who, where, _COMMAND, words))
        if place == DM:
            return await self._seen(user, place, self.slack.dm(who, line))
        if line.startswith(_MENTION):
            words = line.removeprefix(_MENTION).strip()
            return await self._seen(user, place, self.slack.mention(who, where, words))
        self.slack.say(who, where, line)
        return []

    async def press(self, user: str, place: str, label: str) -> list[str]:
        """Somebody presses a button."""
        where = self._place(user, place)
        for message in self._visible(user, where):
            labels = [one["text"]["text"] for one in buttons(message.blocks)]
            if label.isdigit() and int(label) <= len(labels):
                label = labels[int(label) - 1]
            if label in labels:
                pressed = self.slack.press(self.person(user), where, label, ts=message.ts)
                return await self._seen(user, place, pressed)
        raise LookupError(f"{user} sees no button {label!r} in {place}")

    async def submit(self, user: str, place: str, values: Mapping[str, str]) -> list[str]:
        """Somebody sends the open form."""
        return await self._seen(user, place, self.slack.submit(self.person(user), dict(values)))

    async def deliver(self) -> list[str]:
        """What is due is delivered."""
        before = len(self.slack.world.said)
        await self.line.deliver()
        return self.posted(before)

    def posted(self, before: int) -> list[str]:
        """What was posted where after so many messages."""
        posted = self.slack.world.said[before:]
        return by_place((self._name(message.channel), block_lines(message.blocks)) for message in posted)

    # ---- what is seen ----

    async def _seen(self, user: str, place: str, done: Any) -> list[str]:
        """The lines that appear while something is `done`."""
        before = {m.ts: len(m.earlier) for m in self.slack.world.said}
        views = {view.id for view in self.slack.world.stack(self.person(user))}
        delivery: Sent = await done
        await self.line.settled()
        assert delivery.ok, delivery.trouble
        lines, opener = [], None
        for message in self.slack.world.said:
            if message.bot_id and before.get(message.ts, -1) != len(message.earlier) and not message.deleted:
                mark = "(edited) " if message.ts in before else ""
                lines += self._told(user, place, message, mark)
                opener = opener or (message if opens_form(message.blocks) else None)
        if opener is not None:
            label = opens_form(opener.blocks) or ""
            await self.slack.press(self.person(user), opener.channel, label, ts=opener.ts)
            await self.line.settled()
        stack = self.slack.world.stack(self.person(user))
        form = [line for view in stack[-1:] for line in self._form(view, known=view.id in views)]
        return lines + (form if lines or place == DM else marked(form, "(only you) "))

    def _told(self, user: str, place: str, message: Message, mark: str) -> list[str]:
        if message.only_for not in {None, self.person(user)} or not message.seen:
            return []
        lines = marked(block_lines(message.blocks), mark)
        if message.channel == self._place(user, place):
            return marked(lines, "(only you) ") if message.only_for else lines
        name = self._name(message.channel)
        return marked(lines, "(only you) ") if name == f"@{user}" else elsewhere(name, lines)

    def _name(self, channel: str) -> str:
        """`#acme`, or `@ann` for the direct message with her."""
        where = self.slack.world.channels[channel]
        if not where.is_im:
            return f"#{where.name}"
        users = [self.slack.world.users[one] for one in where.members]
        return f"@{next(user.name for user in users if not user.is_bot)}"

    @staticmethod
    def _form(view: View, *, known: bool) -> list[str]:
        """A form that opened, or what is wrong in one that was there before."""
        if not known:
            return view_lines(view.body)
        wrong = [line for told in view.errors.values() for line in told.split("\n")]
        if not wrong:
            wrong = block_lines(view.blocks[:1])
        return filled(line.removeprefix("! ") for line in wrong)

    def _visible(self, user: str, where: str) -> list[Message]:
        """What somebody can press there, newest first: what was moved to their direct message, too."""
        places = {where, self._place(user, DM)}
        mine = {None, self.person(user)}
        return [
            m
            for m in reversed(self.slack.world.said)
            if m.channel in places and m.only_for in mine and m.seen and not m.deleted and buttons(m.blocks)
        ]

    def person(self, name: str) -> str:
        """The id of somebody, who is there from now on."""
        user = f"U{name.upper()}"
        if user not in self.slack.world.users:
            known = self._people.get(name, Somebody(name))
            team = ELSEWHERE if known.outside else self.group.homes.get(name, self.team)
            kind: dict[str, Any] = {"is_restricted": known.guest, "is_stranger": known.outside}
            kind |= {} if known.outside else {"enterprise": self.group.enterprise}
            self.slack.world.add_user(user, name, team, locale="en-GB", email=f"{name}@buyer.example", **kind)
        return user

    def _place(self, user: str, place: str) -> str:
        if place == DM:
            return self.slack.world.direct(self.team, [self.person(user)]).id
        name = place.removeprefix("#")
        if channel_id(name) not in self.slack.world.channels:  # one that Prep is not in
            self.slack.world.add_channel(
                channel_id(name), name, [self.person(user)], team=self.team, bot=False, is_private=True
            )
        return channel_id(name)


def channel_id(name: str) -> str:
    """The id of a channel of a journey."""
    return f"C{name.upper().replace('-', '')}"


def _broken(slack: SlackDouble) -> list[str]:
    """What of all that was shown breaks a limit of Block Kit, whichever way it was sent; the double refuses most of it."""
    said = [wrong for one in slack.world.said for wrong in message_problems(one.blocks) if one.blocks]
    return said + [wrong for view in slack.world.views for wrong in view_problems(view.body)]


def right(slack: SlackDouble) -> None:
    """Nothing went wrong that a person would see, whichever way it was sent."""
    assert slack.troubles == []
    assert _broken(slack) == []


@asynccontextmanager
async def slack_runner(
    database_url: str,
    channels: Mapping[str, list[str]] | None = None,
    *,
    how: How | None = None,
    playbook: str | None = None,
) -> AsyncIterator[SlackRunner]:
    """A runner for one journey. `channels` are (name -> members); all are people of one workspace."""
    async with SlackDouble(clock=ManualClock(), burst=None, patience=PATIENCE) as slack:
        async with line_to(slack, database_url, how, playbook=playbook) as line:
            runner = SlackRunner(slack, line, channels or {})
            runner.populate()
            if how is not None and how.oauth:
                await runner.installed()
            yield runner
        right(slack)
