"""chat.*: posting, changing and deleting messages."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.doubles.slack import limits
from tests.doubles.slack.core import Core, decoded, flag, need
from tests.doubles.slack.errors import ApiError
from tests.doubles.slack.validate import message_problems
from tests.doubles.slack.world import Channel, Json, Message, Workspace

MISSING_TEXT = "missing_text_in_message"


@dataclass(frozen=True)
class Content:
    """What a message says, checked. ``None`` means that the argument was left out."""

    text: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None

    @property
    def warnings(self) -> list[str]:
        """What Slack warns about: screen readers and previews need a top-level text."""
        return [] if (self.text or "").strip() or not self.blocks else [MISSING_TEXT]


def content(core: Core, space: Workspace, args: Json) -> Content:
    """Reads and checks text, blocks and attachments; raises ApiError as Slack answers."""
    text = args.get("text")
    marked = args.get("markdown_text")
    if marked is not None and (text is not None or args.get("blocks")):
        raise ApiError("markdown_text_conflict")
    if marked is not None and len(str(marked)) > limits.MARKDOWN_TEXT:
        raise ApiError("msg_too_long")
    text = marked if text is None else text
    if text is not None and len(str(text)) > limits.MESSAGE_TEXT:
        raise ApiError("msg_too_long")
    blocks = decoded(args, "blocks", "invalid_blocks_format")
    attachments = decoded(args, "attachments", "invalid_attachments")
    _check_blocks(space, blocks, attachments)
    if not (str(text or "").strip() or blocks or attachments):
        raise ApiError("no_text")
    filled = core.filled(blocks) if blocks is not None else None
    return Content(None if text is None else str(text), filled, attachments)


def _check_blocks(space: Workspace, blocks: object, attachments: object) -> None:
    problems = [] if blocks is None else message_problems(blocks, newer=space.newer_blocks)
    for place, attachment in enumerate(attachments if isinstance(attachments, list) else []):
        root = f"/attachments/{place}/blocks"
        inner = attachment.get("blocks")
        problems += [] if inner is None else message_problems(inner, newer=space.newer_blocks, root=root)
    found = blocks if isinstance(blocks, list) else []
    if not space.tables and any(isinstance(one, dict) and one.get("type") == "table" for one in found):
        problems.append("[ERROR] unsupported type: table [json-pointer:/blocks]")
    if problems:
        raise ApiError("invalid_blocks", problems)


def metadata(args: Json) -> Json | None:
    """Checked message metadata."""
    found = decoded(args, "metadata", "invalid_metadata_format")
    if not found:
        return None
    well_formed = isinstance(found, dict) and isinstance(found.get("event_type"), str)
    if not well_formed or not isinstance(found.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    if len(json.dumps(found).encode()) > limits.METADATA_BYTES:
        raise ApiError("metadata_too_large")
    return dict(found)


def by_bot(core: Core, space: Workspace, channel: Channel, said: Content, args: Json) -> Message:
    """A message of the bot, not yet in the channel."""
    thread = args.get("thread_ts") or None
    return Message(
        channel=channel.id,
        ts=core.next_ts(),
        user=space.bot_user_id,
        text=said.text or "",
        blocks=said.blocks or [],
        attachments=said.attachments or [],
        thread_ts=thread,
        bot_id=space.bot_id,
        app_id=space.app_id,
        team=next((team for team in channel.teams if team in space.teams), space.id),
        warnings=said.warnings + _thread_warnings(core, channel, thread),
        arguments=dict(args),
    )


def _thread_warnings(core: Core, channel: Channel, thread: str | None) -> list[str]:
    """Slack takes any ``thread_ts``; one of no message, or of a reply, is a mistake all the same."""
    if thread is None:
        return []
    parent = core.world.find(channel.id, thread)
    if parent is None:
        return ["thread_of_no_message"]
    return [] if parent.thread_ts in {None, parent.ts} else ["thread_of_a_reply"]


def thread_is_active(core: Core, message: Message) -> bool:
    """Whether somebody has replied in the message's thread; ephemeral ones show only in such threads."""
    return any(
        m.channel == message.channel
        and m.thread_ts == message.thread_ts != m.ts
        and m.only_for is None
        and not m.deleted
        for m in core.world.said
    )


