"""Slack as a face for journeys: signed requests to the real app, answers read from the blocks that people see.

A form that is behind a button (after a mention or a direct message) is opened at once, as a person would.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.app import build
from bot.config import Settings
from bot.delivery import Delivery
from bot.slack.dispatch import alone
from bot.slack.needs import SCOPES
from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.serving import serve_bolt
from tests.doubles.slack.validate import message_problems, view_problems
from tests.journeys.runner import (
    DM,
    Somebody,
    at_once,
    by_place,
    elsewhere,
    everybody,
    filled,
    marked,
    somebody,
)
from tests.journeys.slack_reading import block_lines, buttons, opens_form, view_lines
from tests.support.talk import START

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime

    from bot.app import App
    from tests.doubles.slack.sending import Delivery as Sent
    from tests.doubles.slack.world import Message, View

TEAM, ELSEWHERE = "T0PREP", "T9ACME"
_MENTION, _COMMAND = "@Prep", "/prep"


class SlackRunner:
    """A `Runner`. `slack` is what people see and use; `now` moves only when a journey moves it."""

    def __init__(self, slack: SlackDouble, app: App, channels: Mapping[str, list[str]]) -> None:
        self.slack = slack
        self.app = app
        self.now = START
        self.ours, self.face = alone(
            app.edge, f"xoxb-{TEAM}", slack.secret, lambda: self.now, api_url=slack.api_url
        )
        self.delivery = Delivery(app.database, {"slack": self.ours}, sleep=at_once)
        self._people = everybody(channels)
        slack.world.add_workspace(TEAM, scopes=SCOPES)
        for name, members in channels.items():
            found = [somebody(one) for one in members]
            shared = any(one.outside for one in found)
            teams = [ELSEWHERE] if shared else []
            ids = [self._person(one.name) for one in found]
            slack.world.add_channel(channel_id(name), name, ids, is_ext_shared=shared, teams=teams)

    async def set_now(self, now: datetime) -> None:
        """Moves the clock."""
        self.now = now

    async def say(self, user: str, place: str, line: str) -> list[str]:
        """Somebody types a line."""
        who, where = self._person(user), self._place(user, place)
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
                pressed = self.slack.press(self._person(user), where, label, ts=message.ts)
                return await self._seen(user, place, pressed)
        raise LookupError(f"{user} sees no button {label!r} in {place}")

    async def submit(self, user: str, place: str, values: Mapping[str, str]) -> list[str]:
        """Somebody sends the open form."""
        return await self._seen(user, place, self.slack.submit(self._person(user), dict(values)))

    async def deliver(self) -> list[str]:
        """What is due is delivered."""
        before = len(self.slack.world.said)
        await self.delivery.deliver(self.now)
        posted = self.slack.world.said[before:]
        return by_place((self._name(message.channel), block_lines(message.blocks)) for message in posted)

    # ---- what is seen ----

    async def _seen(self, user: str, place: str, done: Any) -> list[str]:
        """The lines that appear while something is `done`."""
        before = {m.ts: len(m.earlier) for m in self.slack.world.said}
        views = {view.id for view in self.slack.world.stack(self._person(user))}
        delivery: Sent = await done
        await self.face.tasks.finish(5)
        assert delivery.ok, delivery.trouble
        lines, opener = [], None
        for message in self.slack.world.said:
            if message.bot_id and before.get(message.ts, -1) != len(message.earlier) and not message.deleted:
                mark = "(edited) " if message.ts in before else ""
                lines += self._told(user, place, message, mark)
                opener = opener or (message if opens_form(message.blocks) else None)
        if opener is not None:
            label = opens_form(opener.blocks) or ""
            await self.slack.press(self._person(user), opener.channel, label, ts=opener.ts)
            await self.face.tasks.finish(5)
        stack = self.slack.world.stack(self._person(user))
        form = [line for view in stack[-1:] for line in self._form(view, known=view.id in views)]
        return lines + (form if lines or place == DM else marked(form, "(only you) "))

    def _told(self, user: str, place: str, message: Message, mark: str) -> list[str]:
        if message.only_for not in {None, self._person(user)} or not message.seen:
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
        mine = {None, self._person(user)}
        return [
            m
            for m in reversed(self.slack.world.said)
            if m.channel in places and m.only_for in mine and m.seen and not m.deleted and buttons(m.blocks)
        ]

    def _person(self, name: str) -> str:
        user = f"U{name.upper()}"
        if user not in self.slack.world.users:
            known = self._people.get(name, Somebody(name))
            team = ELSEWHERE if known.outside else TEAM
            kind = {"is_restricted": known.guest, "is_stranger": known.outside}
            self.slack.world.add_user(user, name, team, locale="en-GB", email=f"{name}@buyer.example", **kind)
        return user

    def _place(self, user: str, place: str) -> str:
        if place == DM:
            return self.slack.world.direct(TEAM, [self._person(user)]).id
        name = place.removeprefix("#")
        if channel_id(name) not in self.slack.world.channels:  # one that Prep is not in
            self.slack.world.add_channel(
                channel_id(name), name, [self._person(user)], bot=False, is_private=True
            )
        return channel_id(name)


def channel_id(name: str) -> str:
    """The id of a channel of a journey."""
    return f"C{name.upper().replace('-', '')}"


def _broken(slack: SlackDouble) -> list[str]:
    """What of all that was shown breaks a limit of Block Kit, whichever way it was sent; the double refuses most of it."""
    said = [wrong for one in slack.world.said for wrong in message_problems(one.blocks) if one.blocks]
    return said + [wrong for view in slack.world.views for wrong in view_problems(view.body)]


@asynccontextmanager
async def slack_runner(
    database_url: str, channels: Mapping[str, list[str]] | None = None
) -> AsyncIterator[SlackRunner]:
    """A runner for one journey. `channels` are (name -> members); all are people of one workspace."""
    app = build(Settings(database_url=database_url, _env_file=None))  # type: ignore[call-arg]
    async with SlackDouble(clock=ManualClock(), burst=None) as slack:
        runner = SlackRunner(slack, app, channels or {})
        try:
            async with serve_bolt(runner.ours.bolt) as url:
                slack.point_at(url)
                yield runner
        finally:
            runner.delivery.close()
            await runner.ours.close()
            app.close()
        assert slack.troubles == []
        assert _broken(slack) == []
