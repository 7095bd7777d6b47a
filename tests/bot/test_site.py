"""What Prep says of itself to a browser, with whatever is set up."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

import aiohttp
import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.serve import start
from bot.teams.app_manifest import manifest
from handlers.help.later import LATER

SLACK = {"slack_bot_token": SecretStr("xoxb-T0PREP"), "slack_signing_secret": SecretStr("s" * 32)}
EVERYWHERE = {
    "slack_client_id": "11.22",
    "slack_client_secret": SecretStr("secret"),
    "slack_signing_secret": SecretStr("s" * 32),
    "prep_secret_key": SecretStr("k" * 32),
}


async def pages(url: str, *paths: str, **given: Any) -> dict[str, tuple[int, str]]:
    """The pages at these paths, and all those to which they lead."""
    settings = Settings(
        _env_file=None, database_url=url, port=0, slack_api_url="http://127.0.0.1:1/", **given
    )
    running = await start(settings)
    found: dict[str, tuple[int, str]] = {}
    left = [*paths]
    try:
        async with aiohttp.ClientSession() as session:
            while left:
                path = left.pop()
                async with session.get(running.address + path) as answer:
                    found[path] = answer.status, await answer.text()
                    assert answer.headers["X-Content-Type-Options"] == "nosniff"
                    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
                links = [urljoin(path, one) for one in re.findall(r'href="([^":]+)"', found[path][1])]
                left += [one for one in links if one not in found and one not in left]
    finally:
        await running.stop()
    return found


@pytest.mark.parametrize("given", [{}, SLACK, EVERYWHERE])
async def test_every_page_leads_to_pages_that_are_there(sqlite_url: str, given: dict[str, Any]) -> None:
    found = await pages(sqlite_url, "/", **given)
    assert {"/", "/privacy", "/terms"} <= found.keys()
    assert {status for status, _ in found.values()} == {200}
    assert ("/slack/install" in found) is (given is EVERYWHERE)


async def test_what_can_be_added_is_told_and_nothing_else(sqlite_url: str) -> None:
    _, nothing = (await pages(sqlite_url, "/"))["/"]
    assert "<h2>" not in nothing
    _, one = (await pages(sqlite_url, "/", **SLACK))["/"]
    assert "find it under Apps" in one
    assert 'class="b"' not in one
    _, many = (await pages(sqlite_url, "/", **EVERYWHERE))["/"]
    assert "Add to Slack" in many
    assert "11.22" not in many


async def test_where_prep_is_not_installed_from_a_page_it_says_so(sqlite_url: str) -> None:
    found = await pages(sqlite_url, "/slack/install", **SLACK)
    status, page = found["/slack/install"]
    assert (status, "not added to Slack from here" in page) == (404, True)
    assert found["/privacy"][0] == 200


async def test_the_addresses_in_the_manifest_of_teams_are_served(sqlite_url: str) -> None:
    developer = manifest("00000000-0000-0000-0000-000000000000", "https://prep.example", "1.0.0")["developer"]
    paths = [
        url.removeprefix("https://prep.example") for name, url in developer.items() if name.endswith("Url")
    ]
    assert paths == ["/", "/privacy", "/terms"]
    found = await pages(sqlite_url, *paths)
    assert {found[path][0] for path in paths} == {200}


async def test_no_page_promises_a_command_that_is_still_to_come(sqlite_url: str) -> None:
    """`forget` would be the way to delete: as long as it is not there, the page on privacy says who can do it instead."""
    _, page = (await pages(sqlite_url, "/privacy"))["/privacy"]
    assert ("ask whoever runs Prep" in page) is ("forget" in LATER)
