"""Whose a payload is: the ids under which Prep can be installed that it is for. Pure.

Slack signs what it sends, so nobody can make a payload say something else. In a channel that two companies share, it is the
company of the message whose button was pressed, not that of the presser.
"""

from __future__ import annotations

from typing import Any

Payload = dict[str, Any]


def workspaces_of(payload: Payload) -> tuple[str, ...]:
    """The ids of the workspaces that a payload can be for, the likeliest first: of a team, of its enterprise."""
    said = (payload.get("authorizations") or (payload,))[0]
    enterprise = said.get("enterprise_id") or _enterprise(payload)
    if is_everywhere(payload) and enterprise:
        return (str(enterprise),)
    found = (_message_team(payload), said.get("team_id"), _team(payload), enterprise)
    return tuple(dict.fromkeys(str(one) for one in found if one))


def is_everywhere(payload: Payload) -> bool:
    """Whether it is for an installation everywhere in an enterprise. Forms carry it as text."""
    said = (payload.get("authorizations") or (payload,))[0]
    return said.get("is_enterprise_install") in (True, "true")


def taken_from(payload: Payload) -> str:
    """The workspace that Prep was taken away from, and no other: without a team it is the enterprise. Empty for none."""
    said = (payload.get("authorizations") or (payload,))[0]
    team, enterprise = said.get("team_id") or payload.get("team_id"), said.get("enterprise_id")
    found = enterprise if is_everywhere(payload) or not team else team
    return str(found or "")


def _team(payload: Payload) -> Any:
    """The team that installed the app whose form was sent, or whose button was pressed, or of whom who did it."""
    view, user = payload.get("view") or {}, payload.get("user")
    given = (
        view.get("app_installed_team_id") or payload.get("team_id") or (payload.get("team") or {}).get("id")
    )
    return given or (user.get("team_id") if isinstance(user, dict) else None)


def _message_team(payload: Payload) -> Any:
    return (payload.get("message") or {}).get("team") if payload.get("type") == "block_actions" else None


def _enterprise(payload: Payload) -> Any:
    whole = payload.get("enterprise") or {}
    named = whole.get("id") if isinstance(whole, dict) else whole
    return named or (payload.get("team") or {}).get("enterprise_id")
