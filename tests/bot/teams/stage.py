"""What a test of Teams needs at hand: people, a card, a bot that records what it hears, and its first words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.teams.connector import Connector, reference_of
from tests.doubles.teams.client import TeamsClient
from tests.doubles.teams.service import TeamsDouble
from tests.doubles.teams.world import OTHER_TENANT, Conversation, User

ANNA, BEN = User("Anna"), User("Ben")
GUEST = User("Gus", role="guest")
OUTSIDER = User("Olga", tenant=OTHER_TENANT)

CARD = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [{"type": "TextBlock", "text": "Ready?"}, {"type": "Input.Text", "id": "why", "label": "Why"}],
    "actions": [
        {"type": "Action.Execute", "title": "Yes", "verb": "press", "data": {"words": "yes"}},
        {"type": "Action.Submit", "title": "No", "data": {"words": "no", "msteams": {"type": "messageBack"}}},
    ],
}


class Clock:
    """Seconds that pass when somebody sleeps; `slept` is what was waited for."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@dataclass
class Bot:
    """A connector and what reached it. `answer` is what `on_activity` does next."""

    teams: TeamsDouble
    clock: Clock
    connector: Connector = field(init=False)
    client: TeamsClient = field(init=False)
    endpoint: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    answer: dict[str, Any] | Exception | None = None

    async def on_activity(self, activity: dict[str, Any]) -> dict[str, Any] | None:
        self.heard.append(activity)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


Start = Callable[..., Awaitable[Bot]]


def with_card(card: dict[str, Any]) -> dict[str, Any]:
    return {"attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}]}


async def spoken(bot: Bot, user: User, place: Conversation) -> dict[str, Any]:
    """The reference of a message that `user` has just written there."""
    write = bot.client.message if place.kind == "personal" else bot.client.mention
    assert (await write(user, "hello", place)).status == 200
    return reference_of(bot.heard[-1])
