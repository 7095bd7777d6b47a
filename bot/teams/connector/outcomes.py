"""What became of a call to Teams.

The difference that matters is whether something may have been posted: `Refused`, `RateLimited` and
`Unreachable` say that it certainly was not, `OutcomeUnknown` that nobody can tell. None holds any content.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

TOKEN_REFUSED = "TokenRefused"  # noqa: S105  # the code of a call for which there was no token


@dataclass(frozen=True, slots=True)
class Sent:
    """Done. `id` is the activity's id; empty where Teams names none (a delete, a typing indicator)."""

    id: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A direct conversation stands. `reference` is what to send to."""

    reference: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Members of a conversation, as Teams describes them: `id`, `aadObjectId`, `tenantId`, `userRole`, ..."""

    members: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Not done, and asking again will not help. `code` is Teams' own, such as `ConversationNotFound`."""

    code: str
    status: int = 0

    @property
    def is_ours(self) -> bool:
        """Whether something is wrong with our own registration, and not with what was asked for: somebody can mend that."""
        return self.code == TOKEN_REFUSED or self.status == HTTPStatus.UNAUTHORIZED


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Not done: too many calls, or two at once to one conversation. Ask again after so many seconds."""

    retry_after: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Not done: the service could not be reached, or a question had no answer. `code` says at which step."""

    code: str


@dataclass(frozen=True, slots=True)
class OutcomeUnknown:
    """Perhaps done: the connection broke after the request left, or the service gave up half-way."""

    code: str


Trouble = Refused | RateLimited | Unreachable | OutcomeUnknown
