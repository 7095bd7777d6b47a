"""What the speaking, pressing and looking parts of the double share."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from tests.doubles.slack.chat import by_bot, content
from tests.doubles.slack.errors import ApiError, NotInSlack

if TYPE_CHECKING:
    from tests.doubles.slack.core import Core
    from tests.doubles.slack.sending import Delivery, Sender
    from tests.doubles.slack.tickets import ResponseUrl
    from tests.doubles.slack.world import Channel, Json, User, Workspace, World


class Base:
    """A core, a sender, and a note of everything that a person would have seen go wrong."""

    core: Core
    sender: Sender
    troubles: list[str]

    @property
    def world(self) -> World:
        """Workspaces, people, channels, messages."""
        return self.core.world

    def _present(self, user_id: str, channel_id: str) -> tuple[User, Channel]:
        user, channel = self.world.users[user_id], self.world.channels[channel_id]
        if user_id not in channel.members:
            raise NotInSlack(f"{user_id} is not in {channel_id}")
        return user, channel

    def _response_url(self, ticket: ResponseUrl) -> str:
        return f"{self.core.url}/response/{self.core.tickets.url(ticket)}"

    def _noted(self, delivery: Delivery, what: str, problem: str = "") -> Delivery:
        """Writes down what the person saw of a failed delivery."""
        if delivery.status == 0:
            problem = "operation_timeout"
        elif not 200 <= delivery.status < 300:
            problem = f"dispatch_failed ({delivery.status})"
        if not problem:
            return delivery
        self.troubles.append(f"{what}: {problem}")
        return dataclasses.replace(delivery, trouble=problem)

    def _answered(self, delivery: Delivery, space: Workspace, user: User, channel: Channel) -> str:
        """Posts what an app put into its acknowledgement; gives what is wrong with it."""
        said: Json = delivery.json or ({"text": delivery.text} if delivery.text.strip() else {})
        if delivery.status != 200 or not said:
            return ""
        try:
            message = by_bot(self.core, space, channel, content(self.core, space, said), said)
        except ApiError as error:
            return f"{error.code} {error.messages}"
        if said.get("response_type") != "in_channel":
            message.only_for, message.seen = user.id, user.active
        self.world.said.append(message)
        return ""
