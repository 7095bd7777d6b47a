"""A browser in which somebody installs the app: the pages that the app serves, and the way back from Slack."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import aiohttp

from tests.doubles.slack import oauth

if TYPE_CHECKING:
    from tests.doubles.slack.core import Core


@dataclass
class Browser:
    """A browser with its cookies, at one Prep."""

    address: str
    session: aiohttp.ClientSession
    state: str = ""
    asked: dict[str, list[str]] = field(default_factory=dict)

    async def begin(self) -> str:
        """Open the page and read the button's address; the page."""
        async with self.session.get(f"{self.address}/slack/install") as answer:
            assert answer.status == 200
            page = await answer.text()
        link = html.unescape(re.search(r'href="(https://slack[^"]+)"', page)[1])  # type: ignore[index]
        self.asked = parse_qs(urlsplit(link).query)
        self.state = self.asked["state"][0]
        return page

    async def back(self, **query: str) -> tuple[int, str]:
        """Come back from Slack: status and page."""
        where = f"{self.address}/slack/oauth_redirect"
        async with self.session.get(where, params={"state": self.state, **query}) as answer:
            return answer.status, await answer.text()


def with_cookies() -> aiohttp.ClientSession:
    """A session that keeps cookies of addresses without a name, too."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


async def install(address: str, core: Core, team: str, who: str) -> str:
    """Somebody installs the app in a workspace; the page that they see at the end."""
    async with with_cookies() as session:
        browser = Browser(address, session)
        await browser.begin()
        status, page = await browser.back(code=oauth.allow(core, team, who))
    assert status == 200, page
    return page
