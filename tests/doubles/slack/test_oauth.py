"""oauth.v2.access of the double."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack import oauth

if TYPE_CHECKING:
    from tests.doubles.slack.clocks import ManualClock
    from tests.doubles.slack.double import SlackDouble

TEAM = "T0PREP"


async def access(slack: SlackDouble, **said: str) -> Any:
    given = {"client_id": "1.2", "client_secret": "s"} | said
    return await AsyncWebClient(base_url=slack.api_url).api_call("oauth.v2.access", data=given)


async def refused(slack: SlackDouble, **said: str) -> str:
    with pytest.raises(SlackApiError) as problem:
        await access(slack, **said)
    return str(problem.value.response["error"])


async def test_a_code_names_who_allowed_it_and_is_taken_once(slack: SlackDouble) -> None:
    code = oauth.allow(slack.core, TEAM, "U1ANNA")
    answer = await access(slack, code=code)
    assert (answer["access_token"], answer["authed_user"]["id"]) == ("xoxb-T0PREP", "U1ANNA")
    assert "refresh_token" not in answer.data
    assert await refused(slack, code=code) == "invalid_code"


async def test_the_app_is_checked_where_it_is_known(slack: SlackDouble) -> None:
    slack.world.client = ("1.2", "s")
    assert await refused(slack, client_id="3.4") == "invalid_client_id"
    assert await refused(slack, client_secret="x") == "bad_client_secret"
    assert (await access(slack, code=oauth.allow(slack.core, TEAM)))["ok"]


async def test_a_token_that_ends_is_followed_by_the_next(slack: SlackDouble, clock: ManualClock) -> None:
    slack.world.workspaces[TEAM].rotates = True
    first = await access(slack, code=oauth.allow(slack.core, TEAM))
    assert first["expires_in"] == 43_200
    clock.advance(40_000)
    said = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = await access(slack, **said)
    assert await refused(slack, **said) == "invalid_refresh_token"
    for token in (first["access_token"], second["access_token"]):
        assert (await AsyncWebClient(token, base_url=slack.api_url).auth_test())["ok"]
    clock.advance(4_000)
    with pytest.raises(SlackApiError, match="token_expired"):
        await AsyncWebClient(first["access_token"], base_url=slack.api_url).auth_test()
    assert (await AsyncWebClient(second["access_token"], base_url=slack.api_url).auth_test())["ok"]


async def test_an_enterprise_has_no_team(slack: SlackDouble) -> None:
    space = slack.world.workspaces[TEAM]
    space.enterprise_id, space.everywhere = "E1", True
    answer = await access(slack, code=oauth.allow(slack.core, TEAM))
    assert (answer["team"], answer["enterprise"]["id"], answer["is_enterprise_install"]) == (None, "E1", True)


async def test_an_app_that_was_taken_away_gets_another_token(app: SlackDouble) -> None:
    told = await app.uninstall(TEAM)
    assert [one.status for one in told] == [404, 404]  # the tiny app hears nothing of it
    app.troubles.clear()
    answer = await access(app, code=oauth.allow(app.core, TEAM))
    assert answer["access_token"] != "xoxb-T0PREP"
    assert (await AsyncWebClient(answer["access_token"], base_url=app.api_url).auth_test())["ok"]
