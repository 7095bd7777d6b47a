"""What a test can look at: messages, ephemerals, modals, Home, calls, transcripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doubles.slack.base import Base
from tests.doubles.slack.errors import NotInSlack
from tests.doubles.slack.reading import read, read_view
from tests.doubles.slack.world import Call, Message, View

if TYPE_CHECKING:
    from tests.doubles.slack.server import Server


class Looking(Base):
    """The eyes' side of the double."""

    server: Server

    @property
    def calls(self) -> list[Call]:
        """Every request that came in, in order; response URLs count as ``response_url``."""
        return self.server.calls

    @property
    def rejected(self) -> list[Call]:
        """Requests that were answered with ``ok: false``."""
        return [call for call in self.calls if call.answer.get("ok") is False]

    def called(self, method: str) -> list[Call]:
        """The requests of one method."""
        return [call for call in self.calls if call.method == method]

    def messages(self, channel: str, *, bot_only: bool = False) -> list[Message]:
        """What everybody sees in a channel, threads included, oldest first."""
        return [
            m
            for m in self.world.said
            if m.channel == channel and not m.deleted and m.only_for is None and (m.bot_id or not bot_only)
        ]

    def last(self, channel: str) -> Message:
        """The newest message for everybody."""
        found = self.messages(channel)
        if not found:
            raise NotInSlack(f"nothing was said in {channel}")
        return found[-1]

    def ephemerals(self, channel: str, user: str) -> list[Message]:
        """What was sent to one person alone in a channel, seen or not (``message.seen``), oldest first."""
        return [m for m in self.world.said if m.channel == channel and m.only_for == user and not m.deleted]

    def direct_messages(self, user: str) -> list[Message]:
        """The direct message between a person and the bot."""
        space = self.world.space_of(user)
        return self.messages(self.world.direct(space.id, [user]).id)

    @property
    def views(self) -> list[View]:
        """Every modal that was ever opened, oldest first."""
        return self.world.views

    def view(self, user: str) -> View:
        """The modal on top of a person's stack."""
        stack = self.world.stack(user)
        if not stack:
            raise NotInSlack(f"{user} has no modal open")
        return stack[-1]

    def home(self, user: str) -> View:
        """A person's Home."""
        space = self.world.space_of(user)
        found = self.world.homes.get((space.id, user))
        if found is None:
            raise NotInSlack(f"{user} has no Home yet")
        return found

    @property
    def names(self) -> dict[str, str]:
        """What ids stand for, for reading."""
        people = {user.id: user.name for user in self.world.users.values()}
        return people | {channel.id: channel.name for channel in self.world.channels.values()}

    def reading(self, shown: Message | View) -> str:
        """A message or a view as plain text."""
        if isinstance(shown, View):
            return read_view(shown.body, self.names)
        text = read(shown.blocks, shown.text, self.names)
        attached = [
            read(one.get("blocks"), str(one.get("text", "")), self.names) for one in shown.attachments
        ]
        return "\n".join(part for part in [text, *attached] if part)

    def transcript(self, channel: str, user: str | None = None) -> str:
        """What a person sees in a channel (without one: what everybody sees), speakers in front."""
        lines = []
        for m in self.world.said:
            if (
                m.channel != channel
                or m.deleted
                or (m.only_for is not None and (m.only_for != user or not m.seen))
            ):
                continue
            private = "(only you) " if m.only_for else ""
            edited = "(edited) " if m.edited_ts else ""
            first, *rest = self.reading(m).split("\n")
            lines += [
                f"{self.names.get(m.user, m.user)}: {private}{edited}{first}",
                *(f"  {line}" for line in rest),
            ]
        return "\n".join(lines)
