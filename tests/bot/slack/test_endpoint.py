"""What somebody who is not Slack sends is refused, and is no fault of ours."""

from __future__ import annotations

import time

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from slack_sdk.signature import SignatureVerifier

from bot.slack.bolt import make_bolt
from bot.slack.endpoint import route

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


async def _status(body: str, kind: str, stamp: str) -> int:
    server = web.Application()
    server.add_routes([route(make_bolt("secret", "http://127.0.0.1:1/api/"), SignatureVerifier("secret"))])
    async with TestClient(TestServer(server)) as client:
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=none"}
        return (await client.post("/slack/events", data=body, headers=headers)).status


@pytest.mark.parametrize("stamp", ["", "abc", "1e9", "-1", "9" * 40])
async def test_a_moment_that_is_none_is_refused(stamp: str) -> None:
    assert await _status("command=%2Fprep&text=hub", FORM, stamp) == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [("[]", JSON), ("null", JSON), ("no json", JSON), ("payload=", FORM), ("payload=[1]", FORM), ("payload=x", FORM)],
)  # fmt: skip
async def test_what_is_no_payload_is_refused(body: str, kind: str) -> None:
    assert await _status(body, kind, str(int(time.time()))) in {400, 401}
