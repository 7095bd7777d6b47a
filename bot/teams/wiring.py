"""The Teams face put together, from the settings of the process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.teams.connector import Connector
from bot.teams.connector.service import is_loopback
from bot.teams.directory import TeamsDirectory
from bot.teams.endpoint import routes
from bot.teams.face import Parts, TeamsFace
from bot.teams.ids import is_directory_id
from bot.teams.places import Places
from bot.teams.posting import Postman
from bot.teams.sender import TeamsSender

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from bot.app import App
    from bot.config import Settings

FRESH = timedelta(seconds=15)  # how long it holds who is in a channel
KNOWN = timedelta(minutes=5)  # how long it holds what a roster says of one person


def _now() -> datetime:
    return datetime.now(UTC)


def is_configured(settings: Settings) -> bool:
    """Whether Teams is to be served."""
    return bool(settings.teams_app_id) or settings.teams_allow_anonymous


def problem(settings: Settings) -> str | None:
    """What keeps the Teams face from starting with these settings, in plain words; None if nothing does."""
    if not settings.teams_app_id:
        if not settings.teams_allow_anonymous:
            return (
                "TEAMS_APP_ID is missing. Without it anyone could speak for anyone, so Teams is not served."
            )
        if not is_loopback(settings.host):
            return "TEAMS_ALLOW_ANONYMOUS is for this machine alone: HOST must be 127.0.0.1 or localhost."
        return None
    if settings.teams_app_type.lower() not in {"singletenant", "userassignedmsi"}:
        return (
            "TEAMS_APP_TYPE must be SingleTenant or UserAssignedMSI; Microsoft has retired the other kinds."
        )
    if not settings.teams_tenant_id or not is_directory_id(settings.teams_tenant_id):
        return (
            "TEAMS_TENANT_ID must be the directory (tenant) id, such as 00000000-0000-0000-0000-000000000000."
        )
    if settings.teams_app_type.lower() == "singletenant" and not settings.teams_app_password:
        return "TEAMS_APP_PASSWORD is missing: the secret of the app's registration."
    return None


def build_teams(
    app: App, settings: Settings, *, clock: Callable[[], datetime] = _now, **connector: Any
) -> tuple[list[web.RouteDef], TeamsFace]:
    """The route for Teams and the face behind it; close the face at the end.

    `connector` are options of the Connector (cloud, token, patience, limits, sleep, jitter). Raises ValueError
    with plain words where the settings cannot work.
    """
    wrong = problem(settings)
    if wrong is not None:
        raise ValueError(wrong)
    password = settings.teams_app_password

    async def hear(activity: dict[str, Any]) -> dict[str, Any] | None:
        return await face.on_activity(activity)

    line = Connector(
        settings.teams_app_id or "",
        password.get_secret_value() if password else "",
        settings.teams_tenant_id or "",
        settings.teams_app_type,
        on_activity=hear,
        on_error=_note,
        allow_anonymous=settings.teams_allow_anonymous,
        **connector,
    )
    places = Places(app.edge, app.database, line, clock)
    directory = TeamsDirectory(line, places, clock, fresh=FRESH, known=KNOWN)
    tenant = settings.teams_tenant_id or ""
    postman = Postman(line, places)
    face = TeamsFace(
        Parts(app.edge, line, places, directory, postman, clock, tenant), TeamsSender(postman, directory)
    )
    return routes(line), face


def _note(error: Exception) -> None:
    """An exception's text may hold what people typed, so only its kind is noted, and where it arose."""
    logs.error("teams_connector", kind=type(error).__name__, where=logs.where(error))
