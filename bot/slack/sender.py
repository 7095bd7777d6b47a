"""Reminders to Slack: posted once with an opaque token, and found again by it where a post was interrupted.

Other apps can read a message's metadata, so that there is nothing in it but the token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.edge import open_for
from bot.outcomes import CannotTell, Gone, NoAnswer, Posted, RetryLater, Unknown
from bot.slack import blocks
from bot.slack.api import NOT_NOW, Done, NotAnswered, Refused
from bot.slack.names import names_in
from handlers.gate import SealedSend, Withheld

if TYPE_CHECKING:
    from bot.outcomes import Post
    from bot.slack.api import Api, Fate
    from bot.slack.directory import SlackDirectory
    from handlers.gate import Sealed, Shown
    from handlers.turn import Address, Fetch, Found, WorkspaceKey

_KIND = "prep_reminder"
_GONE = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "restricted_action",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
_PERHAPS = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
_SOON = 30  # seconds, where Slack does not answer
_LATER = 300  # where Slack refuses for a reason that somebody has to mend
_PAGES = 5  # of a channel's history, 200 messages each


class SlackSender:
    """What delivery needs of one workspace's Slack."""

    def __init__(self, api: Api, directory: SlackDirectory) -> None:
        self._api = api
        self._directory = directory

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """Post what its readers may see, with the token. The id of a long one is that of its first message."""
        shown = await open_for(SealedSend(to, content), workspace, self._directory)
        if isinstance(shown, Withheld):
            return await self._why_not(to, shown)
        first, *rest = blocks.pages(shown, await names_in(shown, self._directory))
        metadata = {"event_type": _KIND, "event_payload": {"id": token}}
        fate = await self._say(to, shown, first, metadata=metadata)
        for page in rest if isinstance(fate, Done) else ():
            await self._say(to, shown, page)
        return _outcome(fate)

    async def _why_not(self, to: Address, withheld: Withheld) -> Post:
        """Withheld for good only if Slack was there to tell who reads it; where Prep is not, nobody is to be blamed for it."""
        # looked at before it is asked again: an answer then would say nothing of what was withheld before
        if self._directory.is_untold(to.id):
            return NoAnswer(_SOON)
        is_out = not to.direct and await self._directory.is_not_in(to.id)
        if self._directory.is_untold(to.id):
            return NoAnswer(_SOON)
        return Gone() if is_out else withheld

    async def _say(self, to: Address, shown: Shown, page: blocks.Page, **more: Any) -> Fate:
        channel = (await self._directory.direct_with(to.id) if to.direct else None) or to.id
        thread = {"thread_ts": to.thread} if to.thread else {}
        said = {**blocks.message(page, shown), **thread, **more}
        return await self._api.post("chat.postMessage", wait="metadata" not in more, channel=channel, **said)

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """Who is in a channel."""
        return await self._directory.find(workspace, ask)

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """The id of the message that was posted with this token, None if there is none. Raises CannotTell."""
        channel = await self._directory.direct_with(to.id) if to.direct else to.id
        if channel is None:
            raise CannotTell
        try:
            return await self._look(channel, to.thread, token)
        except NotAnswered as problem:
            if problem.code in _GONE:
                return None  # posting it again will tell
            raise CannotTell(problem.seconds) from None

    async def _look(self, channel: str, thread: str | None, token: str) -> str | None:
        """Through the newest messages of a channel, or a whole thread."""
        method = "conversations.replies" if thread else "conversations.history"
        place = {"channel": channel, **({"ts": thread} if thread else {})}
        cursor = ""
        for _ in range(_PAGES):
            more = {"cursor": cursor} if cursor else {}
            answer = await self._api.ask(
                method, wait=False, limit=200, include_all_metadata=True, **place, **more
            )
            for message in answer["messages"]:
                metadata = message.get("metadata") or {}
                if (metadata.get("event_payload") or {}).get("id") == token:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None
        return None  # older than a thousand messages: a renewal missed is worse than one read twice


def _outcome(fate: Fate) -> Post:
    match fate:
        case Done(ts):
            return Posted(ts)
        case Refused(code) if code in _GONE:
            return Gone()
        case Refused(code):
            return Unknown() if code in _PERHAPS else RetryLater(_LATER, whole=code in NOT_NOW)
        case _:
            return fate
