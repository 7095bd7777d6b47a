"""auth.test, users.*, bots.info, team.info: who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doubles.slack.core import Core, flag, need, page
from tests.doubles.slack.errors import ApiError

if TYPE_CHECKING:
    from tests.doubles.slack.world import Json, User, Workspace


def test(core: Core, space: Workspace, args: Json) -> Json:
    """auth.test."""
    return {
        "ok": True,
        "url": f"https://{space.domain}.slack.com/",
        "team": space.name,
        "user": core.world.users[space.bot_user_id].name,
        "team_id": space.home,
        "user_id": space.bot_user_id,
        "bot_id": space.bot_id,
        "is_enterprise_install": space.everywhere,
        **({"enterprise_id": space.enterprise_id} if space.enterprise_id else {}),
    }


def as_json(user: User, space: Workspace, *, locale: bool = False) -> Json:
    """A person as Slack describes them; the mail address needs its own scope."""
    profile: Json = {"real_name": user.real_name, "display_name": user.name, "team": user.team_id}
    if space.scopes is None or "users:read.email" in space.scopes:
        profile["email"] = user.email
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "tz": user.tz,
        "tz_offset": user.tz_offset,
        "is_bot": user.is_bot,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_stranger": user.is_stranger,
        "is_app_user": False,
        "updated": 0,
        "profile": profile,
        **({"locale": user.locale} if locale else {}),
        **({"enterprise_user": _in_enterprise(user)} if user.enterprise else {}),
    }


def _in_enterprise(user: User) -> Json:
    return {"id": user.id, "enterprise_id": user.enterprise, "is_admin": False, "teams": [user.team_id]}


def info(core: Core, space: Workspace, args: Json) -> Json:
    """users.info: own members, and outsiders met in shared channels."""
    need(args, "user")
    user = core.world.users.get(str(args["user"]))
    if user is None:
        raise ApiError("user_not_found")
    if not space.has(user) and not core.world.shares_channel(space.id, user.id):
        raise ApiError("user_not_visible")
    return {"ok": True, "user": as_json(user, space, locale=flag(args, "include_locale"))}


def listed(core: Core, space: Workspace, args: Json) -> Json:
    """users.list, in pages; of an enterprise, a team at a time."""
    locale = flag(args, "include_locale")
    if space.everywhere:
        need(args, "team_id")
    team = str(args["team_id"]) if space.everywhere else space.id
    own = [user for user in core.world.users.values() if user.team_id == team]
    found, cursor = page([as_json(user, space, locale=locale) for user in own], args)
    return {"ok": True, "members": found, "response_metadata": {"next_cursor": cursor}}


def by_email(core: Core, space: Workspace, args: Json) -> Json:
    """users.lookupByEmail."""
    need(args, "email")
    for user in core.world.users.values():
        if space.has(user) and user.email == args["email"] and not user.deleted:
            return {"ok": True, "user": as_json(user, space)}
    raise ApiError("users_not_found")


def bot(core: Core, space: Workspace, args: Json) -> Json:
    """bots.info: the app's own bot."""
    if args.get("bot") not in {None, space.bot_id}:
        raise ApiError("bot_not_found")
    name = core.world.users[space.bot_user_id].name
    found = {"id": space.bot_id, "deleted": False, "name": name, "app_id": space.app_id, "updated": 0}
    return {"ok": True, "bot": found | {"user_id": space.bot_user_id, "icons": {}}}


def team(core: Core, space: Workspace, args: Json) -> Json:
    """team.info: the own workspace, or one met in a shared channel."""
    wanted = str(args.get("team") or space.id)
    if wanted == space.id:
        return {"ok": True, "team": {"id": space.id, "name": space.name, "domain": space.domain}}
    if not any({space.id, wanted} <= set(channel.teams) for channel in core.world.channels.values()):
        raise ApiError("team_not_found")
    return {"ok": True, "team": {"id": wanted, "name": wanted, "domain": wanted.lower()}}
