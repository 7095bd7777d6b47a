"""The Bot Connector on this machine: records what the bot posts, and refuses what Teams refuses."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from tests.doubles.teams import cards
from tests.doubles.teams.faults import Fault, Refusal
from tests.doubles.teams.limits import RateLimits
from tests.doubles.teams.serving import serving
from tests.doubles.teams.world import BOT, HOST_TENANT, Conversation, Post, User

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 100 * 1024
_ROUTE = "/v3/conversations/{conversation}/activities"


class TeamsDouble:
    """Teams' side of a bot. Use as an async context manager; `url` is the service URL."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, routes: list[web.RouteDef] | None = None
    ) -> None:
        self.url = ""
        self.posts: list[Post] = []
        self.other: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str]] = []
        self.token: str | None = None
        self.targeted_allowed = True
        self.page = 500
        self._conversations: dict[str, Conversation] = {}
        self._installed: set[str] = set()
        self._faults: list[Fault] = []
        self._limits = RateLimits(clock)
        self._routes = routes or []
        self._next = 1_700_000_000_000
        self._up = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.down()

    async def up(self) -> None:
        """Starts; after `down` again at the same address."""
        port = int(self.url.rsplit(":", 1)[1]) if self.url else 0
        self.url = await self._up.enter_async_context(serving(self._app(), port))

    async def down(self) -> None:
        """Nothing listens any more."""
        await self._up.aclose()

    # What is in Teams

    def personal(self, user: User) -> Conversation:
        """The direct conversation of a person who installed the bot."""
        self._installed.add(user.id)
        return self._personal(user)

    def group(self, *users: User, **more: Any) -> Conversation:
        """A group chat."""
        return self._place(Conversation("groupChat", list(users), **more))

    def channel(self, *users: User, **more: Any) -> Conversation:
        """A channel of a team that has the bot; shared with other tenants where `shared_with` names them."""
        return self._place(Conversation("channel", list(users), **more))

    def fail(self, *faults: Fault) -> None:
        """The next calls go wrong, in this order."""
        self._faults += faults

    def visible(self, conversation: Conversation, to: User | None = None) -> list[Post]:
        """What stands in a conversation, as `to` sees it; without `to`, what everybody sees."""
        here = self._standing(conversation)
        return [p for p in here if p.targeted_at is None or (to and p.targeted_at in {to.id, to.aad})]

    def new_id(self) -> str:
        self._next += 1
        return str(self._next)

    def _standing(self, conversation: Conversation) -> list[Post]:
        return [p for p in self.posts if p.conversation is conversation and not p.deleted]

    def _place(self, conversation: Conversation) -> Conversation:
        self._conversations[conversation.id] = conversation
        return conversation

    def _personal(self, user: User) -> Conversation:
        for known in self._conversations.values():
            if known.kind == "personal" and known.members == [user]:
                return known
        return self._place(Conversation("personal", [user]))

    # The interface

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._gate], client_max_size=10 * MOST_BYTES)
        app.add_routes(
            [
                web.post("/v3/conversations", self._open),
                web.post(_ROUTE, self._post),
                web.post(_ROUTE + "/{activity}", self._post),
                web.put(_ROUTE + "/{activity}", self._put),
                web.delete(_ROUTE + "/{activity}", self._delete),
                web.get("/v3/conversations/{conversation}/members", self._members),
                web.get("/v3/conversations/{conversation}/members/{member}", self._member),
                web.get("/v3/conversations/{conversation}/pagedmembers", self._paged),
                *self._routes,
            ]
        )
        return app

    @web.middleware
    async def _gate(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if not request.path.startswith("/v3/"):
            return await handler(request)  # type: ignore[no-any-return]
        self.requests.append((request.method, request.path))
        fault = self._fault()
        try:
            response = await self._carried_out(request, handler, fault)
        except Refusal as refusal:
            response = refusal.response
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and fault.drop and request.transport is not None:
            request.transport.abort()
        return response

    async def _carried_out(
        self, request: web.Request, handler: Any, fault: Fault | None
    ) -> web.StreamResponse:
        if fault and fault.text is not None:
            return web.Response(text=fault.text, content_type="text/html")
        if fault and not fault.accepted and (fault.status or fault.drop):
            raise fault.refusal()
        if self.token is not None and request.headers.get("Authorization") != f"Bearer {self.token}":
            raise Refusal(401, "Unauthorized")
        self._count(request)
        response: web.StreamResponse = await handler(request)
        if fault and fault.status:
            raise fault.refusal()
        return response

    def _fault(self) -> Fault | None:
        if not self._faults:
            return None
        fault = self._faults[0]
        fault.times -= 1
        if fault.times <= 0:
            self._faults.pop(0)
        return fault

    def _count(self, request: web.Request) -> None:
        wait = self._limits.wait(request.match_info.get("conversation", ""))
        if wait:
            raise Refusal(429, "Throttled", "Too many requests", wait)

    async def _open(self, request: web.Request) -> web.Response:
        body = await _body(request)
        members = body.get("members") or []
        user = self._user(members[0]["id"]) if len(members) == 1 else None
        if body.get("isGroup") or user is None:
            raise Refusal(400, "BadSyntax", "one known member is needed")
        if body.get("bot", {}).get("id") != BOT["id"] or body.get("tenantId") != HOST_TENANT:
            raise Refusal(403, "BotNotInConversationRoster")
        if user.tenant != HOST_TENANT or not (user.id in self._installed or self._in_team(user)):
            raise Refusal(403, "BotNotInConversationRoster")
        return web.json_response({"id": self._personal(user).id}, status=201)

    async def _post(self, request: web.Request) -> web.Response:
        conversation, thread = self._where(request)
        activity = await self._activity(request)
        if activity["type"] != "message":
            self.other.append(activity)
            return web.json_response({}, status=202)
        targeted_at = self._target(request, conversation, activity)
        post = Post(self.new_id(), conversation, thread, activity, targeted_at)
        self.posts.append(post)
        if thread is None:
            conversation.threads.add(post.id)
        return web.json_response({"id": post.id}, status=201)

    async def _put(self, request: web.Request) -> web.Response:
        post = self._find(request)
        activity = await self._activity(request)
        if post.targeted_at is not None and activity.get("recipient"):
            raise Refusal(400, "BadArgument", "an update names no recipient")
        post.history.append(post.activity)
        post.activity = activity
        post.views.clear()  # an edited message is drawn anew for everybody
        return web.json_response({"id": post.id})

    async def _delete(self, request: web.Request) -> web.Response:
        self._find(request).deleted = True
        return web.Response(status=200)

    async def _members(self, request: web.Request) -> web.Response:
        conversation, _ = self._where(request)
        return web.json_response([user.entry() for user in conversation.members])

    async def _member(self, request: web.Request) -> web.Response:
        conversation, _ = self._where(request)
        for user in conversation.members:
            if request.match_info["member"] in {user.id, user.aad}:
                return web.json_response(user.entry())
        raise Refusal(404, "MemberNotFoundInConversation")

    async def _paged(self, request: web.Request) -> web.Response:
        conversation, _ = self._where(request)
        entries = [user.entry() for user in conversation.members]
        if conversation.kind != "channel":
            return web.json_response({"members": entries})
        size = min(int(request.query.get("pageSize", 200)), self.page)
        start = int(request.query.get("continuationToken", 0))
        body: dict[str, Any] = {"members": entries[start : start + size]}
        if start + size < len(entries):
            body["continuationToken"] = str(start + size)
        return web.json_response(body)

    def _where(self, request: web.Request) -> tuple[Conversation, str | None]:
        base, _, thread = request.match_info["conversation"].partition(";messageid=")
        conversation = self._conversations.get(base)
        if conversation is None or (thread and thread not in conversation.threads):
            raise Refusal(404, "ConversationNotFound", "Conversation not found.")
        if conversation.blocked:
            raise Refusal(403, "ConversationBlockedByUser")
        if not conversation.installed:
            raise Refusal(
                403, "BotNotInConversationRoster", "The bot is not part of the conversation roster."
            )
        return conversation, thread or None

    async def _activity(self, request: web.Request) -> dict[str, Any]:
        activity = await _body(request)
        if not activity.get("type") or activity.get("from", {}).get("id") != BOT["id"]:
            raise Refusal(400, "BadSyntax", "type and the bot as sender are needed")
        for attachment in activity.get("attachments") or []:
            if attachment.get("contentType") == "application/vnd.microsoft.card.adaptive":
                wrong = cards.faults(attachment["content"])
                if wrong:
                    raise Refusal(400, "BadArgument", "; ".join(wrong))
        return activity

    def _target(
        self, request: web.Request, conversation: Conversation, activity: dict[str, Any]
    ) -> str | None:
        if request.query.get("isTargetedActivity") != "true":
            return None
        recipient = activity.get("recipient") or {}
        if not self.targeted_allowed:
            raise Refusal(403, "ForbiddenOperation")
        known = {identity for user in conversation.members for identity in (user.id, user.aad)}
        if conversation.kind == "personal" or recipient.get("id") not in known:
            raise Refusal(400, "BadArgument", "a member of a group or channel must be named")
        return str(recipient["id"])

    def _find(self, request: web.Request) -> Post:
        conversation, _ = self._where(request)
        targeted = request.query.get("isTargetedActivity") == "true"
        for post in self._standing(conversation):
            if post.id == request.match_info["activity"] and targeted is (post.targeted_at is not None):
                return post
        raise Refusal(404, "ActivityNotFoundInConversation")

    def _user(self, identity: str) -> User | None:
        people = (user for place in self._conversations.values() for user in place.members)
        return next((user for user in people if identity in {user.id, user.aad}), None)

    def _in_team(self, user: User) -> bool:
        channels = (c for c in self._conversations.values() if c.kind == "channel" and c.installed)
        return any(user in channel.members for channel in channels)


async def _body(request: web.Request) -> dict[str, Any]:
    raw = await request.read()
    if len(raw) > MOST_BYTES:
        raise Refusal(413, "MessageSizeTooBig", "Message size too large.")
    body = json.loads(raw)
    if not isinstance(body, dict):
        raise Refusal(400, "BadSyntax")
    return body
