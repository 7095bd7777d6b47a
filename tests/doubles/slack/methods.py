"""Which methods there are, and which scope each needs."""

from __future__ import annotations

from collections.abc import Callable

from tests.doubles.slack import chat, conversations, files, modals, oauth, people
from tests.doubles.slack.core import Core
from tests.doubles.slack.errors import ApiError
from tests.doubles.slack.world import Json, Workspace

Method = Callable[[Core, Workspace, Json], Json]


def _taken(core: Core, space: Workspace, args: Json) -> Json:
    """Taken and forgotten: the test looks at the call."""
    return {"ok": True}


METHODS: dict[str, Method] = {
    "auth.test": people.test,
    "auth.revoke": _taken,
    "assistant.threads.setStatus": _taken,
    "assistant.threads.setSuggestedPrompts": _taken,
    "assistant.threads.setTitle": _taken,
    "bots.info": people.bot,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.list": conversations.listed,
    "conversations.members": conversations.members,
    "conversations.open": conversations.opened,
    "conversations.replies": conversations.replies,
    "files.completeUploadExternal": files.complete,
    "files.getUploadURLExternal": files.upload_url,
    "team.info": people.team,
    "users.conversations": conversations.of_user,
    "users.info": people.info,
    "users.list": people.listed,
    "users.lookupByEmail": people.by_email,
    "views.open": modals.opened,
    "views.publish": modals.publish,
    "views.push": modals.push,
    "views.update": modals.update,
}

CHANNEL_READ = {"channels:read", "groups:read", "im:read", "mpim:read"}
CHANNEL_HISTORY = {"channels:history", "groups:history", "im:history", "mpim:history"}
SCOPES: dict[str, set[str]] = {
    "assistant.threads.setStatus": {"assistant:write", "chat:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write", "chat:write"},
    "assistant.threads.setTitle": {"assistant:write", "chat:write"},
    "bots.info": {"users:read"},
    "chat.delete": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": CHANNEL_HISTORY,
    "conversations.info": CHANNEL_READ,
    "conversations.list": CHANNEL_READ,
    "conversations.members": CHANNEL_READ,
    "conversations.open": {"im:write", "mpim:write"},
    "conversations.replies": CHANNEL_HISTORY,
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "team.info": {"team:read"},
    "users.conversations": CHANNEL_READ,
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "users.lookupByEmail": {"users:read.email"},
}
BY_KIND = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


def perform(core: Core, method: str, args: Json, token: str) -> Json:
    """Does what a method does; raises ApiError where Slack would say no."""
    if method == "oauth.v2.access":
        return oauth.access(core, args, token)
    if not token:
        raise ApiError("not_authed")
    if method == "apps.connections.open":
        return core.sockets.ticket(token, core.url)
    space = core.world.space_by_token(token)
    if space is None:
        raise ApiError("invalid_auth")
    if space.revoked:
        raise ApiError("token_revoked")
    if space.endings.get(token, core.clock.now() + 1) <= core.clock.now():
        raise ApiError("token_expired")
    found = METHODS.get(method)
    if found is None:
        raise ApiError("unknown_method")
    _permitted(core, space, method, args)
    return found(core, space, args)


def _permitted(core: Core, space: Workspace, method: str, args: Json) -> None:
    """One of the method's scopes; for reading a conversation, the one of its kind."""
    needed = SCOPES.get(method)
    if space.scopes is None or needed is None:
        return
    channel = core.world.channels.get(str(args.get("channel")))
    if channel is not None and needed in (CHANNEL_READ, CHANNEL_HISTORY):
        needed = {f"{BY_KIND[channel.kind]}:{'read' if needed is CHANNEL_READ else 'history'}"}
    if not needed & space.scopes:
        provided = ",".join(sorted(space.scopes))
        raise ApiError("missing_scope", needed=",".join(sorted(needed)), provided=provided)
