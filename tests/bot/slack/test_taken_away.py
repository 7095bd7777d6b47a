"""Prep with one bot token is taken away from its workspace: what is due meanwhile is neither lost nor told to anybody else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.config import Settings
from bot.delivery import Delivery
from bot.slack.check import check
from bot.slack.sender import SlackSender
from tests.bot.slack.stage import BOB, ROOM, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MORNING = datetime(2027, 12, 31, 9, 5, tzinfo=UTC)
CONTRACT = (
    "contract add Acme: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days, "
    f"channel <#{ROOM}|room>"
)


@pytest.fixture
async def delivery(anywhere: Stage) -> AsyncIterator[Delivery]:
    """The real delivery on the same database."""
    sender = SlackSender(anywhere.face.api, anywhere.face.directory)
    made = Delivery(anywhere.app.database, {"slack": sender}, sleep=_at_once)
    yield made
    made.close()


async def _at_once(_: float) -> None:
    return None


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
async def test_what_is_due_waits_for_the_next_installation(
    anywhere: Stage, delivery: Delivery, event: str
) -> None:
    await anywhere.command(CONTRACT, BOB)
    space = anywhere.slack.world.workspaces["T0PREP"]
    await anywhere.slack.event({"type": event, "tokens": {"bot": ["U0BOT"]}})
    await anywhere.settled()
    space.revoked = True
    room, bob = len(anywhere.public()), len(anywhere.told(BOB))
    for minutes in (0, 10, 20):
        anywhere.now = MORNING + timedelta(minutes=minutes)
        await delivery.deliver(anywhere.now)
    assert (len(anywhere.public()), len(anywhere.told(BOB))) == (room, bob)
    space.revoked = False
    anywhere.now = MORNING + timedelta(hours=3)
    await delivery.deliver(anywhere.now)
    assert "send notice by" in anywhere.public()[-1]
    assert "Posted late" in anywhere.public()[-1]
    assert len(anywhere.told(BOB)) == bob


async def test_check_says_what_happened_and_what_helps(stage: Stage) -> None:
    stage.slack.world.workspaces["T0PREP"].revoked = True
    given = {
        "slack_bot_token": "xoxb-T0PREP",
        "slack_signing_secret": "x",
        "slack_api_url": stage.slack.api_url,
    }
    settings = Settings(_env_file=None, **given)  # type: ignore[call-arg, arg-type]
    found = (await asyncio.to_thread(check, settings))[0]
    assert found.works is False
    assert "Slack says token_revoked. Prep was taken away from the workspace" in found.text
    assert "set the new SLACK_BOT_TOKEN" in found.text
    assert "xoxb" not in found.text
