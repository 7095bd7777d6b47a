"""`prepbot check`: what is configured, what is missing, and whether it connects. Values are never shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.config import Settings

_SLACK = (
    "slack_bot_token",
    "slack_signing_secret",
    "slack_app_token",
    "slack_client_id",
    "slack_client_secret",
)
_TEAMS = ("teams_app_id", "teams_app_password", "teams_tenant_id")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer. `works` is None where there is nothing to try: it is not configured."""

    what: str
    works: bool | None
    text: str

    @property
    def line(self) -> str:
        """`ok       Database   SQLite file, schema 0001`."""
        mark = {True: "ok", False: "FAILED", None: "not set"}[self.works]
        return f"{mark:<8} {self.what:<10} {self.text}"


def check(settings: Settings, write: Callable[[str], object]) -> int:
    """Write what was found; 0 if all that is configured works."""
    findings = [
        database(settings),
        *_platform(settings, "Slack", _SLACK),
        *_platform(settings, "Teams", _TEAMS),
        _given(settings, "Secret key", "prep_secret_key", "tokens of an installation cannot be kept"),
        _given(settings, "Public URL", "prep_public_url", "no installation page and no calendar links"),
        _given(settings, "Playbook", "prep_playbook", "the built-in questions and playbook are used"),
    ]
    for finding in findings:
        write(finding.line)
    return int(any(finding.works is False for finding in findings))


def database(settings: Settings) -> Finding:
    """Whether the database can be reached, and whether its schema is the newest."""
    from storage.migrate import HEAD, state

    kind = settings.database_url.partition(":")[0].partition("+")[0]
    try:
        version = state(settings.database_url)
    except Exception as error:  # whatever a driver raises: its text may hold the password
        return Finding("Database", works=False, text=f"{kind}: cannot connect ({type(error).__name__})")
    if version == HEAD:
        return Finding("Database", works=True, text=f"{kind}, schema {version}")
    there = f"schema {version}" if version else "no tables yet"
    return Finding("Database", works=True, text=f"{kind}, {there}; `prepbot migrate` brings it to {HEAD}")


def _platform(settings: Settings, name: str, keys: Sequence[str]) -> Sequence[Finding]:
    """What is set for a platform, and what the platform's own check says of it."""
    given = [key.upper() for key in keys if getattr(settings, key)]
    missing = [key.upper() for key in keys if not getattr(settings, key)]
    if not given and not (name == "Teams" and settings.teams_allow_anonymous):
        return [Finding(name, works=None, text=f"would need {', '.join(missing)}")]
    module = f"bot.{name.lower()}.check"
    if find_spec(module) is not None:
        found: Sequence[Finding] = import_module(module).check(settings)
        return found
    text = f"{', '.join(given)} set" + (f"; not set: {', '.join(missing)}" if missing else "")
    return [Finding(name, works=None, text=f"{text}; whether it connects is not tried yet")]


def _given(settings: Settings, what: str, key: str, otherwise: str) -> Finding:
    if getattr(settings, key):
        return Finding(what, works=True, text=f"{key.upper()} set")
    return Finding(what, works=None, text=f"{key.upper()}: {otherwise}")