def post_message(core: Core, space: Workspace, args: Json) -> Json:
    """chat.postMessage."""
    need(args, "channel")
    channel = core.writable(space, args["channel"])
    core.pace.spend(channel.id)
    message = by_bot(core, space, channel, content(core, space, args), args)
    message.metadata = metadata(args)
    core.world.said.append(message)
    answer: Json = {"ok": True, "channel": channel.id, "ts": message.ts, "message": message.as_json()}
    return answer | ({"warning": ",".join(message.warnings)} if message.warnings else {})


def post_ephemeral(core: Core, space: Workspace, args: Json) -> Json:
    """chat.postEphemeral: ``ok`` says nothing about whether the person saw it.

    People who are away miss it, and in a thread it is shown only where somebody has replied already.
    """
    need(args, "channel", "user")
    channel = core.writable(space, args["channel"])
    user = core.world.users.get(str(args["user"]))
    if user is None or user.id not in channel.members:
        raise ApiError("user_not_in_channel")
    message = by_bot(core, space, channel, content(core, space, args), args)
    message.only_for, message.seen = user.id, user.active
    if message.thread_ts is not None and not thread_is_active(core, message):
        message.seen = False
        message.warnings.append("thread_not_active")
    core.world.said.append(message)
    return {"ok": True, "message_ts": message.ts}


def update(core: Core, space: Workspace, args: Json) -> Json:
    """chat.update: text without blocks takes the blocks away; metadata left out stays."""
    need(args, "channel", "ts")
    channel = core.visible(space, args["channel"])
    message = own_message(core, space, channel, args, "cant_update_message")
    said = content(core, space, args)
    change(message, said, core.next_ts())
    if args.get("metadata") is not None:
        message.metadata = metadata(args)
    shown = message.as_json()
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def change(message: Message, said: Content, at: str) -> None:
    """Rewrites a message in place and keeps what it said before."""
    message.earlier.append((message.text, message.blocks))
    message.edited_ts = at
    if said.text is not None:
        message.text = said.text
        message.blocks = said.blocks or []
    elif said.blocks is not None:
        message.text, message.blocks = "", said.blocks
    if said.attachments is not None:
        message.attachments = said.attachments
    message.warnings = said.warnings


def delete(core: Core, space: Workspace, args: Json) -> Json:
    """chat.delete: the bot's own messages only."""
    need(args, "channel", "ts")
    channel = core.visible(space, args["channel"])
    own_message(core, space, channel, args, "cant_delete_message").deleted = True
    return {"ok": True, "channel": channel.id, "ts": args["ts"]}


def own_message(core: Core, space: Workspace, channel: Channel, args: Json, foreign: str) -> Message:
    """The bot's message that is meant; ephemeral ones cannot be found so."""
    message = core.world.find(channel.id, str(args["ts"]))
    if message is None or message.only_for is not None:
        raise ApiError("message_not_found")
    if message.user != space.bot_user_id:
        raise ApiError(foreign)
    return message


def permalink(core: Core, space: Workspace, args: Json) -> Json:
    """chat.getPermalink."""
    need(args, "channel", "message_ts")
    channel = core.visible(space, args["channel"])
    ts = str(args["message_ts"])
    if core.world.find(channel.id, ts) is None:
        raise ApiError("message_not_found")
    link = f"https://{space.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def respond(core: Core, name: str, args: Json) -> Json:
    """A post to a response_url: private unless ``in_channel``; may replace or delete what was pressed."""
    ticket = core.tickets.use_url(name)
    space, channel = core.world.workspaces[ticket.team], core.world.channels[ticket.channel]
    source = core.world.find(ticket.channel, ticket.source_ts) if ticket.source_ts else None
    if flag(args, "delete_original"):
        if source is None:
            raise ApiError("message_not_found", status=404)
        source.deleted = True
        return {"ok": True}
    said = content(core, space, args)
    if flag(args, "replace_original") and source is not None:
        change(source, said, core.next_ts())
        return {"ok": True}
    message = by_bot(core, space, channel, said, {"thread_ts": ticket.thread_ts} | args)
    if args.get("response_type", "ephemeral") != "in_channel":
        message.only_for, message.seen = ticket.user, core.world.users[ticket.user].active
    core.world.said.append(message)
    return {"ok": True}
