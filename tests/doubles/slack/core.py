"""What the Web API methods share: the world, the clock, handles, pace, and the reading of arguments."""

from __future__ import annotations

import base64
import copy
import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from tests.doubles.slack.errors import ApiError
from tests.doubles.slack.socket import Sockets
from tests.doubles.slack.validate import elements_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.doubles.slack.clocks import Clock
    from tests.doubles.slack.tickets import Tickets
    from tests.doubles.slack.world import Channel, Json, Workspace, World

Item = TypeVar("Item")


@dataclass
class Pace:
    """About one post a second a channel; ``burst`` posts may come at once; ``None`` knows no pace."""

    clock: Clock
    burst: int | None = 1
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def spend(self, channel: str) -> None:
        """Counts one post; raises ApiError 429 with the seconds to wait."""
        if self.burst is None:
            return
        now = self.clock.now()
        left, at = self._left.get(channel, (float(self.burst), now))
        left = min(float(self.burst), left + now - at)
        if left < 1:
            self._left[channel] = (left, now)
            raise ApiError("ratelimited", status=429, retry_after=max(1, math.ceil(1 - left)))
        self._left[channel] = (left - 1, now)


@dataclass
class Core:
    """The state behind all methods. ``url`` is where the server listens, without a slash at its end."""

    clock: Clock
    world: World
    tickets: Tickets
    pace: Pace
    sockets: Sockets = field(default_factory=Sockets)
    url: str = ""
    _last_ts: int = 0
    _made: int = 0

    def next_ts(self) -> str:
        """A message time in Slack's form, never twice."""
        self._last_ts = max(self._last_ts + 1, int(self.clock.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def make(self, prefix: str) -> str:
        """A new id."""
        self._made += 1
        return f"{prefix}{self._made:05d}"

    def filled(self, blocks: list[Json]) -> list[Json]:
        """A copy of blocks with the ids that Slack makes up where the app gave none."""
        found = copy.deepcopy(blocks)
        for block in found:
            block.setdefault("block_id", self.make("auto"))
            for child in block.get("child_blocks", []):
                child.setdefault("block_id", self.make("auto"))
            for element in interactive(block):
                element.setdefault("action_id", self.make("act"))
        return found

    def visible(self, space: Workspace, channel_id: object) -> Channel:
        """A channel that the bot may know of; private ones it is not in do not exist for it."""
        channel = self.world.channels.get(str(channel_id))
        if channel is None or not space.sees(channel):
            raise ApiError("channel_not_found")
        hidden = channel.is_private or channel.is_im or channel.is_mpim
        if hidden and space.bot_user_id not in channel.members:
            raise ApiError("channel_not_found")
        return channel

    def joined(self, space: Workspace, channel_id: object) -> Channel:
        """A channel that the bot is in."""
        channel = self.visible(space, channel_id)
        if space.bot_user_id not in channel.members:
            raise ApiError("not_in_channel")
        return channel

    def writable(self, space: Workspace, channel_id: object) -> Channel:
        """A channel that the bot is in and that is not archived; a person's id opens their direct message."""
        user = self.world.users.get(str(channel_id))
        if user is not None and space.has(user) and not user.is_bot:
            return self.world.direct(space.id, [user.id])
        channel = self.visible(space, channel_id)
        if channel.is_archived:
            raise ApiError("is_archived")
        return self.joined(space, channel_id)


def interactive(block: Json) -> list[Json]:
    """Every interactive element of a block, those of child blocks too."""
    inner = [element for child in block.get("child_blocks", []) for element in elements_of(child)]
    found = [*elements_of(block), *inner]
    return [element for element in found if element.get("type") != "image"]


def decoded(args: Json, key: str, error: str) -> Any:
    """An argument that is JSON, or JSON in a string as forms carry it."""
    value = args.get(key)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except json.JSONDecodeError as problem:
        raise ApiError(error) from problem


def flag(args: Json, key: str, *, default: bool = False) -> bool:
    """A boolean as JSON or forms carry it."""
    value = args.get(key)
    return default if value is None else value in {True, "1", "true", "True"}


def need(args: Json, *names: str) -> None:
    """Arguments without which a method does nothing."""
    missing = [name for name in names if not args.get(name)]
    if missing:
        messages = [f"[ERROR] missing required field: {name}" for name in missing]
        raise ApiError("invalid_arguments", messages)


def page(found: Sequence[Item], args: Json, *, default: int = 100) -> tuple[list[Item], str]:
    """One page of a list and the cursor of the next one, empty at the end."""
    limit = int(args.get("limit") or default)
    if not 0 < limit <= 1000:
        raise ApiError("invalid_limit")
    start = _position(str(args.get("cursor") or ""))
    after = start + limit
    cursor = base64.b64encode(f"next:{after}".encode()).decode() if after < len(found) else ""
    return list(found[start:after]), cursor


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:"))
    except ValueError as error:
        raise ApiError("invalid_cursor") from error
