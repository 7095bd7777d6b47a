"""A small Slack for the double's own tests: one workspace, two insiders, one outsider, a tiny Bolt app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.serving import serve_bolt
from tests.doubles.slack.tiny_app import tiny_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def slack(clock: ManualClock) -> AsyncIterator[SlackDouble]:
    async with SlackDouble(clock=clock) as double:
        world = double.world
        world.add_workspace()
        world.add_user("U1ANNA", "anna")
        world.add_user("U2BEN", "ben")
        world.add_user("U9OUT", "olga", "T9ACME", is_stranger=True)
        world.add_channel("C1ACME", "acme", ["U1ANNA", "U2BEN"])
        world.add_channel("C2OPEN", "open", ["U1ANNA"], bot=False)
        world.add_channel("C3SHARED", "shared", ["U1ANNA", "U9OUT"], is_ext_shared=True, teams=["T9ACME"])
        yield double


@pytest.fixture
def client(slack: SlackDouble) -> AsyncWebClient:
    return AsyncWebClient(token="xoxb-T0PREP", base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
async def app(slack: SlackDouble) -> AsyncIterator[SlackDouble]:
    """The double with the tiny app connected to it."""
    async with serve_bolt(tiny_app(slack)) as url:
        slack.point_at(url)
        yield slack
