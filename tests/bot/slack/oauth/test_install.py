"""Installing: the way there and back, and whoever tries to get in on the way."""

from __future__ import annotations

import asyncio
import html
import re
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.slack.needs import SCOPES
from bot.slack.oauth.install import MOST
from storage.installations import Installations
from tests.bot.slack.oauth.stage import ANN, DAN, NORTH, WEST, YARD, Browser, House, housed, populate, serving
from tests.doubles.slack import oauth
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.faults import down, refuses, slow


def live(house: House) -> list[str]:
    with house.running.app.database.reading() as handle:
        return [one.workspace for one in Installations(handle.connection, "slack").live()]


async def test_prep_is_installed_and_leads_to_the_first_plan(house: House) -> None:
    page = await house.install()
    assert "Prep is installed in Northwind" in page
    assert live(house) == [NORTH]
    assert "One press" in house.told()[-1]
    await house.slack.press(ANN, house.slack.world.direct(NORTH, [ANN]).id, "Prepare my first negotiation")
    await house.settled()
    assert "supplier" in house.told()[-1].lower()
    assert "no plan yet" in await house.command("hub")


async def test_no_more_is_asked_for_than_is_used(house: House) -> None:
    browser = house.browser()
    page = await browser.begin()
    assert set(browser.asked["scope"][0].split(",")) == SCOPES
    assert browser.asked["client_id"] == ["11.22"]
    assert "redirect_uri" not in browser.asked
    assert "script" not in page
    assert "client-secret" not in page


async def test_with_an_address_the_way_back_is_named_and_the_cookie_is_for_tls_alone(sqlite_url: str) -> None:
    async with housed(sqlite_url, prep_public_url="https://prep.example/") as house:
        browser = house.browser()
        await browser.begin()
        assert browser.asked["redirect_uri"] == ["https://prep.example/slack/oauth_redirect"]
        async with browser.session.get(f"{browser.address}/slack/install") as answer:
            cookie = SimpleCookie(answer.headers["Set-Cookie"])["prep_install"]
            assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
            True, True, "Lax", "/slack",
        )  # fmt: skip
        said = await house.command("hub", DAN, YARD)
        assert "not installed" in said
        assert "https://prep.example/slack/install" in said


async def test_a_second_workspace_is_another_one(house: House) -> None:
    await house.install()
    assert "not installed" in await house.command("hub", DAN, YARD)
    assert "Prep is installed in Westwind" in await house.install(WEST, DAN)
    assert live(house) == [NORTH, WEST]
    assert "no plan yet" in await house.command("hub", DAN, YARD)


async def test_a_state_works_once(house: House) -> None:
    browser = house.browser()
    await browser.begin()
    assert (await browser.back(code=oauth.allow(house.slack.core, NORTH, ANN)))[0] == 200
    status, page = await browser.back(code=oauth.allow(house.slack.core, WEST, DAN))
    assert (status, "Nothing was installed" in page, live(house)) == (400, True, [NORTH])


async def test_a_state_is_worth_nothing_in_another_browser(house: House) -> None:
    mine, thief = house.browser(), house.browser()
    await mine.begin()
    own = await mine.session.get(f"{mine.address}/healthz")
    assert own.status == 200
    code = oauth.allow(house.slack.core, NORTH, ANN)
    await thief.begin()
    thief.state = mine.state
    assert (await thief.back(code=code))[0] == 400
    async with aiohttp.ClientSession() as bare:
        thief.session = bare
        assert (await thief.back(code=code))[0] == 400
    assert live(house) == []
    assert house.slack.called("oauth.v2.access") == []
    assert (await mine.back(code=code))[0] == 200  # and the theft has not used it up


async def test_a_state_is_worth_nothing_after_ten_minutes(house: House) -> None:
    browser = house.browser()
    await browser.begin()
    house.pass_time(timedelta(minutes=9, seconds=59))
    other = house.browser()
    await other.begin()
    house.pass_time(timedelta(seconds=1))
    assert (await browser.back(code=oauth.allow(house.slack.core, NORTH, ANN)))[0] == 400
    assert (await other.back(code=oauth.allow(house.slack.core, NORTH, ANN)))[0] == 200


async def test_two_tabs_of_one_browser_both_work(house: House) -> None:
    browser = house.browser()
    await browser.begin()
    first = browser.state
    await browser.begin()
    second, browser.state = browser.state, first
    assert (await browser.back(code=oauth.allow(house.slack.core, NORTH, ANN)))[0] == 200
    browser.state = second
    assert (await browser.back(code=oauth.allow(house.slack.core, WEST, DAN)))[0] == 200


@pytest.mark.parametrize("state", ["", "x", "x" * 43, "é" * 43, "x" * 5000, "gAAAAA" + "A" * 200])
async def test_a_made_up_state_is_refused(house: House, state: str) -> None:
    browser = house.browser()
    await browser.begin()
    browser.state = state
    assert (await browser.back(code="code1"))[0] == 400


async def test_a_code_works_once(house: House) -> None:
    code = oauth.allow(house.slack.core, NORTH, ANN)
    first, again = house.browser(), house.browser()
    await first.begin()
    await again.begin()
    assert (await first.back(code=code))[0] == 200
    status, page = await again.back(code=code)
    assert (status, "invalid_code" in page) == (502, True)


