"""How an answer reaches people: in place of what was pressed, to one person alone, or for everybody in a thread.

A private answer goes the way that only its reader sees: through the `response_url`, else as an ephemeral message, else
as a direct message. Where the connection broke, it may have arrived and is not sent again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import logs
from bot.outcomes import Unknown
from bot.slack.api import Done, Refused
from bot.slack.blocks import message

if TYPE_CHECKING:
    from bot.slack.api import Api, Fate
    from bot.slack.blocks import Page
    from bot.slack.directory import SlackDirectory
    from bot.slack.incoming import Origin
    from handlers.gate import Shown
    from handlers.turn import Address


class Voice:
    """Posts for one workspace."""

    def __init__(self, api: Api, directory: SlackDirectory) -> None:
        self._api = api
        self._directory = directory

    async def tell(self, origin: Origin, user: str, shown: Shown, pages: list[Page], *, direct: bool) -> None:
        """Say all pages where they were asked for: to the person alone, unless `shown` is for everybody."""
        for page in pages:
            said = message(page, shown)
            if direct or not shown.private:
                await self._post(origin, said, direct=direct)
            elif not await self._alone(origin, user, said):
                return

    async def _post(self, origin: Origin, said: dict[str, Any], *, direct: bool) -> None:
        """In the channel: what is for everybody answers a message in its thread."""
        thread = origin.thread or ("" if direct else origin.message)
        fate = await self._api.post("chat.postMessage", channel=origin.channel, **said, **_thread(thread))
        self._note("chat.postMessage", fate)

    async def _alone(self, origin: Origin, user: str, said: dict[str, Any]) -> bool:
        """To one person in a channel. False where it did not get there."""
        if origin.url:
            body = {"response_type": "ephemeral", "replace_original": False, **said, **_thread(origin.thread)}
            fate = await self._api.respond(origin.url, body)
            if not isinstance(fate, Refused):
                return self._note("response_url", fate)
        place = {"channel": origin.channel, "user": user, **_thread(origin.thread)}
        fate = await self._api.post("chat.postEphemeral", **place, **said)
        if not isinstance(fate, Refused):
            return self._note("chat.postEphemeral", fate)
        return await self.whisper(user, said)

    async def whisper(self, user: str, said: dict[str, Any]) -> bool:
        """In the direct message with one person."""
        channel = await self._directory.direct_with(user)
        if channel is None:
            logs.error("slack_unreachable", method="conversations.open")
            return False
        fate = await self._api.post("chat.postMessage", channel=channel, **said)
        return self._note("chat.postMessage", fate)

    async def replace(self, origin: Origin, said: dict[str, Any]) -> bool:
        """Put a message in the place of the one that was pressed. False where that is not possible."""
        if not origin.alone and origin.message:
            fate = await self._api.post("chat.update", channel=origin.channel, ts=origin.message, **said)
            if not isinstance(fate, Refused):
                return self._note("chat.update", fate)
        if not origin.url:
            return False
        fate = await self._api.respond(origin.url, {"replace_original": True, **said})
        return self._note("response_url", fate)

    async def change(self, to: Address, ts: str, said: dict[str, Any]) -> bool:
        """Put a message in the place of an earlier one at an address. False where that is not possible."""
        channel = await self._directory.direct_with(to.id) if to.direct else to.id
        if channel is None:
            return False
        return self._note("chat.update", await self._api.post("chat.update", channel=channel, ts=ts, **said))

    async def remove(self, origin: Origin) -> None:
        """Take away the message that was pressed."""
        if origin.url:
            self._note("response_url", await self._api.respond(origin.url, {"delete_original": True}))
        elif origin.message:
            fate = await self._api.post("chat.delete", channel=origin.channel, ts=origin.message)
            self._note("chat.delete", fate)

    async def respond(self, url: str, body: dict[str, Any]) -> bool:
        """A later answer to a slash command. False where it did not get there."""
        return self._note("response_url", await self._api.respond(url, body))

    @staticmethod
    def _note(method: str, fate: Fate) -> bool:
        """Whether it got there, or may have; what did not is noted without its content."""
        if isinstance(fate, Done):
            return True
        code = fate.code if isinstance(fate, Refused) else type(fate).__name__
        logs.error("slack_not_sent", method=method, outcome=code)
        return isinstance(fate, Unknown)


def _thread(ts: str) -> dict[str, Any]:
    return {"thread_ts": ts} if ts else {}
