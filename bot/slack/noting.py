"""The end of the line: what breaks around a turn goes to the log, without what it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import logs
from bot.slack import buttons
from bot.slack.api import NotAnswered
from bot.slack.needs import COMMAND
from handlers.reading.plain import plain

if TYPE_CHECKING:
    from collections.abc import Coroutine

_LONGEST_ECHO = 1900


async def noting(what: str, work: Coroutine[Any, Any, Any]) -> None:
    """Do it; what breaks is noted, since nobody is left to tell."""
    try:
        await work
    except Exception as error:
        note(what, error)


def last_words(*, begun: bool = True) -> str:
    """What somebody is told where even telling them failed, with what stands in the log. `begun`: something may be done."""
    wrong = "Something went wrong" if begun else "Something went wrong, and nothing was changed"
    return f"{wrong}. Please try again. Reference for whoever runs Prep: {logs.reference()}"


def broken(command: dict[str, Any], *, begun: bool = True) -> dict[str, Any]:
    """The same to whoever typed a command, with what they typed, which Slack does not keep. In blocks it is no markup, and in
    no preview."""
    typed = plain(str(command.get("text") or "")).strip()
    said = last_words(begun=begun)
    lines = [said, f"You typed: {COMMAND} {typed}"] if typed else [said]
    blocks = [{"type": "context", "elements": [buttons.plain(line, _LONGEST_ECHO)]} for line in lines]
    return {"response_type": "ephemeral", "text": said, "blocks": blocks}


def note(what: str, error: Exception) -> None:
    """An error, by its kind and where it arose: its text may repeat what people typed."""
    code = error.code if isinstance(error, NotAnswered) else ""
    logs.error("slack_failed", what=what, kind=type(error).__name__, code=code, where=logs.where(error))
