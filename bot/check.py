"""`prepbot check`: what is configured, what is missing, and whether it connects. Values are never shown."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bot.config import Settings

_SLACK = ("slack_bot_token", "slack_signing_secret")
_TEAMS = ("teams_app_id", "teams_app_password", "teams_tenant_id")
_OTHERWISE = {"Slack": ("slack_client_id", "slack_client_secret"), "Teams": ("teams_allow_anonymous",)}
_AWAY = {  # what drivers say, and what we say: theirs may hold a password
    "password authentication failed": "user or password is refused",
    "no password supplied": "a password is needed",
    "does not exist": "there is no such database, or no such user",
    "could not translate host": "the host is not known by that name",
    "failed to resolve": "the host is not known by that name",
    "invalid sqlite url": "the address of a file has three slashes, sqlite:///FILE",
    "file is not a database": "that file is no database",
    "unable to open database": "that file cannot be opened",
    "refused": "nobody answers at that host and port",
    "no such file": "nobody answers at that socket",
    "timeout": "nobody answers in time",
    "pg_hba.conf": "the server does not let this machine, user or database in (pg_hba.conf)",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer. `works` is None where there is nothing to try: it is not configured. A note is worth knowing."""

    what: str
    works: bool | None
    text: str
    is_note: bool = False

    @property
    def line(self) -> str:
        """`ok       Database   SQLite file, schema 0001`."""
        mark = "note" if self.is_note else {True: "ok", False: "FAILED", None: "not set"}[self.works]
        return f"{mark:<8} {self.what:<10} {self.text}"


def check(settings: Settings, write: Callable[[str], object]) -> int:
    """Write what was found; 0 if all that is configured works."""
    from bot.misfits import misfits, surroundings
    from bot.room import room

    findings = [
        database(settings),
        *_platform(settings, "Slack", _SLACK),
        *_platform(settings, "Teams", _TEAMS),
        *_nothing(settings),
        room(settings),
        *_playbook(settings),
        *misfits(settings, surroundings()),
    ]
    for finding in findings:
        write(finding.line)
    return int(any(finding.works is False for finding in findings))


def database(settings: Settings) -> Finding:
    """Whether the database can be reached, and whether its schema is the newest."""
    from storage.database import Unusable
    from storage.migrate import HEAD, file_of, state

    kind = settings.database_url.partition(":")[0].partition("+")[0]
    try:
        version = state(settings.database_url)
    except Unusable as error:
        return Finding("Database", works=False, text=str(error))
    except Exception as error:  # whatever a driver raises: its text may hold the password
        return Finding("Database", works=False, text=f"{kind}: cannot connect: {_away(error)}")
    path = file_of(settings.database_url)
    where = f"{kind} ({path})" if path else kind
    if path is not None and path.exists() and path.stat().st_mode & 0o077:
        where += ", which others on this machine may open: chmod 600"
    if path is not None and not _may_write(path):
        return Finding("Database", works=False, text=f"{where}: this user may not write there")
    if version == HEAD:
        return Finding("Database", works=True, text=f"{where}, schema {version}")
    there = f"schema {version}" if version else "no tables yet"
    return Finding("Database", works=True, text=f"{where}, {there}; `prepbot migrate` brings it to {HEAD}")


def _platform(settings: Settings, name: str, keys: Sequence[str]) -> Sequence[Finding]:
    """What is set for a platform, and what the platform's own check says of it."""
    missing = [key.upper() for key in keys if not getattr(settings, key)]
    if not any(getattr(settings, key) for key in (*keys, *_OTHERWISE[name])):
        return [Finding(name, works=None, text=f"would need {', '.join(missing)}")]
    if name == "Teams" and not settings.teams_app_id and not settings.teams_allow_anonymous:
        return [Finding(name, works=False, text=f"not set: {', '.join(missing)}")]
    found: Sequence[Finding] = import_module(f"bot.{name.lower()}.check").check(settings)
    return found


def _playbook(settings: Settings) -> Sequence[Finding]:
    """Whether a company's own questions can be asked, and how many there are then."""
    if not settings.prep_playbook:
        return []
    from bot.playbook import scripts_of
    from bot.starting import Unfit

    try:
        scripts = scripts_of(settings)
    except Unfit as error:
        return [Finding("Playbook", works=False, text=" ".join(str(error).split("\n")))]
    counts = [f"{name} asks {len(script.questions)}" for name, script in scripts.changed.items()]
    return [Finding("Playbook", works=True, text=f"{', '.join(counts)} questions")]


def _nothing(settings: Settings) -> Sequence[Finding]:
    """That `prepbot run` would have nothing to do."""
    if (
        settings.slack_bot_token
        or settings.slack_client_id
        or settings.teams_app_id
        or settings.teams_allow_anonymous
    ):
        return []
    return [
        Finding(
            "Serve", works=None, text="nothing: `prepbot run` needs Slack or Teams, `prepbot chat` neither"
        )
    ]


def _may_write(path: Path) -> bool:
    """Whether the file can be written, or made: SQLite needs to write beside it as well."""
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    return os.access(folder, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _away(error: Exception) -> str:
    said = str(error).lower()
    return next((ours for theirs, ours in _AWAY.items() if theirs in said), type(error).__name__)
