"""Messages that people change or take back, and channels that Prep is not in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.slack.stage import ANN, BOB, CAT, GUESTS, GUS, OPEN, OUT, ROOM, SHARED, Stage
from tests.doubles.slack import payloads
from tests.doubles.slack.faults import down

if TYPE_CHECKING:
    from tests.doubles.slack.sending import Delivery as Sent

EDITED = "Editing a message changes nothing that I have done."


async def put_in_afterwards(stage: Stage, words: str, user: str = ANN, channel: str = ROOM) -> Sent:
    """Somebody edits a message of theirs in a channel, so that it names Prep: Slack sends it as a mention."""
    said = stage.slack.say(user, channel, words)
    said.edited_ts = said.ts
    event = payloads.message_event(
        "app_mention", said, stage.slack.world.users[user], stage.slack.world.channels[channel]
    )
    event["edited"] = {"user": user, "ts": said.ts}
    event["text"] = f"<@{stage.slack.world.workspaces['T0PREP'].bot_user_id}> {words}"
    sent: Sent = await stage.slack.event(event)
    await stage.settled()
    return sent


async def plans(stage: Stage, user: str = ANN) -> str:
    await stage.command("plans", user)
    return stage.private(user)[-1]


async def test_an_edited_mention_is_not_done_and_its_author_is_told_once_in_private(anywhere: Stage) -> None:
    await anywhere.dm("new quick Acme: housings")
    await anywhere.dm("later")
    sent = await put_in_afterwards(anywhere, "rename acme Borg")
    await anywhere.slack.retry(sent)
    await anywhere.settled()
    assert [text for text in anywhere.private() if EDITED in text] == [anywhere.private()[-1]]
    assert anywhere.private(BOB) == []
    assert anywhere.public() == []
    assert "Acme: housings" in await plans(anywhere)


@pytest.mark.parametrize(("user", "channel"), [(OUT, SHARED), (GUS, GUESTS)])
async def test_an_outsider_who_edits_is_told_nothing(stage: Stage, user: str, channel: str) -> None:
    await put_in_afterwards(stage, "hub", user, channel)
    assert (stage.private(user, channel), stage.public(channel)) == ([], [])


async def test_a_message_with_answers_that_was_deleted_counts_as_deleted(anywhere: Stage) -> None:
    """Slack keeps the place of a message that has a thread: it tells of a change, to a tombstone."""
    await anywhere.dm("new quick Acme: housings")
    said = anywhere.slack.direct_messages(ANN)[0]
    before = said.as_json()
    gone = {**before, "subtype": "tombstone", "text": "This message was deleted.", "hidden": True}
    event = {"type": "message", "subtype": "message_changed", "channel": anywhere.direct(), "hidden": True, "ts": "9.1",
             "event_ts": "9.1", "channel_type": "im", "message": gone, "previous_message": before}  # fmt: skip
    sent = await anywhere.slack.event(event)
    await anywhere.slack.retry(sent)
    await anywhere.settled()
    assert [text.split()[0] for text in anywhere.told() if "that I have done" in text] == ["Deleting"]
    assert "Acme: housings" in await plans(anywhere)


async def test_what_was_given_stays_given_after_editing_and_deleting(anywhere: Stage) -> None:
    for line in (
        "new quick Acme: housings",
        "later",
        "term acme price: open 3.45, target 3.70, stop 4.05",
        "give acme price 3.45 -> 3.50",
    ):
        await anywhere.dm(line)
    said = [m for m in anywhere.slack.direct_messages(ANN) if not m.bot_id][-1]
    await anywhere.slack.edit(ANN, said, "give acme price 3.50 -> 3.90")
    await anywhere.slack.erase(ANN, said)
    await anywhere.settled()
    await anywhere.command("log acme")
    assert "3.50" in anywhere.private()[-1]
    assert "3.90" not in anywhere.private()[-1]


# ---- channels that Prep is not in ----


@pytest.fixture
async def planned(anywhere: Stage) -> Stage:
    await anywhere.dm("new quick Acme: housings")
    await anywhere.dm("later")
    return anywhere


async def test_channel_says_how_to_invite_and_links_nothing(planned: Stage) -> None:
    await planned.command(f"channel acme <#{OPEN}|open>")
    assert "I am not in #open yet" in planned.private()[-1]
    assert "/invite @Prep" in planned.private()[-1]
    await planned.command("channel acme")
    assert "No channel is about this plan" in planned.private()[-1]
    bot = planned.slack.world.workspaces["T0PREP"].bot_user_id
    await planned.slack.join(bot, OPEN)
    await planned.settled()
    await planned.command(f"channel acme <#{OPEN}|open>")
    assert "In #open you can now leave out the plan's name" in planned.private()[-1]


async def test_contract_add_says_how_to_invite(planned: Stage) -> None:
    for named in (f"<#{OPEN}|open>", "<#C0NEVER|secret>"):
        await planned.command(
            f"contract add Acme {named[-5:-1]}: end 2028-06-30, notice 90 days, channel {named}"
        )
        told = [*planned.private(), *planned.public()][-1]
        assert "I am not in #" in told
        assert "/invite @Prep" in told


async def test_where_slack_does_not_answer_it_does_not_say_that_it_is_not_there(planned: Stage) -> None:
    planned.slack.fail(down(), "conversations.info", times=9)
    await planned.command(f"channel acme <#{ROOM}|room>")
    assert "I could not find out whether I am in #" in planned.private()[-1]


async def test_somebody_whom_prep_has_not_met_is_told_by_name(stage: Stage) -> None:
    await stage.command(f"settings outside <@{CAT}> for acme")
    told = stage.private()[-1]
    assert "counts as outside from now on" in told
    assert CAT not in told
