"""What libraries log, without what it was about: their texts and tracebacks may repeat what people typed."""

from __future__ import annotations

import logging

from bot import logs


class Libraries(logging.Handler):
    """Notes that a library complained, where, and of what kind of error."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        error = record.exc_info[1] if record.exc_info else None
        facts = {"kind": type(error).__name__, "where": logs.where(error)} if error is not None else {}
        note = logs.error if record.levelno >= logging.ERROR else logs.warning
        note("library", library=record.name, place=f"{record.module}:{record.lineno}", **facts)


def take_over() -> None:
    """From here on nothing that a library logs reaches standard error in its own words."""
    logging.getLogger().handlers = [Libraries(level=logging.WARNING)]
    logging.getLogger().setLevel(logging.WARNING)
