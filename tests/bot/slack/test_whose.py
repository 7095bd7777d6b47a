"""Whose a payload is, by the real shapes that Slack sends."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.whose import taken_from, workspaces_of

AUTHORIZED = {"enterprise_id": None, "team_id": "T1", "user_id": "U1", "is_bot": True}
EVERYWHERE = {"enterprise_id": "E1", "team_id": "T1", "is_enterprise_install": True}


@pytest.mark.parametrize(
    ("payload", "found"),
    [
        ({"command": "/prep", "team_id": "T1"}, ("T1",)),
        ({"command": "/prep", "team_id": "T1", "enterprise_id": "E1"}, ("T1", "E1")),
        ({"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": "true"}, ("E1",)),
        ({"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": "false"}, ("T1", "E1")),
        ({"team_id": "T2", "authorizations": [AUTHORIZED], "event": {"user_team": "T3"}}, ("T1", "T2")),
        ({"team_id": "T1", "authorizations": [EVERYWHERE]}, ("E1",)),
        ({"team_id": "T1", "authorizations": []}, ("T1",)),
        ({"type": "block_actions", "team": {"id": "T1", "enterprise_id": "E1"}}, ("T1", "E1")),
        ({"type": "block_actions", "team": {"id": "T1"}, "message": {"team": "T2"}}, ("T2", "T1")),
        ({"type": "block_actions", "team": None, "user": {"id": "U1", "team_id": "T1"}}, ("T1",)),
        (
            {
                "type": "block_actions",
                "team": None,
                "enterprise": {"id": "E1"},
                "is_enterprise_install": True,
                "user": {"id": "U1", "team_id": "T1"},
            },
            ("E1",),
        ),
        ({"type": "view_submission", "team": {"id": "T2"}, "view": {"app_installed_team_id": "T1"}}, ("T1",)),
        ({"type": "view_submission", "team": {"id": "T2"}, "view": {"id": "V1"}}, ("T2",)),
        ({"user": "U1"}, ()),
        ({}, ()),
    ],
)
def test_where_it_can_be_installed(payload: dict[str, Any], found: tuple[str, ...]) -> None:
    assert workspaces_of(payload) == found


@pytest.mark.parametrize(
    ("payload", "found"),
    [
        ({"team_id": "T1"}, "T1"),
        ({"team_id": "T1", "enterprise_id": "E1"}, "T1"),
        ({"enterprise_id": "E1"}, "E1"),
        ({"team_id": "T1", "authorizations": [EVERYWHERE]}, "E1"),
        ({"team_id": "T1", "authorizations": [AUTHORIZED]}, "T1"),
        ({}, ""),
    ],
)
def test_what_it_was_taken_from(payload: dict[str, Any], found: str) -> None:
    assert taken_from(payload) == found
