"""Teams as delivery sees it: a reminder goes to a channel or a person, and nobody can look up afterwards if it arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from bot import logs
from bot.edge import open_for
from bot.outcomes import CannotTell, Gone, Malformed, NoAnswer, Posted, RetryLater, Unknown
from bot.teams.connector import OutcomeUnknown, RateLimited, Refused, Sent
from bot.teams.names import with_names
from bot.teams.posting import words
from handlers.gate import SealedSend, Withheld

if TYPE_CHECKING:
    from bot.outcomes import Post
    from bot.teams.connector import Trouble
    from bot.teams.directory import TeamsDirectory
    from bot.teams.posting import Postman
    from handlers.gate import Sealed
    from handlers.turn import Address, Fetch, Found, WorkspaceKey

_NO_SUCH_MESSAGE = frozenset({400, 413, 415, 422})
_UNSAID = (
    "Something is due, and Teams did not take the message in which I would have told you: that is a fault of mine, and it is "
    "in the log. Please look yourself: say “renewals”, “checkin” or “remind”."
)
_HELPED_SOON, _CONNECTED_SOON = 300.0, 60.0  # seconds


class TeamsSender:
    """Posts what is due: in a channel as a thread of its own, to a person in the direct message."""

    def __init__(self, postman: Postman, directory: TeamsDirectory) -> None:
        self._postman = postman
        self._directory = directory

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """Open the content for those who are there now, and post it. Withheld where the gate stays shut."""
        shown = await open_for(SealedSend(to, content), workspace, self._directory)
        if isinstance(shown, Withheld):
            return await self._why_not(workspace, to, shown)
        named = await with_names(shown, workspace, self._directory)
        sent = await self._postman.to(workspace.id, to, named)
        if not _is_malformed(sent):
            return _became_of(sent)
        logs.error("teams_not_posted", kind="Malformed", what="reminder", status=sent.status)
        if not to.direct:
            return Malformed()  # whoever owns it is told
        return _became_of(await self._postman.direct(workspace.id, to.id, [words(_UNSAID)]))

    async def _why_not(self, workspace: WorkspaceKey, to: Address, withheld: Withheld) -> Post:
        """Withheld for good only if Teams was there to tell who reads it; where Prep is not, nobody is to be blamed for it."""
        if self._directory.is_untold(to.id):
            return NoAnswer(_CONNECTED_SOON)
        if not to.direct and await self._directory.is_not_in(workspace, to.id):
            return Gone()
        return withheld

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """Who is in a channel."""
        return await self._directory.find(workspace, ask)

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """Never known: bots cannot read back what they posted, so it is posted again, as a possible repeat."""
        raise CannotTell(never=True)


def _is_malformed(sent: Sent | Trouble) -> TypeGuard[Refused]:
    return isinstance(sent, Refused) and sent.status in _NO_SUCH_MESSAGE


def _became_of(sent: Sent | Trouble) -> Post:
    match sent:
        case Sent(message):
            return Posted(message)
        case OutcomeUnknown():
            return Unknown()
        case RateLimited(seconds):
            return RetryLater(seconds)
        case Refused() if sent.is_ours:
            return RetryLater(_HELPED_SOON)
        case Refused():
            return Gone()
        case _:
            return RetryLater(_CONNECTED_SOON)
