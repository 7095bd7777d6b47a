"""The app package that is uploaded to Teams: `prepbot teams-package OUT.zip`."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.starting import Unfit
from bot.teams import icons
from bot.teams.app_manifest import COLOUR_ICON, OUTLINE_ICON, manifest
from bot.teams.ids import is_directory_id

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings

NAME = "manifest.json"
_THEN = (1980, 1, 1, 0, 0, 0)  # the same settings give the same file


def lacks(settings: Settings) -> str | None:
    """What keeps the package from being written, in plain words; None if nothing does."""
    app_id, public = settings.teams_app_id, settings.prep_public_url
    if not app_id or not is_directory_id(app_id):
        return (
            "TEAMS_APP_ID must be the application (client) id, such as 00000000-0000-0000-0000-000000000000."
        )
    parts = urlsplit(public or "")
    if parts.scheme != "https" or not parts.hostname:
        return (
            "PREP_PUBLIC_URL must be the address where Teams reaches Prep, such as https://prep.example.com."
        )
    return None


def write(settings: Settings, out: Path) -> None:
    """Write the package. Raises Unfit where a setting is missing or the file cannot be written."""
    wrong = lacks(settings)
    if wrong is not None:
        raise Unfit(f"The app package was not written: {wrong}")
    told = manifest(
        settings.teams_app_id or "", (settings.prep_public_url or "").rstrip("/"), version("prepbot")
    )
    files = {
        NAME: json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n",
        COLOUR_ICON: icons.colour(),
        OUTLINE_ICON: icons.outline(),
    }
    try:
        with ZipFile(out, "w", ZIP_DEFLATED) as package:
            for name, content in files.items():
                info = ZipInfo(name, _THEN)
                info.external_attr = 0o644 << 16
                package.writestr(info, content, ZIP_DEFLATED)
    except OSError as error:
        raise Unfit(
            f"The app package was not written: {out}: {error.strerror or 'cannot be opened'}."
        ) from None
