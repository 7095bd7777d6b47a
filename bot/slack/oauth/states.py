"""States: what Slack gives back, so that installing ends in the browser in which it was begun.

A state holds all that there is to know of it, sealed under Prep's key: nothing is kept of those who begin, however many there
are, and every process knows those of the others. Only one by which Prep was installed is remembered until it is over.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.keys import WrongKey

if TYPE_CHECKING:
    from bot.keys import Keys

COOKIE = "prep_install"
WITHIN = timedelta(minutes=10)
_BROWSER = re.compile(r"[A-Za-z0-9_-]{43}")
_STATE = re.compile(r"[A-Za-z0-9_=-]{1,500}")


@dataclass(frozen=True, slots=True)
class Known:
    """A state that came from us and counts `until` then. By its digest it is remembered, so that a database gives none away."""

    digest: str
    until: datetime


class States:
    """States under these keys."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def browser(self, given: str) -> str:
        """What a browser is known by: what it has from us already, else something new."""
        return given if _BROWSER.fullmatch(given) else secrets.token_urlsafe(32)

    def begin(self, browser: str, now: datetime) -> str:
        """Another state, for this browser alone."""
        return self._keys.seal(f"{(now + WITHIN).timestamp():.0f}", _of(browser))

    def known(self, state: str, browser: str, now: datetime) -> Known | None:
        """What a state is, where this browser got it from us less than ten minutes ago."""
        if not _STATE.fullmatch(state) or not _BROWSER.fullmatch(browser):
            return None
        try:
            until = datetime.fromtimestamp(int(self._keys.open(state, _of(browser))), UTC)
        except WrongKey:
            return None
        return Known(hashlib.sha256(state.encode()).hexdigest(), until) if now < until else None


def _of(browser: str) -> str:
    """What it is sealed for: no state can stand for a token, nor the other way round."""
    return f"installing in {hashlib.sha256(browser.encode()).hexdigest()}"
