"""Two processes behind the nginx of docs/operating.md: what it lets through, what it keeps back, and what a stop costs."""

from __future__ import annotations

import asyncio
import html
import re
from contextlib import AsyncExitStack
from http.cookies import SimpleCookie
from io import BytesIO
from json import dumps as json_of
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from tests.bot.slack.oauth.stage import CLIENT, KEY
from tests.bot.slack.stage import ANN, ROOM, populate
from tests.doubles.slack import oauth
from tests.doubles.slack.double import SlackDouble
from tests.support.proxy import NAME, NGINX, proxied, trusting
from tests.support.served import Served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (apt-get install nginx)")
TENANT = "00000000-0000-0000-0000-000000000000"
ACTIVITY = json_of(
    {
        "type": "message",
        "id": "1",
        "text": "hub",
        "channelId": "msteams",
        "serviceUrl": "https://smba.example/emea/",
        "conversation": {"id": "1"},
        "from": {"id": "29:1"},
        "recipient": {"id": f"28:{TENANT}"},
    }
)
EVERYWHERE = {
    "SLACK_BOT_TOKEN": "",
    "SLACK_CLIENT_ID": CLIENT[0],
    "SLACK_CLIENT_SECRET": CLIENT[1],
    "PREP_SECRET_KEY": KEY,
    "PREP_PUBLIC_URL": f"https://{NAME}",
}
"""An empty value counts as not set."""


