"""When Teams is served at all, and what `prepbot check` says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.app import build
from bot.config import Settings
from bot.teams.check import check, package
from bot.teams.wiring import build_teams, is_configured, problem
from tests.doubles.teams.world import BOT_APP, HOST_TENANT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app import App

REGISTERED: dict[str, Any] = {
    "teams_app_id": BOT_APP,
    "teams_app_password": "a secret of the bot",
    "teams_tenant_id": HOST_TENANT,
}


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[call-arg]


@pytest.fixture
def app(sqlite_url: str) -> Iterator[App]:
    app = build(settings(database_url=sqlite_url))
    yield app
    app.close()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "TEAMS_APP_ID is missing"),
        ({"teams_allow_anonymous": True, "host": "0.0.0.0"}, "this machine alone"),
        ({**REGISTERED, "teams_tenant_id": None}, "TEAMS_TENANT_ID must be"),
        ({**REGISTERED, "teams_tenant_id": "buyer.example"}, "TEAMS_TENANT_ID must be"),
        ({**REGISTERED, "teams_app_password": None}, "TEAMS_APP_PASSWORD is missing"),
        ({**REGISTERED, "teams_app_type": "MultiTenant"}, "TEAMS_APP_TYPE must be"),
    ],
)
def test_what_cannot_work_does_not_start(app: App, given: dict[str, Any], told: str) -> None:
    assert told in (problem(settings(**given)) or "")
    with pytest.raises(ValueError, match=told):
        build_teams(app, settings(**given))


@pytest.mark.parametrize(
    "given",
    [
        REGISTERED,
        {**REGISTERED, "teams_app_password": None, "teams_app_type": "UserAssignedMSI"},
        {"teams_allow_anonymous": True},
        {"teams_allow_anonymous": True, "host": "localhost"},
        {**REGISTERED, "host": "0.0.0.0"},
    ],
)
async def test_what_can_work_starts(app: App, given: dict[str, Any]) -> None:
    routes, face = build_teams(app, settings(**given))
    assert [(route.method, route.path) for route in routes] == [("POST", "/api/messages")]
    await face.close()


def test_teams_is_served_where_it_is_asked_for() -> None:
    assert not is_configured(settings())
    assert is_configured(settings(**REGISTERED))
    assert is_configured(settings(teams_allow_anonymous=True))


@pytest.mark.parametrize(
    ("given", "works", "told"),
    [
        ({}, None, "would need TEAMS_APP_ID"),
        ({"teams_allow_anonymous": True}, True, "without authentication"),
        ({**REGISTERED, "teams_tenant_id": "x"}, False, "TEAMS_TENANT_ID must be"),
    ],
)
def test_check_says_it_in_plain_words(given: dict[str, Any], works: bool | None, told: str) -> None:
    (finding,) = check(settings(**given))
    assert finding.works is works
    assert told in finding.text
    assert "a secret of the bot" not in finding.text


def test_check_says_what_the_app_package_needs() -> None:
    assert package(settings(teams_app_id="x")).works is None
    app = "00000000-0000-0000-0000-000000000000"
    finding = package(settings(teams_app_id=app))
    assert (finding.works, "PREP_PUBLIC_URL" in finding.text) == (None, True)
    assert package(settings(teams_app_id=app, prep_public_url="https://prep.example.com")).works
