"""The Slack face: listeners only translate. They acknowledge, run a turn, and answer where Slack answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp

from bot.edge import open_in_place
from bot.slack import blocks, incoming
from handlers.turn import Person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.edge import Directory, Edge
    from handlers.gate import Shown
    from handlers.turn import Incoming


class SlackFace:
    """One Bolt app for one workspace."""

    def __init__(self, edge: Edge, bolt: AsyncApp, directory: Directory, clock: Callable[[], datetime]) -> None:
        self._edge = edge
        self._directory = directory
        self._clock = clock
        self.bolt = bolt
        bolt.command("/prep")(self._command)

    async def _command(self, ack: Any, body: dict[str, Any]) -> None:
        arrived = incoming.command(body, Person(body["user_id"], body["user_name"], True, False), self._clock())
        outcome = await self._edge.run(arrived, self._directory)
        shown = await open_in_place(outcome.answer, arrived, self._directory)
        await ack(**message(shown))
        await self._edge.settle(arrived, outcome)


def message(shown: Shown) -> dict[str, Any]:
    """A message as Slack takes it. The text is what notifications show."""
    kind = "ephemeral" if shown.private else "in_channel"
    return {"response_type": kind, "text": shown.preview.value, "blocks": blocks.render(shown)}
