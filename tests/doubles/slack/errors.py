"""How the double says no: to the app, and to the test that asks for what Slack would never do."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """``{"ok": false, "error": code}``, with Slack's messages where there are some."""

    def __init__(
        self,
        code: str,
        messages: list[str] | None = None,
        *,
        status: int = 200,
        retry_after: int = 0,
        **more: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.status = status
        self.retry_after = retry_after
        self.more = more

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
            body["errors"] = [line.removeprefix("[ERROR] ") for line in self.messages]
        return body


class NotInSlack(AssertionError):
    """The test tries something that a person could not do in Slack: no such button, not in the channel."""
