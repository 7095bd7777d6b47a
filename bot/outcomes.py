"""What can become of a post, whatever the platform, and what delivery needs of a platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from handlers.gate import Withheld

if TYPE_CHECKING:
    from handlers.gate import Sealed
    from handlers.turn import Address, Fetch, Found, WorkspaceKey


@dataclass(frozen=True, slots=True)
class Posted:
    """It is there. `message` is the platform's id of it."""

    message: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether it arrived: the connection broke, or the answer did not come."""


@dataclass(frozen=True, slots=True)
class Gone:
    """It cannot arrive: the channel is archived or deleted, Prep is not in it, the person has left."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """The platform takes no such message, which is a fault of ours: it is too long, or built wrongly."""


@dataclass(frozen=True, slots=True)
class RetryLater:
    """It did not arrive, and it is to be tried again after so many seconds.

    `whole`: nothing is to be sent to the whole workspace meanwhile; False: only to this address; None: that is not told.
    """

    seconds: float
    whole: bool | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """It was not posted, since the platform does not tell who would read it. It may in so many seconds."""

    seconds: float


Post = Posted | Unknown | Gone | Malformed | RetryLater | NoAnswer | Withheld


class CannotTell(Exception):  # no error of ours: delivery decides what not knowing means
    """Whether an earlier post arrived cannot be found out now.

    `seconds`: the platform asks to wait so long before it is asked again. `never`: it tells no one, ever.
    """

    def __init__(self, seconds: float = 0, *, never: bool = False) -> None:
        super().__init__()
        self.seconds = seconds
        self.never = never


@runtime_checkable
class Lookout(Protocol):
    """A sender that can also tell who is in a channel, as a `Directory` does."""

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """The answer to a Fetch; a channel of which nothing but its id is known where the platform does not answer now."""
        ...


class Sender(Protocol):
    """What a platform does for delivery. It decides at the moment of sending who may read the content."""

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """Open the content for those who are there now, and post it with the token. Withheld where the gate stays shut."""
        ...

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """The id of the message that was posted with this token, None if there is none. Raises CannotTell."""
        ...
