"""What `prepbot check` says about Teams, in plain words. Values are never shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.check import Finding
from bot.teams.package import lacks
from bot.teams.wiring import is_configured, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config import Settings

_NAME, _APP = "Teams", "Teams app"
_LIMIT = 15.0


def check(settings: Settings) -> Sequence[Finding]:
    """Whether the settings can work, and whether Microsoft gives the bot its token."""
    if not is_configured(settings):
        return [
            Finding(_NAME, works=None, text="would need TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID")
        ]
    wrong = problem(settings)
    if wrong is not None:
        return [Finding(_NAME, works=False, text=wrong)]
    if not settings.teams_app_id:
        text = "without authentication, for this machine alone (TEAMS_ALLOW_ANONYMOUS)"
        return [Finding(_NAME, works=True, text=text)]
    return [asyncio.run(_connects(settings)), package(settings)]


def package(settings: Settings) -> Finding:
    """Whether the app package can be written."""
    wrong = lacks(settings)
    if wrong is not None:
        return Finding(_APP, works=None, text=f"for `prepbot teams-package`: {wrong}")
    return Finding(_APP, works=True, text="`prepbot teams-package OUT.zip` writes what is uploaded to Teams")


async def _connects(settings: Settings) -> Finding:
    from bot.teams.connector import PUBLIC
    from bot.teams.connector.sdk import Account, credentials

    password = settings.teams_app_password
    managed = settings.teams_app_type.lower() == "userassignedmsi"
    account = Account(
        settings.teams_app_id or "",
        password.get_secret_value() if password else "",
        settings.teams_tenant_id or "",
        managed,
    )
    try:
        way = await asyncio.to_thread(credentials, account, PUBLIC)
        async with asyncio.timeout(_LIMIT):
            await asyncio.to_thread(way.get_access_token)
    except (PermissionError, KeyError):
        text = "Microsoft gives no token: TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID do not fit together"
        return Finding(_NAME, works=False, text=text)
    except Exception as error:  # whatever the login library raises: its text may hold what is secret
        return Finding(
            _NAME, works=False, text=f"cannot reach Microsoft's login service ({type(error).__name__})"
        )
    return Finding(_NAME, works=True, text="settings fit, and Microsoft gives the bot its token")
