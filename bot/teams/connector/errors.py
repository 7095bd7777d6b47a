"""What stops an activity or a call before it begins. None of these carries any content."""

from __future__ import annotations


class NotAdmittedError(Exception):
    """Whoever sent this could not show that it is Teams."""


class KeysUnreachableError(Exception):
    """There are no keys to check a signature with, and none can be fetched just now."""


class NoTokenError(Exception):
    """There is no token to send with. `refused` says that asking again will not help."""

    def __init__(self, *, refused: bool) -> None:
        super().__init__("refused" if refused else "unreachable")
        self.refused = refused
