"""What people say: slash commands, mentions, direct messages, and other events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doubles.slack import payloads
from tests.doubles.slack.base import Base
from tests.doubles.slack.errors import NotInSlack
from tests.doubles.slack.escaping import typed
from tests.doubles.slack.tickets import ResponseUrl
from tests.doubles.slack.world import Channel, Json, Message, User, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.doubles.slack.sending import Delivery


class Speaking(Base):
    """The words' side of the double. Texts are as typed; ``raw=True`` passes them on untouched."""

    async def command(
        self,
        user: str,
        channel: str,
        command: str,
        text: str = "",
        *,
        raw: bool = False,
        team: str | None = None,
    ) -> Delivery:
        """A slash command, also where the bot is not a member; its acknowledgement is shown to the person.

        ``team`` is the workspace that the command is typed in, else the person's own.
        """
        who, where = self._present(user, channel)
        space = self.world.space_of(user, where)
        passed = text if raw else typed(text, self.world, space.id)
        fields = payloads.slash(
            space,
            who,
            where,
            command,
            passed,
            team=team or who.team_id,
            trigger=self.core.tickets.trigger(user, space.id),
            url=self._response_url(ResponseUrl(user, space.id, channel, self.core.clock.now())),
        )
        delivery = await self.sender.form(fields)
        return self._noted(delivery, f"{command} by {user}", self._answered(delivery, space, who, where))

    async def mention(
        self,
        user: str,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        *,
        raw: bool = False,
        omit: Iterable[str] = (),
    ) -> Delivery:
        """``@Prep text`` in a channel or thread; the message stays there for everybody.

        ``omit`` leaves out fields that Slack may not send, such as ``is_ext_shared_channel`` and ``user_team``.
        """
        who, where = self._present(user, channel)
        space = self._bot_in(where)
        said = text if raw else typed(text, self.world, space.id)
        message = self._say(who, where, f"<@{space.bot_user_id}> {said}".strip(), thread_ts)
        event = payloads.message_event("app_mention", message, who, where)
        return await self.event(event, team=space.id, omit=omit)

    async def dm(
        self,
        user: str,
        text: str,
        thread_ts: str | None = None,
        *,
        raw: bool = False,
        omit: Iterable[str] = (),
    ) -> Delivery:
        """A message to the bot in the direct message with it."""
        who = self.world.users[user]
        space = self.world.space_of(user)
        where = self.world.direct(space.id, [user])
        message = self._say(who, where, text if raw else typed(text, self.world, space.id), thread_ts)
        event = payloads.message_event("message", message, who, where)
        return await self.event(event, team=space.id, omit=omit)

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """A message that the app does not hear of: no mention, no direct message."""
        who, where = self._present(user, channel)
        return self._say(who, where, typed(text, self.world, where.teams[0]), thread_ts)

    async def edit(self, user: str, message: Message, text: str) -> Delivery:
        """A person edits what they said in the direct message."""
        where, before = self.world.channels[message.channel], message.as_json()
        message.text, message.edited_ts = typed(text, self.world, where.teams[0]), self.core.next_ts()
        changed: Json = {"message": message.as_json(), "previous_message": before}
        return await self._hidden(user, where, "message_changed", changed)

    async def erase(self, user: str, message: Message) -> Delivery:
        """A person deletes what they said in the direct message."""
        message.deleted = True
        gone: Json = {"previous_message": message.as_json(), "deleted_ts": message.ts}
        return await self._hidden(user, self.world.channels[message.channel], "message_deleted", gone)

    async def _hidden(self, user: str, where: Channel, subtype: str, more: Json) -> Delivery:
        ts = self.core.next_ts()
        base: Json = {"type": "message", "subtype": subtype, "channel": where.id, "hidden": True, "ts": ts}
        event = base | {"event_ts": ts, "channel_type": where.kind} | more
        return await self.event(event, team=self.world.space_of(user, where).id)

    async def open_home(self, user: str, tab: str = "home") -> Delivery:
        """A person opens the app's Home or Messages tab."""
        space = self.world.space_of(user)
        channel = self.world.direct(space.id, [user])
        event: Json = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
        home = self.world.homes.get((space.id, user))
        if home is not None and tab == "home":
            event["view"] = {"id": home.id, "hash": home.hash, **home.body}
        return await self.event(event | {"event_ts": self.core.next_ts()}, team=space.id)

    async def join(self, user: str, channel: str) -> Delivery:
        """A person (or the bot) joins a channel, and the app hears of it."""
        where = self.world.channels[channel]
        where.members.append(user)
        space = self._bot_in(where)
        event = {"type": "member_joined_channel", "user": user, "channel": channel, "channel_type": "C"}
        own = {"team": self.world.users[user].team_id, "event_ts": self.core.next_ts()}
        return await self.event(event | own, team=space.id)

    async def event(self, event: Json, *, team: str = "T0PREP", omit: Iterable[str] = ()) -> Delivery:
        """Any event, in its envelope. ``retry`` sends the same again."""
        space = self.world.workspaces[team]
        channel = self.world.channels.get(str(event.get("channel")))
        body = payloads.envelope(
            space, event, event_id=self.core.make("Ev"), at=self.core.clock.now(), channel=channel
        )
        delivery = await self.sender.json(payloads.without(body, omit))
        return self._noted(delivery, f"event {event['type']}")

    async def uninstall(self, team: str = "T0PREP") -> list[Delivery]:
        """The app is taken away: its token ends at once, and it hears so twice."""
        space = self.world.workspaces[team]
        space.revoked = True
        told: list[Json] = [
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [space.bot_user_id]}},
            {"type": "app_uninstalled"},
        ]
        return [await self.take_away(event, team=team) for event in told]

    async def take_away(self, event: Json, *, team: str = "T0PREP", at: float | None = None) -> Delivery:
        """One of the events about being taken away."""
        space, now = self.world.workspaces[team], self.core.clock.now()
        body = payloads.taken_away(space, event, event_id=self.core.make("Ev"), at=now if at is None else at)
        return self._noted(await self.sender.json(body), f"event {event['type']}")

    async def retry(self, delivery: Delivery, number: int = 1, reason: str = "http_timeout") -> Delivery:
        """Slack sends an event again, up to three times, unless the app asked it not to."""
        if not 1 <= number <= 3:
            raise NotInSlack("Slack retries an event three times")
        if delivery.headers.get("x-slack-no-retry") == "1":
            raise NotInSlack("the app asked for no retry")
        return self._noted(await self.sender.again(delivery, number, reason), f"retry {number}")

    async def verify_url(self, challenge: str = "challenge") -> Delivery:
        """The handshake when the request URL is set."""
        body = {"token": payloads.TOKEN, "challenge": challenge, "type": "url_verification"}
        return await self.sender.json(body)

    def _bot_in(self, channel: Channel) -> Workspace:
        for team in channel.teams:
            space = self.world.installed_in(team)
            if space is not None and space.bot_user_id in channel.members:
                return space
        raise NotInSlack(f"the bot is not in {channel.id}: Slack sends it nothing from there")

    def _say(self, user: User, channel: Channel, text: str, thread_ts: str | None) -> Message:
        message = Message(
            channel.id, self.core.next_ts(), user.id, text, thread_ts=thread_ts, team=user.team_id
        )
        self.world.said.append(message)
        return message