async def test_whoever_says_no_installs_nothing(house: House) -> None:
    browser = house.browser()
    await browser.begin()
    status, page = await browser.back(error="access_denied")
    assert (status, "Nothing was installed" in page, live(house)) == (200, True, [])
    await browser.begin()
    assert (await browser.back())[0] == 400


async def test_whoever_says_no_may_go_back_and_say_yes(house: House) -> None:
    """Nothing was done with the state, which is this browser's alone as before."""
    browser, thief = house.browser(), house.browser()
    await browser.begin()
    await browser.back(error="access_denied")
    await thief.begin()
    thief.state = browser.state
    code = oauth.allow(house.slack.core, NORTH, ANN)
    assert (await thief.back(code=code))[0] == 400
    assert (await browser.back(code=code))[0] == 200
    assert (await browser.back(code=oauth.allow(house.slack.core, WEST, DAN)))[0] == 400
    assert live(house) == [NORTH]


@pytest.mark.parametrize("fault", [down(), refuses("bad_client_secret"), refuses("<b>")])
@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
async def test_where_slack_gives_no_token_nothing_is_kept(house: House, fault, method: str) -> None:
    house.slack.fail(fault, method)
    browser = house.browser()
    await browser.begin()
    status, page = await browser.back(code=oauth.allow(house.slack.core, NORTH, ANN))
    assert (status, "Nothing was installed" in page, "<b>" in page, live(house)) == (502, True, False, [])


async def test_the_app_must_be_the_one_that_slack_knows(database_url: str) -> None:
    async with housed(database_url) as house:
        house.slack.world.client = ("11.22", "another")
        browser = house.browser()
        await browser.begin()
        status, page = await browser.back(code=oauth.allow(house.slack.core, NORTH, ANN))
        assert (status, "bad_client_secret" in page) == (502, True)


def rows(house: House) -> int:
    with house.running.app.database.reading() as handle:
        return handle.connection.exec_driver_sql("select count(*) from install_state").scalar_one()


async def test_a_flood_of_beginnings_and_made_up_ways_back_leaves_nothing(house: House) -> None:
    browser = house.browser()
    for _ in range(60):
        await browser.begin()
        assert (await browser.back(code="made-up"))[0] == 502
        browser.state = f"{browser.state[:-8]}AAAAAAA="
        assert (await browser.back(code="made-up"))[0] == 400
    assert rows(house) == 0
    await house.install()
    assert rows(house) == 1


async def test_a_state_of_one_process_counts_in_the_other_and_once_in_both(postgresql_url: str) -> None:
    async with housed(postgresql_url) as house, serving(postgresql_url, house.slack, house.now) as other:
        browser = house.browser()
        await browser.begin()
        browser.address = other.running.address
        assert (await browser.back(code=oauth.allow(house.slack.core, NORTH, ANN)))[0] == 200
        await other.settled()
        browser.address = house.running.address
        assert (await browser.back(code=oauth.allow(house.slack.core, WEST, DAN)))[0] == 400
        assert live(house) == [NORTH]


async def test_a_way_back_that_is_taken_many_times_at_once_installs_once(house: House) -> None:
    browser = house.browser()
    await browser.begin()
    codes = [oauth.allow(house.slack.core, NORTH, ANN) for _ in range(5)]
    came = [status for status, _ in await asyncio.gather(*(browser.back(code=code) for code in codes))]
    assert sorted(came) == [200, 400, 400, 400, 400]
    assert rows(house) == 1
    await house.settled()


async def test_no_more_codes_go_to_slack_at_a_time_than_a_few(sqlite_url: str) -> None:
    async with SlackDouble(burst=None) as slack:  # on a real clock, on which Slack is slow
        populate(slack)
        slack.fail(slow(1.0), "oauth.v2.access", times=MOST)
        async with serving(sqlite_url, slack) as house:
            browser = house.browser()
            await browser.begin()
            came = await asyncio.gather(*(browser.back(code="made-up") for _ in range(MOST + 4)))
            assert [status for status, _ in came].count(503) == 4
            assert "Please try again in a minute" in next(page for status, page in came if status == 503)
            await house.install()


async def test_every_page_stands_alone_and_is_kept_by_nobody(house: House) -> None:
    browser = house.browser()
    state = parse_qs(urlsplit(await where(browser)).query)["state"][0]
    code = oauth.allow(house.slack.core, NORTH, ANN)
    queries = [{}, {"error": "<script>"}, {"state": state, "code": "no"}, {"state": state, "code": code}]
    for query in queries:
        url = f"{browser.address}/slack/oauth_redirect"
        async with browser.session.get(url, params=query) as answer:
            page = await answer.text()
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "<script" not in page
        assert "prefers-color-scheme:dark" in page
        assert "width=device-width" in page
    await house.settled()


async def where(browser: Browser) -> str:
    """The address to which the button leads."""
    page = await browser.begin()
    return html.unescape(re.search(r'href="(https://slack[^"]+)"', page)[1])  # type: ignore[index]
