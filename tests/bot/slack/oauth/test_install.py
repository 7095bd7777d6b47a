"""Installing: the way there and back, and whoever tries to get in on the way."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie

import aiohttp
import pytest

from bot.slack.needs import SCOPES
from storage.installations import Installations
from tests.bot.slack.oauth.stage import ANN, DAN, NORTH, WEST, YARD, House, housed
from tests.doubles.slack import oauth
from tests.doubles.slack.faults import down, refuses


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


@pytest.mark.parametrize("state", ["", "x", "x" * 43, "é" * 43, "x" * 5000])
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
    assert (await browser.back(code=oauth.allow(house.slack.core, NORTH, ANN)))[
        0
    ] == 400  # the state is used up
    await browser.begin()
    assert (await browser.back())[0] == 400


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
