"""Logs: one JSON object a line, on standard error. They tell what happened and where, never what was said.

All lines of one turn carry one `reference`, also those of threads and tasks that it starts: it is what a person is told when
something breaks. A face begins it where a request arrives; what has no face of its own begins with the turn.
"""

from __future__ import annotations

import secrets
import sys
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any


@dataclass(slots=True)
class _Begun:
    reference: str
    taken: bool = False


_BEGUN: ContextVar[_Begun | None] = ContextVar("begun", default=None)


def begin() -> str:
    """From here on all lines of this task, and of what it starts, belong together. Their reference."""
    return _begin().reference


def _begin() -> _Begun:
    begun = _Begun(secrets.token_hex(4))
    _BEGUN.set(begun)
    return begun


def begin_turn() -> str:
    """The reference of the turn that begins: that of the request that brought it, for its first turn, else a new one."""
    begun = _BEGUN.get()
    if begun is None or begun.taken:
        begun = _begin()
    begun.taken = True
    return begun.reference


def reference() -> str:
    """The reference under which the log tells of what goes on here."""
    begun = _BEGUN.get()
    return begun.reference if begun is not None else begin()


def stamp(seconds: float) -> str:
    """A moment (seconds since 1970) as it stands in the log."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def error(event: str, **facts: Any) -> None:
    """Note a failure."""
    _logger().error(event, **facts)


def warning(event: str, **facts: Any) -> None:
    """Note what went wrong and is tried again."""
    _logger().warning(event, **facts)


def info(event: str, **facts: Any) -> None:
    """Note something that happened."""
    _logger().info(event, **facts)


def where(error: BaseException) -> list[str]:
    """File and line of the last frames, our own rather than a library's. Never values or messages: they may hold what
    people typed."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        where = f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}"
        frames.append((where, "/site-packages/" not in code.co_filename))
        trace = trace.tb_next
    ours = [where for where, own in frames[:-1] if own]
    return [*ours[-7:], *(where for where, _ in frames[-1:])]


class _Stderr:
    """Standard error as it is when a line is written, whole lines at a time."""

    def write(self, line: str) -> None:
        sys.stderr.write(line)

    def flush(self) -> None:
        sys.stderr.flush()


def _with_reference(_logger: Any, _method: str, facts: Any) -> Any:
    begun = _BEGUN.get()
    if begun is not None:
        facts.setdefault("reference", begun.reference)
    return facts


@cache
def _logger() -> Any:
    import structlog  # heavy, and most chats end without a line in the log

    return structlog.wrap_logger(
        structlog.WriteLogger(_Stderr()),  # type: ignore[arg-type]
        processors=[
            _with_reference,
            structlog.processors.add_log_level,
            structlog.processors.MaybeTimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
    ).bind()
