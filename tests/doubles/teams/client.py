"""A person at a Teams client: what they do reaches the bot's endpoint as Teams would send it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.doubles.teams import cards
from tests.doubles.teams.world import BOT, Conversation, Post, User

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.doubles.teams.service import TeamsDouble


@dataclass(frozen=True)
class Answer:
    """What the bot's endpoint answered."""

    status: int
    body: Any


class TeamsClient:
    """Sends activities to `endpoint` (the whole URL). `bearer` makes the Authorization header, None sends none."""

    def __init__(
        self, teams: TeamsDouble, endpoint: str, bearer: Callable[[dict[str, Any]], str] | None = None
    ) -> None:
        self._teams = teams
        self._endpoint = endpoint
        self._bearer = bearer
        self.zone = "Europe/London"

    async def message(self, user: User, text: str, conversation: Conversation, **more: Any) -> Answer:
        """Types `text`; `thread` answers in that thread, other keywords go into the activity."""
        return await self.deliver(self.typed(user, text, conversation, **more))

    async def mention(self, user: User, text: str, conversation: Conversation, **more: Any) -> Answer:
        """The same with the bot mentioned in front, as a channel needs it."""
        name = f"<at>{BOT['name']}</at>"
        entities = [{"type": "mention", "mentioned": BOT, "text": name}, *more.pop("entities", [])]
        return await self.message(user, f"{name} {text}", conversation, entities=entities, **more)

    async def slash(self, user: User, text: str, conversation: Conversation, **more: Any) -> Answer:
        """Types `/Prep text` in a channel or group: a message that nobody else sees."""
        return await self.message(user, text, conversation, recipient={**BOT, "isTargeted": True}, **more)

    async def edit(self, user: User, typed: dict[str, Any], text: str) -> Answer:
        """Changes a message typed before (see `typed`)."""
        data = {**typed["channelData"], "eventType": "editMessage"}
        return await self.deliver({**typed, "type": "messageUpdate", "text": text, "channelData": data})

    async def delete(self, user: User, typed: dict[str, Any]) -> Answer:
        """Removes a message typed before."""
        data = {**typed["channelData"], "eventType": "softDeleteMessage"}
        return await self.deliver({**typed, "type": "messageDelete", "text": "", "channelData": data})

    async def press(self, user: User, post: Post, label: str, **inputs: Any) -> Answer:
        """Presses the button with this label on the card that `user` sees; `inputs` stand in its fields.

        A card in the answer is from then on what this person sees there.
        """
        return await self.use(user, post, _button(post, user, label), inputs)

    async def use(
        self, user: User, post: Post, action: dict[str, Any], inputs: dict[str, Any], *, old: bool = False
    ) -> Answer:
        """Uses a button with what stands in the fields; `old` clients know only its fallback."""
        action = action["fallback"] if old else action
        data = {**(action.get("data") or {}), **inputs}
        more = {"replyToId": post.id, "thread": post.thread or _root(post)}
        if action["type"] == "Action.Execute":
            return await self._execute(user, post, action, data, more)
        if (data.get("msteams") or {}).get("type") == "task/fetch":
            value = {"data": data, "context": {"theme": "default"}}
            return await self.invoke(user, "task/fetch", value, post.conversation, **more)
        return await self.message(user, "", post.conversation, value=data, **more)

    async def submit(
        self, user: User, data: dict[str, Any], conversation: Conversation, **more: Any
    ) -> Answer:
        """Sends a dialog that `task/fetch` opened."""
        value = {"data": data, "context": {"theme": "default"}}
        return await self.invoke(user, "task/submit", value, conversation, **more)

    async def _execute(
        self, user: User, post: Post, action: dict[str, Any], data: dict[str, Any], more: dict[str, Any]
    ) -> Answer:
        pressed = {"type": "Action.Execute", "id": action.get("id"), "verb": action.get("verb"), "data": data}
        value = {"action": pressed, "trigger": "manual"}
        answer = await self.invoke(user, "adaptiveCard/action", value, post.conversation, **more)
        if answer.body is not None:
            assert {"statusCode", "type", "value"} <= answer.body.keys(), (
                "Teams would say: something went wrong"
            )
            if answer.body["type"] == _CARD:
                assert cards.faults(answer.body["value"]) == []
                post.views[user.id] = answer.body["value"]
        return answer

    async def invoke(
        self, user: User, name: str, value: dict[str, Any], conversation: Conversation, **more: Any
    ) -> Answer:
        """Anything that waits for an answer: `task/fetch`, `composeExtension/submitAction`, ..."""
        activity = self.event(user, conversation, "invoke", name=name, value=value, **more)
        return await self.deliver(activity)

    async def act_on(
        self, user: User, text: str, conversation: Conversation, *, author: User | None = None, **more: Any
    ) -> Answer:
        """Takes the app's action on a message that `author` wrote there."""
        writer = author or user
        who = {"userIdentityType": "aadUser", "id": writer.aad, "displayName": writer.name}
        message: dict[str, Any] = {
            "id": self._teams.new_id(),
            "replyToId": None,
            "deleted": False,
            "locale": "en-us",
            "body": {"contentType": "html", "content": text},
            "from": {"device": None, "conversation": None, "user": who, "application": None},
            "reactions": [],
            "mentions": [],
        }
        value = {
            "commandId": "log_concession",
            "commandContext": "message",
            "messagePayload": message,
            **more,
        }
        return _in_dialog(await self.invoke(user, "composeExtension/fetchTask", value, conversation))

    async def in_dialog(
        self, user: User, dialog: Answer, label: str, conversation: Conversation, **inputs: str
    ) -> Answer:
        """Presses a button of a dialog; what stands in its fields goes along, with `inputs` (by id) in their place."""
        card = dialog.body["task"]["value"]["card"]["content"]
        action = next(one for one in cards.actions(card) if one["title"] == label)
        assert action["type"] != "Action.Execute", "a dialog has no such buttons"
        stands = cards.values(card) if action.get("associatedInputs") != "none" else {}
        data = {**(action.get("data") or {}), **stands, **inputs}
        value = {"commandId": "log_concession", "commandContext": "message", "data": data}
        return _in_dialog(await self.invoke(user, "composeExtension/submitAction", value, conversation))

    async def conversation_update(self, user: User, conversation: Conversation, **more: Any) -> Answer:
        """`membersAdded=[...]` and the like; `eventType` and what goes with it stand in `channelData`."""
        data = more.pop("channelData", {})
        activity = self.event(user, conversation, "conversationUpdate", **more)
        activity["channelData"].update(data)
        return await self.deliver(activity)

    def typed(self, user: User, text: str, conversation: Conversation, **more: Any) -> dict[str, Any]:
        """The activity of a typed message; a new post in a channel roots a thread of its own."""
        identity = self._teams.new_id()
        if conversation.kind == "channel":
            more["thread"] = more.get("thread") or identity
            conversation.threads.add(more["thread"])
        activity = self.event(user, conversation, "message", id=identity, text=text, **more)
        activity["entities"] = [*more.get("entities", []), {**_CLIENT_INFO, "timezone": self.zone}]
        return {"textFormat": "plain", **activity}

    def event(
        self, user: User, conversation: Conversation, kind: str, *, thread: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """An activity of any type, as Teams fills it in."""
        return {
            "type": kind,
            "id": self._teams.new_id(),
            "timestamp": datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "0Z"),
            "channelId": "msteams",
            "serviceUrl": self._teams.url,
            "from": user.account(),
            "conversation": conversation.reference(thread),
            "recipient": dict(BOT),
            "channelData": conversation.channel_data(user),
            "locale": "en-GB",
            "localTimezone": self.zone,
            **more,
        }

    async def deliver(self, activity: object, headers: dict[str, str] | None = None) -> Answer:
        """Sends any JSON to the endpoint, as it stands."""
        if headers is None:
            headers = {"Authorization": self._bearer(activity)} if self._bearer else {}  # type: ignore[arg-type]
        async with (
            aiohttp.ClientSession() as session,
            session.post(self._endpoint, json=activity, headers=headers) as response,
        ):
            body = await response.json() if response.content_type == "application/json" else None
            return Answer(response.status, body)


def _in_dialog(answer: Answer) -> Answer:
    """The answer, if Teams could show it as a dialog."""
    if answer.body is not None:
        task = answer.body["task"]
        assert task["type"] in {"continue", "message"}, "Teams would say: something went wrong"
        if task["type"] == "continue":
            assert cards.faults(task["value"]["card"]["content"]) == []
            assert {"title", "width", "height"} <= task["value"].keys()
    return answer


def _button(post: Post, user: User, label: str) -> dict[str, Any]:
    seen = post.seen_by(user)
    found = [action for card in seen for action in cards.actions(card) if action["title"] == label]
    assert found, f"no button {label!r} on: {[cards.read(card) for card in seen]}"
    return found[0]


def _root(post: Post) -> str | None:
    return post.id if post.conversation.kind == "channel" else None


_CARD = "application/vnd.microsoft.card.adaptive"
_CLIENT_INFO = {
    "type": "clientInfo",
    "locale": "en-GB",
    "country": "GB",
    "platform": "Web",
}
