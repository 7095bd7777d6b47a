"""Faults: what the app sees, and what took effect all the same."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack import faults
from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble


def texts(slack: SlackDouble) -> list[str]:
    return [m.text for m in slack.messages("C1ACME")]


async def test_a_dropped_post_has_arrived(slack: SlackDouble, client: AsyncWebClient) -> None:
    slack.fail(faults.drop_after_accepting(), "chat.postMessage", times=1)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C1ACME", text="once")
    assert texts(slack) == ["once"]
    assert slack.calls[-1].status == 0


async def test_the_clients_default_retry_posts_twice(slack: SlackDouble, clock: ManualClock) -> None:
    slack.core.pace.burst = None
    slack.fail(faults.drop_after_accepting(), "chat.postMessage", times=1)
    careless = AsyncWebClient(token="xoxb-T0PREP", base_url=slack.api_url)
    await careless.chat_postMessage(channel="C1ACME", text="twice")
    assert texts(slack) == ["twice", "twice"]


async def test_down_takes_no_effect_and_passes(
    slack: SlackDouble, client: AsyncWebClient, clock: ManualClock
) -> None:
    slack.fail(faults.down(), seconds=60)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C1ACME", text="lost")
    clock.advance(61)
    await client.chat_postMessage(channel="C1ACME", text="kept")
    assert texts(slack) == ["kept"]


async def test_refusing_connections_keeps_the_port_and_the_world(
    slack: SlackDouble, client: AsyncWebClient
) -> None:
    before = slack.api_url
    async with slack.refusing():
        with pytest.raises(aiohttp.ClientConnectorError):
            await client.chat_postMessage(channel="C1ACME", text="lost")
    await client.chat_postMessage(channel="C1ACME", text="kept")
    assert slack.api_url == before
    assert texts(slack) == ["kept"]


async def test_server_errors_and_refusals(slack: SlackDouble, client: AsyncWebClient) -> None:
    slack.fail(faults.error(503), "chat.postMessage", times=1)
    slack.fail(faults.refuses("channel_not_found"), "chat.postMessage", times=1)
    statuses = []
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="C1ACME", text="lost")
        statuses.append(caught.value.response.status_code)
    assert statuses == [503, 200]
    await client.auth_test()
    assert texts(slack) == []


async def test_a_rate_limited_post_is_sent_after_the_wait(slack: SlackDouble) -> None:
    retrying = AsyncWebClient(
        token="xoxb-T0PREP", base_url=slack.api_url, retry_handlers=[AsyncRateLimitErrorRetryHandler()]
    )
    slack.fail(faults.ratelimited(0), "chat.postMessage", times=1)
    await retrying.chat_postMessage(channel="C1ACME", text="at last")
    assert [call.status for call in slack.called("chat.postMessage")] == [429, 200]
    assert texts(slack) == ["at last"]


async def test_slow_passes_on_the_doubles_clock(
    slack: SlackDouble, client: AsyncWebClient, clock: ManualClock
) -> None:
    before = clock.now()
    slack.fail(faults.slow(20), times=1)
    await client.chat_postMessage(channel="C1ACME", text="late")
    assert clock.now() == before + 20
    slack.fail(faults.slow(5))
    slack.faults.clear()
    await client.auth_test()
    assert clock.now() == before + 20