class Front:
    """The proxy, and the processes behind it."""

    def __init__(
        self, address: str, session: aiohttp.ClientSession, slack: SlackDouble, two: list[Served]
    ) -> None:
        self.address, self.session, self.slack, self.two = address, session, slack, two

    async def get(self, path: str, **more: str) -> tuple[int, str, aiohttp.ClientResponse]:
        """A browser's request, without following where it leads."""
        where = f"{self.address}{path}"
        headers = {"Host": NAME, **more}
        async with self.session.get(where, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text(), answer

    async def post(self, path: str, body: str, **headers: str) -> tuple[int, str]:
        """A platform's request."""
        headers = {"Host": NAME, "Content-Type": "application/x-www-form-urlencoded", **headers}
        async with self.session.post(
            f"{self.address}{path}", data=BytesIO(body.encode()), headers=headers
        ) as answer:
            return answer.status, await answer.text()

    async def command(self, words: str) -> tuple[int, str]:
        """`/prep words`, signed as Slack signs it."""
        self.slack.point_at("http://127.0.0.1:1/")  # the double makes it up; we send it
        body = (await self.slack.command(ANN, ROOM, "/prep", words)).sent
        signed = self.slack.sender.signed(body)
        return await self.post("/slack/events", body, **signed)


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble(burst=None) as double:
        populate(double)
        double.sender.patience = 30
        yield double


async def _front(url: str, slack: SlackDouble, folder: Path, stack: AsyncExitStack, **more: str) -> Front:
    teams = {"TEAMS_APP_ID": TENANT, "TEAMS_TENANT_ID": TENANT, "TEAMS_APP_PASSWORD": "secret"}
    two = await asyncio.gather(*(Served.start(url, slack, **teams, **more) for _ in range(2)))
    for one in two:
        await stack.enter_async_context(one)
    address = await stack.enter_async_context(proxied(folder, [one.address for one in two]))
    connector = aiohttp.TCPConnector(ssl=trusting(folder), force_close=True)
    session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
    return Front(address, session, slack, list(two))


@pytest.fixture
async def front(postgresql_url: str, slack: SlackDouble, tmp_path: Path) -> AsyncIterator[Front]:
    async with AsyncExitStack() as stack:
        yield await _front(postgresql_url, slack, tmp_path, stack)


async def turns(front: Front) -> list[float]:
    """How many turns each process has counted."""
    counted = []
    for one in front.two:
        if one.process.poll() is None:
            async with front.session.get(f"{one.address}/metrics") as answer:
                lines = (await answer.text()).splitlines()
            counted.append(
                sum(float(line.split()[-1]) for line in lines if line.startswith("prep_turns_total{"))
            )
    return counted


async def test_what_platforms_send_arrives_and_what_is_inside_stays_inside(front: Front) -> None:
    assert (await front.command("new quick Acme: housings"))[0] == 200
    for _ in range(6):
        status, text = await front.command("hub")
        assert (status, "Acme: housings" in text) == (200, True)
    assert all(await turns(front))  # both have answered

    body = "token=x&team_id=T0PREP&command=%2Fprep&text=hub"
    forged = {**front.slack.sender.signed("another body")}
    assert (await front.post("/slack/events", body, **forged))[0] == 401
    large = "text=" + "x" * 2_000_000
    assert (await front.post("/slack/events", large, **front.slack.sender.signed(large)))[0] == 413

    json = {"Content-Type": "application/json"}
    assert (await front.post("/api/messages", ACTIVITY, **json))[
        0
    ] == 401  # Prep's own answer: there is no token
    assert (await front.post("/api/messages", ACTIVITY, Authorization="Bearer x.y.z", **json))[0] == 401

    for path in (
        "/metrics",
        "/healthz",
        "/readyz",
        "/calendar/x.ics",
        "/slack/events/",
        "/slack",
        "/metrics/",
        "//metrics",
    ):
        status, text, _ = await front.get(path)
        assert (status, "prep_" in text) == (404, False), path
    for path in ("/", "/privacy", "/terms"):
        status, text, answer = await front.get(path)
        assert (status, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
    for one in front.two:
        async with front.session.get(f"{one.address}/readyz") as ready:
            assert ready.status == 200


async def test_one_is_stopped_and_nobody_notices_but_who_came_in_that_moment(front: Front) -> None:
    await front.command("new quick Acme: housings")
    failed: list[int] = []
    stopped = asyncio.Event()

    async def press_on() -> None:
        for number in range(60):
            status, text = await front.command("hub")
            if status != 200 or "Acme" not in text:
                failed.append(number)
            if number == 20:
                front.two[0].tell()
            await asyncio.sleep(0.01)
        stopped.set()

    await press_on()
    code, _ = await front.two[0].ended()
    assert code == 0
    assert len(failed) <= 1, failed  # what was on its way at the very moment; see docs/operating.md
    assert len(await turns(front)) == 1
    assert [(await front.command("hub"))[0] for _ in range(10)] == [200] * 10
    front.two[1].kill()
    assert (await front.command("hub"))[0] == 502


async def test_a_process_that_was_killed_is_passed_over_at_once(front: Front) -> None:
    await front.command("new quick Acme: housings")
    front.two[1].kill()
    assert [(await front.command("hub"))[0] for _ in range(12)] == [200] * 12


async def test_installing_leads_back_to_the_proxy_and_a_flood_of_it_is_held_there(
    postgresql_url: str, slack: SlackDouble, tmp_path: Path
) -> None:
    slack.world.client = CLIENT
    async with AsyncExitStack() as stack:
        front = await _front(postgresql_url, slack, tmp_path, stack, **EVERYWHERE)
        spoofed = {
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Proto": "http",
            "X-Forwarded-For": "127.0.0.1",
        }
        status, page, answer = await front.get("/slack/install", **spoofed)
        assert status == 200
        assert "evil.example" not in page
        link = html.unescape(re.search(r'href="(https://slack[^"]+)"', page)[1])  # type: ignore[index]
        asked = parse_qs(urlsplit(link).query)
        assert asked["redirect_uri"] == [f"https://{NAME}/slack/oauth_redirect"]
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["prep_install"]
        assert cookie["secure"]
        code = oauth.allow(slack.core, "T0PREP", ANN)
        back = f"/slack/oauth_redirect?state={asked['state'][0]}&code={code}"
        status, page, _ = await front.get(back, Cookie=f"prep_install={cookie.value}")
        assert (status, "Prep is installed" in page) == (200, True)
        status, _, _ = await front.get(back, Cookie=f"prep_install={cookie.value}")
        assert status == 400
        came = [
            (await front.get("/slack/install", **{"X-Forwarded-For": f"203.0.113.{n}"}))[0] for n in range(40)
        ]
        assert came.count(429) >= 15
        assert (await front.command("hub"))[0] == 200  # what Slack sends is not held up by that
