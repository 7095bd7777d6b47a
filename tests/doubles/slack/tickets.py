"""Short-lived handles: trigger ids (3 seconds, once) and response URLs (30 minutes, five times)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.doubles.slack import limits
from tests.doubles.slack.errors import ApiError

if TYPE_CHECKING:
    from tests.doubles.slack.clocks import Clock


@dataclass
class Trigger:
    """Who did something that a modal may answer, and when."""

    user: str
    team: str
    at: float
    exchanged: bool = False


@dataclass
class ResponseUrl:
    """Where a later answer goes: to a person in a channel, perhaps over the message that was pressed."""

    user: str
    team: str
    channel: str
    at: float
    source_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


@dataclass
class Tickets:
    """Hands out handles and takes them back."""

    clock: Clock
    triggers: dict[str, Trigger] = field(default_factory=dict)
    urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def trigger(self, user: str, team: str) -> str:
        """A new trigger id."""
        name = f"{1000 + len(self.triggers)}.{len(team)}.{len(self.triggers):032x}"
        self.triggers[name] = Trigger(user, team, self.clock.now())
        return name

    def exchange(self, name: str, team: str) -> Trigger:
        """Takes a trigger id for a modal; raises ApiError as Slack answers."""
        found = self.triggers.get(name)
        if found is None or found.team != team:
            raise ApiError("invalid_trigger_id")
        if found.exchanged:
            raise ApiError("exchanged_trigger_id")
        if self.clock.now() - found.at > limits.TRIGGER_SECONDS:
            raise ApiError("expired_trigger_id")
        found.exchanged = True
        return found

    def url(self, ticket: ResponseUrl) -> str:
        """The name of a new response URL; the server puts its address before it."""
        name = f"{ticket.team}/{len(self.urls):016x}"
        self.urls[name] = ticket
        return name

    def use_url(self, name: str) -> ResponseUrl:
        """Counts one use; raises ApiError where it is unknown, used up or too old."""
        found = self.urls.get(name)
        if found is None:
            raise ApiError("invalid_url", status=404)
        if self.clock.now() - found.at > limits.RESPONSE_URL_SECONDS:
            raise ApiError("expired_url", status=404)
        if found.uses >= limits.RESPONSE_URL_USES:
            raise ApiError("used_url", status=404)
        found.uses += 1
        return found
