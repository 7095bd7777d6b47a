"""The Bolt app: over HTTP, for all workspaces, with our own idea of who is authorized."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.libraries import Libraries

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST_WORDS = "Something went wrong, and nothing was changed. Please try again."
_OAUTH = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")


def make_bolt(signing_secret: str, api_url: str) -> AsyncApp:
    """An app without listeners. It calls Slack for nothing, and holds no token.

    Whose a request is, and whether Prep is installed there, is found out where the whole payload is at hand (`dispatch`): what
    Bolt hands to `authorize` says nothing of whose a pressed message is. So Bolt has nothing to look up here, and nothing of
    its own to ignore.
    """
    with _without_oauth():
        bolt = AsyncApp(
            logger=quiet("prepbot.bolt"),
            name="prep",
            client=AsyncWebClient(base_url=api_url),
            authorize=_authorize,
            signing_secret=signing_secret,
            process_before_response=True,
            ignoring_self_events_enabled=False,
            attaching_function_token_enabled=False,  # Prep has no workflow steps
            attaching_conversation_kwargs_enabled=False,  # nor the older kind of assistant
        )
    bolt.error(_failed)
    return bolt


async def _authorize() -> AuthorizeResult:  # Bolt looks at the names of the arguments
    return AuthorizeResult(enterprise_id=None, team_id=None)


async def _failed(error: Exception, body: dict[str, Any]) -> BoltResponse | None:
    """What Slack gets where Slack itself cannot be asked who we are. Whoever typed a command is told; all else fails, and
    Slack sends an event again."""
    logs.error("slack_failed", what="request", kind=type(error).__name__, where=logs.where(error))
    if "command" not in body:
        return None
    text = f"{LAST_WORDS} Reference for whoever runs Prep: {logs.reference()}"
    return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text})


def quiet(name: str) -> logging.Logger:
    """A logger that notes where something was complained of, and never what it says."""
    logger = logging.getLogger(name)
    logger.handlers, logger.propagate = [Libraries(level=logging.ERROR)], False
    logger.setLevel(logging.ERROR)
    return logger


@contextmanager
def _without_oauth() -> Iterator[None]:
    """Where these are in the environment, Bolt builds an OAuth of its own, with files, and drops the token."""
    kept = {name: os.environ.pop(name) for name in _OAUTH if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
