"""What the Bot Connector answers when it does not do what was asked, and how to make it fail."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from aiohttp import web

_CODES = {
    412: "PreconditionFailed",
    429: "Throttled",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "Timeout",
}


class Refusal(Exception):
    """An answer that is not a success."""

    def __init__(self, status: int, code: str, message: str = "", retry_after: float | None = None) -> None:
        super().__init__(code)
        self.response = web.json_response({"error": {"code": code, "message": message}}, status=status)
        if retry_after is not None:
            self.response.headers["Retry-After"] = str(ceil(retry_after))


@dataclass
class Fault:
    """What goes wrong with the next `times` calls.

    `status` is answered instead of the real answer; `drop` closes the connection without any; `delay` waits (real
    seconds) before answering. With `accepted` the call is carried out all the same. `text` is a success
    that holds this instead of an answer.
    """

    status: int = 0
    drop: bool = False
    delay: float = 0.0
    accepted: bool = False
    retry_after: float | None = None
    text: str | None = None
    times: int = 1

    def refusal(self) -> Refusal:
        """The answer that stands in for the real one."""
        status = self.status or 500
        return Refusal(status, _CODES.get(status, "ServiceError"), retry_after=self.retry_after)
