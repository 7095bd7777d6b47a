"""Why Prep cannot start, in plain words: settings that are none, a database that is away, a port that is taken."""

from __future__ import annotations

import os

from pydantic import ValidationError

from storage.database import Unusable

_EXAMPLES = {"port": "PORT=3000", "teams_allow_anonymous": "TEAMS_ALLOW_ANONYMOUS=1"}
_CHECK = "`prepbot check` says what is configured."


class Unfit(Exception):
    """Settings that cannot work together: its text says why, in plain words."""


def in_words(error: Exception) -> str | None:
    """What to tell whoever starts Prep. Values are never shown. None for an error that is ours."""
    if isinstance(error, ValidationError):
        return "\n".join(_setting(*_where(one["loc"]), one["msg"]) for one in error.errors())
    if isinstance(error, Unfit):
        return str(error)
    if isinstance(error, Unusable):
        return f"Prep cannot start: {error}.\n{_CHECK}"
    return None


def no_room(error: OSError) -> Unfit:
    """That HOST and PORT cannot be listened on."""
    why = os.strerror(error.errno) if error.errno is not None and error.errno > 0 else "unknown host"
    return Unfit(f"Prep cannot serve on HOST and PORT: {why}.")


def _where(place: tuple[int | str, ...]) -> tuple[str, str]:
    key = str(place[0]) if place else ""
    return key.upper(), _EXAMPLES.get(key, "")


def _setting(name: str, example: str, wrong: str) -> str:
    told = f"{name or 'A setting'} cannot be used: {wrong[:1].lower()}{wrong[1:]}."
    return f"{told}\nFor example: {example}" if example else told
