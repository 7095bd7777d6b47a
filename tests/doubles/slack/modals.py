"""views.*: modals in a stack of three, and Home."""

from __future__ import annotations

from tests.doubles.slack import limits
from tests.doubles.slack.core import Core, decoded, need
from tests.doubles.slack.errors import ApiError
from tests.doubles.slack.validate import view_problems, view_too_large
from tests.doubles.slack.world import Json, View, Workspace


def checked(core: Core, args: Json, kind: str) -> Json:
    """The view among the arguments, checked, with its ids filled in; raises ApiError as Slack answers."""
    view = decoded(args, "view", "invalid_arguments")
    if not isinstance(view, dict):
        raise ApiError("invalid_arguments", ["[ERROR] missing required field: view"])
    return checked_view(core, view, kind)


def checked_view(core: Core, view: Json, kind: str) -> Json:
    """The same for a view that came in an answer."""
    if view_too_large(view):
        raise ApiError("view_too_large")
    problems = view_problems(view)
    if problems:
        raise ApiError("invalid_arguments", problems)
    if view["type"] != kind:
        raise ApiError("invalid_arguments", [f"[ERROR] must be {kind} [json-pointer:/view/type]"])
    return view | {"blocks": core.filled(view["blocks"])}


def as_json(view: View, space: Workspace) -> Json:
    """A view as methods and payloads carry it."""
    empty: Json = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "submit": None,
        "close": None,
    }
    own: Json = {
        "id": view.id,
        "team_id": view.team,
        "app_id": space.app_id,
        "bot_id": space.bot_id,
        "app_installed_team_id": space.home,
        "state": {"values": view.state},
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
    }
    closing = {"clear_on_close": False, "notify_on_close": False}
    return empty | closing | view.body | own


def fresh_hash(core: Core) -> str:
    """A new hash: any change of the view makes the old one stale."""
    return f"{int(core.clock.now())}.{core.make('h')}"


def put(core: Core, user: str, team: str, body: Json, *, on: View | None = None) -> View:
    """Shows a modal to a person, on top of another one or instead of all."""
    if on is None:
        for other in core.world.stack(user):
            other.open = False
    name = core.make("V")
    view = View(name, user, team, body, fresh_hash(core), on.root if on else name, on.id if on else None)
    core.world.views.append(view)
    return view


def opened(core: Core, space: Workspace, args: Json) -> Json:
    """views.open."""
    need(args, "trigger_id", "view")
    body = checked(core, args, "modal")
    _free(core, space, body)
    trigger = core.tickets.exchange(str(args["trigger_id"]), space.id)
    return {"ok": True, "view": as_json(put(core, trigger.user, space.id, body), space)}


def push(core: Core, space: Workspace, args: Json) -> Json:
    """views.push: onto the modals that the person has open."""
    need(args, "trigger_id", "view")
    body = checked(core, args, "modal")
    _free(core, space, body)
    trigger = core.tickets.exchange(str(args["trigger_id"]), space.id)
    stack = core.world.stack(trigger.user)
    if not stack:
        raise ApiError("not_found")
    if len(stack) >= limits.VIEW_STACK:
        raise ApiError("push_limit_reached")
    return {"ok": True, "view": as_json(put(core, trigger.user, space.id, body, on=stack[-1]), space)}


def _free(core: Core, space: Workspace, body: Json) -> None:
    """External ids are unique among the open views of a workspace."""
    name = body.get("external_id")
    taken = [
        v for v in core.world.views if v.open and v.team == space.id and v.body.get("external_id") == name
    ]
    if name and taken:
        raise ApiError("duplicate_external_id")


def update(core: Core, space: Workspace, args: Json) -> Json:
    """views.update, by view or external id; a stale hash is a conflict."""
    need(args, "view")
    view = _named(core, space, args)
    body = checked(core, args, "home" if view.body["type"] == "home" else "modal")
    if args.get("hash") and args["hash"] != view.hash:
        raise ApiError("hash_conflict")
    replace(core, view, body)
    return {"ok": True, "view": as_json(view, space)}


def replace(core: Core, view: View, body: Json) -> None:
    """A new body in the same place; what was typed into fields that are gone is gone."""
    kept = {block["block_id"] for block in body["blocks"]}
    view.body, view.hash, view.errors = body, fresh_hash(core), {}
    view.state = {block: values for block, values in view.state.items() if block in kept}


def _named(core: Core, space: Workspace, args: Json) -> View:
    wanted, external = args.get("view_id"), args.get("external_id")
    if not wanted and not external:
        raise ApiError("invalid_arguments", ["[ERROR] one of view_id and external_id is required"])
    for view in [*core.world.views, *core.world.homes.values()]:
        named = view.id == wanted if wanted else view.body.get("external_id") == external
        if named and view.open and view.team == space.id:
            return view
    raise ApiError("not_found")


def publish(core: Core, space: Workspace, args: Json) -> Json:
    """views.publish: somebody's Home."""
    need(args, "user_id", "view")
    user = core.world.users.get(str(args["user_id"]))
    if user is None or not space.has(user):
        raise ApiError("invalid_arguments", ["[ERROR] user_not_found [json-pointer:/user_id]"])
    body = checked(core, args, "home")
    known = core.world.homes.get((space.id, user.id))
    if known is not None and args.get("hash") and args["hash"] != known.hash:
        raise ApiError("hash_conflict")
    name = known.id if known else core.make("V")
    view = View(name, user.id, space.id, body, fresh_hash(core), name)
    core.world.homes[(space.id, user.id)] = view
    return {"ok": True, "view": as_json(view, space)}
