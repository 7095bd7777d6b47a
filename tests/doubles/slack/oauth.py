"""oauth.v2.access: a code that somebody's consent gave is taken once, and so is a refresh token."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from tests.doubles.slack.errors import ApiError

if TYPE_CHECKING:
    from tests.doubles.slack.core import Core
    from tests.doubles.slack.world import Json, Workspace


def allow(core: Core, team: str, installer: str = "U0INSTALLER") -> str:
    """Somebody allows the app in a workspace; the code that the browser is sent back with."""
    code = core.make(f"code-{team}-")
    core.world.codes[code] = f"{team} {installer}"
    return code


def access(core: Core, args: Json, authorization: str) -> Json:
    """oauth.v2.access, with the app's id and secret in the header or among the arguments."""
    _known_client(core, args, authorization)
    if args.get("grant_type") == "refresh_token":
        return _refreshed(core, str(args.get("refresh_token") or ""))
    code = str(args.get("code") or "")
    team, _, installer = core.world.codes.pop(code, "").partition(" ")
    space = core.world.workspaces.get(team)
    if space is None:
        raise ApiError("invalid_code")
    if space.revoked:
        space.token, space.revoked, space.endings = core.make(f"xoxb-{team}-"), False, {}
    if space.rotates:
        _next_token(core, space)
    installer = str(args.get("installer") or installer or "U0INSTALLER")
    return _answer(space) | _place(space) | {"authed_user": {"id": installer}}


def _known_client(core: Core, args: Json, authorization: str) -> None:
    if core.world.client is None:
        return
    try:
        given = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")[::2]
    except (binascii.Error, UnicodeDecodeError):
        given = ("", "")
    named = (args.get("client_id"), args.get("client_secret"))
    known, secret = core.world.client
    if known not in {given[0], named[0]}:
        raise ApiError("invalid_client_id")
    if (known, secret) not in {given, named}:
        raise ApiError("bad_client_secret")


def _refreshed(core: Core, refresh: str) -> Json:
    space = next((one for one in core.world.workspaces.values() if refresh and one.refresh == refresh), None)
    if space is None or space.revoked:
        raise ApiError("invalid_refresh_token")
    _next_token(core, space)
    return _answer(space) | _place(space)


def _next_token(core: Core, space: Workspace) -> None:
    """Another token; the one before works until its end."""
    space.token = core.make(f"xoxe.xoxb-{space.id}-")
    space.refresh = core.make(f"xoxe-{space.id}-")
    space.endings[space.token] = core.clock.now() + space.lifetime


def _answer(space: Workspace) -> Json:
    ending = {"refresh_token": space.refresh, "expires_in": space.lifetime} if space.rotates else {}
    return {
        "ok": True,
        "app_id": space.app_id,
        "scope": ",".join(sorted(space.scopes or [])),
        "token_type": "bot",
        "access_token": space.token,
        "bot_user_id": space.bot_user_id,
        **ending,
    }


def _place(space: Workspace) -> Json:
    """Where it is: an enterprise's has no team."""
    group = {"id": space.enterprise_id, "name": "Northwind Group"} if space.enterprise_id else None
    team = None if space.everywhere else {"id": space.id, "name": space.name}
    return {"team": team, "enterprise": group, "is_enterprise_install": space.everywhere}
