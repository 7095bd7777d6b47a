"""The end of the line: what breaks around a turn goes to the log, without what it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import logs
from bot.slack.api import NotAnswered

if TYPE_CHECKING:
    from collections.abc import Coroutine


async def noting(what: str, work: Coroutine[Any, Any, Any]) -> None:
    """Do it; what breaks is noted, since nobody is left to tell."""
    try:
        await work
    except Exception as error:
        note(what, error)


def last_words() -> str:
    """What somebody is told where even telling them failed, with what stands in the log."""
    return f"Something went wrong. Please try again. Reference for whoever runs Prep: {logs.reference()}"


def note(what: str, error: Exception) -> None:
    """An error, by its kind and where it arose: its text may repeat what people typed."""
    code = error.code if isinstance(error, NotAnswered) else ""
    logs.error("slack_failed", what=what, kind=type(error).__name__, code=code, where=logs.where(error))
