"""files.*: the two-step upload that puts a picture or a document into a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doubles.slack.chat import Content, by_bot
from tests.doubles.slack.core import Core, decoded, need
from tests.doubles.slack.errors import ApiError

if TYPE_CHECKING:
    from tests.doubles.slack.world import Json, Workspace


def upload_url(core: Core, space: Workspace, args: Json) -> Json:
    """files.getUploadURLExternal."""
    need(args, "filename", "length")
    name = core.make("F")
    core.world.files[name] = {
        "id": name,
        "name": args["filename"],
        "length": int(args["length"]),
        "team": space.id,
        "content": None,
    }
    return {"ok": True, "file_id": name, "upload_url": f"{core.url}/upload/{name}"}


def complete(core: Core, space: Workspace, args: Json) -> Json:
    """files.completeUploadExternal: shares what was uploaded in a channel, as a message with files."""
    wanted = decoded(args, "files", "invalid_arguments") or []
    found = [core.world.files.get(str(item.get("id"))) for item in wanted]
    if not found or any(item is None or item["content"] is None for item in found):
        raise ApiError("file_not_found")
    shown: list[Json] = []
    for item, titled in zip(found, wanted, strict=True):
        if item is not None:
            item["title"] = titled.get("title") or item["name"]
            shown.append({key: item[key] for key in ("id", "name", "title")})
    if args.get("channel_id"):
        channel = core.writable(space, args["channel_id"])
        said = Content(str(args.get("initial_comment") or ""), None, None)
        message = by_bot(core, space, channel, said, args)
        message.subtype, message.arguments = "file_share", {"files": shown}
        core.world.said.append(message)
    return {"ok": True, "files": shown}
