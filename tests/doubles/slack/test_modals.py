"""views.*: triggers, the stack, hashes, Home."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.tiny_app import error_of

VIEW: dict[str, Any] = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Plan"},
    "blocks": [{"type": "divider"}],
}


async def test_a_trigger_lives_three_seconds_and_once(
    slack: SlackDouble, client: AsyncWebClient, clock: ManualClock
) -> None:
    used, late = (slack.core.tickets.trigger("U1ANNA", "T0PREP") for _ in range(2))
    await client.views_open(trigger_id=used, view=VIEW)
    assert await error_of(client.views_open(trigger_id=used, view=VIEW)) == "exchanged_trigger_id"
    clock.advance(3.1)
    assert await error_of(client.views_open(trigger_id=late, view=VIEW)) == "expired_trigger_id"
    assert await error_of(client.views_open(trigger_id="1.2.x", view=VIEW)) == "invalid_trigger_id"


async def test_three_modals_in_a_stack(slack: SlackDouble, client: AsyncWebClient) -> None:
    def trigger() -> str:
        return slack.core.tickets.trigger("U1ANNA", "T0PREP")

    assert await error_of(client.views_push(trigger_id=trigger(), view=VIEW)) == "not_found"
    await client.views_open(trigger_id=trigger(), view=VIEW)
    await client.views_push(trigger_id=trigger(), view=VIEW)
    third = await client.views_push(trigger_id=trigger(), view=VIEW)
    assert third["view"]["previous_view_id"] == slack.views[1].id
    assert await error_of(client.views_push(trigger_id=trigger(), view=VIEW)) == "push_limit_reached"


async def test_a_stale_hash_is_a_conflict(slack: SlackDouble, client: AsyncWebClient) -> None:
    trigger = slack.core.tickets.trigger("U1ANNA", "T0PREP")
    view = (await client.views_open(trigger_id=trigger, view=VIEW))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=VIEW)
    stale = client.views_update(view_id=view["id"], hash=view["hash"], view=VIEW)
    assert await error_of(stale) == "hash_conflict"
    assert await error_of(client.views_update(view_id="V404", view=VIEW)) == "not_found"


async def test_home_is_published_for_members(slack: SlackDouble, client: AsyncWebClient) -> None:
    home = {"type": "home", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Plans"}}]}
    await client.views_publish(user_id="U1ANNA", view=home)
    assert slack.reading(slack.home("U1ANNA")) == "Plans"
    assert await error_of(client.views_publish(user_id="U9OUT", view=home)) == "invalid_arguments"


async def test_a_bad_view_names_the_place_and_a_huge_one_is_too_large(
    slack: SlackDouble, client: AsyncWebClient
) -> None:
    trigger = slack.core.tickets.trigger("U1ANNA", "T0PREP")
    long = VIEW | {"title": {"type": "plain_text", "text": "x" * 25}}
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=trigger, view=long)
    assert "json-pointer:/view/title" in str(caught.value.response["response_metadata"])
    huge = VIEW | {"blocks": [{"type": "section", "text": {"type": "plain_text", "text": "x" * 2999}}] * 90}
    assert await error_of(client.views_open(trigger_id=trigger, view=huge)) == "view_too_large"
    await client.views_open(trigger_id=trigger, view=VIEW)
