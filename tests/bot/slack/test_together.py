"""Several reminders in one message on Slack: what is done about one that was opened alone shows in the message."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.delivery import Delivery
from bot.slack.sender import SlackSender
from tests.bot.slack.stage import ANN, BOB, ROOM, Stage

_ACME = (
    "contract add Acme: title {0}, start 2026-03-01, end 2028-06-30, auto-renew 12 months, notice 90 days, "
    "method registered letter, transit 2, channel here"
)
_MORNING = datetime(2028, 2, 28, 8, tzinfo=UTC)


async def test_the_message_in_the_channel_is_edited_and_nothing_is_added(stage: Stage) -> None:
    for title in ("housings", "lids"):
        await stage.command(_ACME.format(title))
    stage.now = _MORNING
    delivery = Delivery(stage.app.database, {"slack": SlackSender(stage.face.api, stage.face.directory)})
    await delivery.deliver(_MORNING)
    delivery.close()
    (before,) = stage.public()
    assert "2 dates need attention" in before
    await stage.press("2. Acme lids", BOB)
    assert stage.private(BOB)[-1].startswith("Only you")
    await stage.press("Seen", BOB)
    (after,) = stage.public()
    assert "Seen by @Bob on 28 Feb" in after
    assert after.startswith("2 dates need attention")
    assert "Seen by @Bob" in stage.private(BOB)[-1]
    assert "1. Acme housings" not in stage.private(BOB)[-1]
    assert stage.private(ANN)[-1].startswith("Only you · Kept")
    assert len(stage.slack.messages(ROOM, bot_only=True)) == 1
