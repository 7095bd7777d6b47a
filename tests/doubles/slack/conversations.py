"""conversations.*: channels, who is in them, what was said there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doubles.slack.core import Core, flag, need, page
from tests.doubles.slack.errors import ApiError

if TYPE_CHECKING:
    from tests.doubles.slack.world import Channel, Json, Message, Workspace


def as_json(channel: Channel, space: Workspace) -> Json:
    """A conversation as Slack describes it to one workspace."""
    shared: Json = {
        "is_ext_shared": channel.is_ext_shared,
        "is_shared": channel.is_ext_shared or len(channel.teams) > 1,
        "is_org_shared": len(channel.teams) > 1 and space.teams.issuperset(channel.teams),
        "is_pending_ext_shared": channel.is_pending_ext_shared,
        "pending_shared": ["T0PENDING"] if channel.is_pending_ext_shared else [],
        "shared_team_ids": channel.teams,
    }
    kind: Json = {
        "id": channel.id,
        "is_channel": not (channel.is_im or channel.is_mpim),
        "is_group": False,
        "is_im": channel.is_im,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private or channel.is_im or channel.is_mpim,
        "is_archived": channel.is_archived,
    }
    if channel.is_im:
        other = next((member for member in channel.members if member != space.bot_user_id), None)
        return kind | {"user": other}
    named: Json = {
        "name": channel.name,
        "is_member": space.bot_user_id in channel.members,
        "is_general": False,
    }
    return kind | named | shared | {"context_team_id": space.id, "conversation_host_id": channel.teams[0]}


def info(core: Core, space: Workspace, args: Json) -> Json:
    """conversations.info."""
    need(args, "channel")
    channel = core.visible(space, args["channel"])
    found = as_json(channel, space)
    if flag(args, "include_num_members"):
        found["num_members"] = len(channel.members)
    return {"ok": True, "channel": found}


def of_user(core: Core, space: Workspace, args: Json) -> Json:
    """users.conversations: the channels of a person that the app can see."""
    need(args, "user")
    kinds = str(args.get("types") or "public_channel").split(",")
    seen = [
        channel
        for channel in core.world.channels.values()
        if args["user"] in channel.members
        and not (channel.is_im or channel.is_mpim)
        and space.id in channel.teams
        and (
            "private_channel" in kinds and space.bot_user_id in channel.members
            if channel.is_private
            else "public_channel" in kinds
        )
    ]
    found, cursor = page([as_json(channel, space) for channel in seen], args)
    return {"ok": True, "channels": found, "response_metadata": {"next_cursor": cursor}}


def members(core: Core, space: Workspace, args: Json) -> Json:
    """conversations.members, in pages."""
    need(args, "channel")
    found, cursor = page(core.visible(space, args["channel"]).members, args)
    return {"ok": True, "members": found, "response_metadata": {"next_cursor": cursor}}


def listed(core: Core, space: Workspace, args: Json) -> Json:
    """conversations.list: channels of the wanted types that the bot may know of."""
    wanted = str(args.get("types") or "public_channel").split(",")
    found = [channel for channel in core.world.channels.values() if _listed(channel, space, wanted)]
    if flag(args, "exclude_archived"):
        found = [channel for channel in found if not channel.is_archived]
    shown, cursor = page([as_json(channel, space) for channel in found], args)
    return {"ok": True, "channels": shown, "response_metadata": {"next_cursor": cursor}}


def _listed(channel: Channel, space: Workspace, wanted: list[str]) -> bool:
    kinds = {"im": "im", "mpim": "mpim", "group": "private_channel", "channel": "public_channel"}
    known = channel.kind == "channel" or space.bot_user_id in channel.members
    return known and space.sees(channel) and kinds[channel.kind] in wanted


def opened(core: Core, space: Workspace, args: Json) -> Json:
    """conversations.open: the direct message with one person, or a group of up to eight."""
    if args.get("channel"):
        channel = core.visible(space, args["channel"])
        if not (channel.is_im or channel.is_mpim):
            raise ApiError("method_not_supported_for_channel_type")
    else:
        channel = core.world.direct(space.id, _people(core, space, args))
    shown = as_json(channel, space) if flag(args, "return_im") else {"id": channel.id}
    return {"ok": True, "channel": shown}


def _people(core: Core, space: Workspace, args: Json) -> list[str]:
    wanted = [user for user in str(args.get("users") or "").split(",") if user]
    if not wanted:
        raise ApiError("users_list_not_supplied")
    if len(wanted) > 8:
        raise ApiError("too_many_users")
    for user_id in wanted:
        user = core.world.users.get(user_id)
        if user is None:
            raise ApiError("user_not_found")
        if user.deleted:
            raise ApiError("user_disabled")
        if not space.has(user) and not core.world.shares_channel(space.id, user_id):
            raise ApiError("user_not_visible")
    return wanted


def history(core: Core, space: Workspace, args: Json) -> Json:
    """conversations.history: newest first, without thread replies and ephemeral messages."""
    need(args, "channel")
    channel = core.joined(space, args["channel"])
    found = [m for m in _standing(core, channel) if m.thread_ts in {None, m.ts}]
    return _messages(_between(found, args)[::-1], args)


def replies(core: Core, space: Workspace, args: Json) -> Json:
    """conversations.replies: the parent, then its thread, oldest first."""
    need(args, "channel", "ts")
    channel = core.joined(space, args["channel"])
    ts = str(args["ts"])
    found = [m for m in _standing(core, channel) if ts in {m.ts, m.thread_ts}]
    if not found:
        raise ApiError("thread_not_found")
    return _messages(_between(found, args), args)


def _standing(core: Core, channel: Channel) -> list[Message]:
    return [m for m in core.world.said if m.channel == channel.id and not m.deleted and m.only_for is None]


def _between(found: list[Message], args: Json) -> list[Message]:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    if flag(args, "inclusive"):
        return [m for m in found if oldest <= float(m.ts) <= latest]
    return [m for m in found if oldest < float(m.ts) < latest]


def _messages(found: list[Message], args: Json) -> Json:
    shown, cursor = page(found, args)
    whole = flag(args, "include_all_metadata")
    return {
        "ok": True,
        "messages": [message.as_json(metadata=whole) for message in shown],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }
