"""A sender that keeps what it was given, asks the gate as it posts, and fails in the ways that platforms fail."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.edge import open_for
from bot.outcomes import CannotTell, Gone, Malformed, Post, Posted, RetryLater, Unknown
from handlers.gate import SealedSend, Shown
from handlers.turn import Choices
from tests.support.talk import lines_of

if TYPE_CHECKING:
    from bot.edge import Directory
    from handlers.gate import Sealed
    from handlers.turn import Address, WorkspaceKey


@dataclass
class Mail:
    """A message as it arrived."""

    workspace: str
    to: str
    direct: bool
    token: str
    message: str
    shown: Shown

    @property
    def text(self) -> str:
        """The message as plain lines."""
        return "\n".join(line for part in self.shown.parts for line in lines_of(part))

    @property
    def buttons(self) -> dict[str, str]:
        """Label -> words."""
        return {c.label: c.words for p in self.shown.parts if isinstance(p, Choices) for c in p.options}


class Fault:
    """What happens to a post instead: `lost` and `late` are both unknown, but only `late` arrived."""

    LOST = "lost"
    LATE = "late"
    CRASH = "crash"
    MALFORMED = "malformed"


@dataclass
class MemorySender:
    """Keeps posts in memory. `faults` are used up from the left, by address; `gone` addresses take nothing."""

    directory: Directory
    inbox: list[Mail] = field(default_factory=list)
    faults: dict[str, deque[str | float]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    blind: bool = False
    tries: int = 0
    looked_up: list[str] = field(default_factory=list)

    def fail(self, address: str, *faults: str | float) -> None:
        """The next posts to an address fail like this; a number is a rate limit in seconds."""
        self.faults.setdefault(address, deque()).extend(faults)

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """As the protocol says."""
        self.tries += 1
        if to.id in self.gone:
            return Gone()
        shown = await open_for(SealedSend(to, content), workspace, self.directory)
        if not isinstance(shown, Shown):
            return shown
        waiting = self.faults.get(to.id)
        fault = waiting.popleft() if waiting else ""
        if isinstance(fault, float | int):
            return RetryLater(fault)
        if fault == Fault.MALFORMED:
            return Malformed()
        if fault == Fault.LOST:
            return Unknown()
        message = f"m{len(self.inbox) + 1}"
        self.inbox.append(Mail(workspace.id, to.id, to.direct, token, message, shown))
        if fault == Fault.CRASH:
            raise ConnectionResetError
        return Unknown() if fault == Fault.LATE else Posted(message)

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """As the protocol says."""
        self.looked_up.append(token)
        if self.blind:
            raise CannotTell
        fitting = [m for m in self.inbox if (m.workspace, m.to, m.token) == (workspace.id, to.id, token)]
        return fitting[0].message if fitting else None

    def to(self, address: str) -> list[Mail]:
        """What arrived at an address."""
        return [mail for mail in self.inbox if mail.to == address]
