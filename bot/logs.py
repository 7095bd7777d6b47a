"""Logs: one JSON object a line, on standard error. They tell what happened and where, never what was said."""

from __future__ import annotations

import sys
from typing import Any


def error(event: str, **facts: Any) -> None:
    """Note a failure."""
    _logger().error(event, **facts)


def warning(event: str, **facts: Any) -> None:
    """Note what went wrong and is tried again."""
    _logger().warning(event, **facts)


def info(event: str, **facts: Any) -> None:
    """Note something that happened."""
    _logger().info(event, **facts)


def _logger() -> Any:
    import structlog  # heavy, and most chats end without a line in the log

    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
    )
