"""Events that Slack sends again, and messages that people change afterwards."""

from __future__ import annotations

import asyncio

from tests.bot.slack.stage import ANN, BOB, ROOM, Stage
from tests.doubles.slack.faults import slow


async def test_a_retried_mention_acts_and_answers_once(anywhere: Stage) -> None:
    delivery = await anywhere.mention("hub")
    for number in (1, 2, 3):
        await anywhere.slack.retry(delivery, number)
    await anywhere.settled()
    assert len(anywhere.private()) == 1


async def test_a_retried_direct_message_acts_once(anywhere: Stage) -> None:
    delivery = await anywhere.dm("new quick Acme: housings")
    count = len(anywhere.told())
    await anywhere.slack.retry(delivery)
    await anywhere.settled()
    assert len(anywhere.told()) == count
    await anywhere.command("")
    assert anywhere.private()[-1].count("Acme: housings") == 1


async def test_two_that_arrive_together_act_once(anywhere: Stage) -> None:
    delivery = await anywhere.dm("hub")
    anywhere.slack.world.said.clear()
    delivery = await anywhere.slack.dm(ANN, "new quick Acme: housings")
    await asyncio.gather(*(anywhere.slack.retry(delivery, n) for n in (1, 2)))
    await anywhere.settled()
    await anywhere.command("")
    assert anywhere.private()[-1].count("Acme: housings") == 1


async def test_an_error_is_told_once(stage: Stage) -> None:
    delivery = await stage.dm("offer nobody")
    await stage.slack.retry(delivery)
    await stage.settled()
    assert len(stage.told()) == 1


async def test_editing_a_message_changes_nothing_and_says_so(stage: Stage) -> None:
    await stage.dm("new quick Acme: housings")
    said = stage.slack.direct_messages(ANN)[0]
    delivery = await stage.slack.edit(ANN, said, "new quick Borg: housings")
    await stage.slack.retry(delivery)
    await stage.settled()
    assert [text for text in stage.told() if text.startswith("Editing")] == [stage.told()[-1]]
    await stage.command("")
    assert "Borg" not in stage.private()[-1]


async def test_deleting_a_message_takes_nothing_back_and_says_so(stage: Stage) -> None:
    await stage.dm("new quick Acme: housings")
    await stage.slack.erase(ANN, stage.slack.direct_messages(ANN)[0])
    await stage.settled()
    assert stage.told()[-1].startswith("Deleting")
    await stage.command("")
    assert "Acme" in stage.private()[-1]


async def test_what_prep_itself_changes_is_no_editing(stage: Stage) -> None:
    await stage.dm("hub")
    answer = stage.slack.direct_messages(ANN)[-1]
    await stage.slack.edit(ANN, answer, "other")
    await stage.settled()
    assert len(stage.told()) == 1


async def test_a_preview_of_a_link_is_no_editing(stage: Stage) -> None:
    await stage.dm("hub")
    said = stage.slack.direct_messages(ANN)[0]
    await stage.slack.edit(ANN, said, "hub")
    await stage.settled()
    assert len(stage.told()) == 1


async def test_prep_introduces_itself_once_when_it_is_added(stage: Stage) -> None:
    stage.slack.world.add_channel("C8NEW", "new", [ANN], bot=False)
    bot = stage.slack.world.workspaces["T0PREP"].bot_user_id
    delivery = await stage.slack.join(bot, "C8NEW")
    await stage.slack.retry(delivery)
    await stage.settled()
    assert len(stage.public("C8NEW")) == 1
    assert stage.public("C8NEW")[0].startswith("I am Prep.")


async def test_it_says_nothing_when_others_come(stage: Stage) -> None:
    await stage.slack.join("U3CAT", ROOM)
    await stage.settled()
    assert stage.public() == []


async def test_other_messages_are_politely_ignored(stage: Stage) -> None:
    direct = stage.direct()
    base = {"type": "message", "channel": direct, "ts": "1.1", "event_ts": "1.1", "channel_type": "im"}
    for more in (
        {"bot_id": "B9", "user": "U9", "text": "hub"},
        {"subtype": "channel_topic", "user": ANN, "text": "hub"},
        {"subtype": "bot_message", "text": "hub"},
        {"text": "hub"},
        {"user": "USLACKBOT", "subtype": "reminder_add", "text": "hub"},
    ):
        await stage.slack.event(base | more)
    await stage.slack.event(
        {"type": "message", "channel": ROOM, "channel_type": "channel", "user": BOB, "text": "hub", "ts": "1"}
    )
    await stage.slack.event({"type": "reaction_added", "user": BOB})
    await stage.settled()
    assert (stage.told(), stage.private(), stage.public()) == ([], [], [])


async def test_a_file_is_not_read_and_prep_says_so(stage: Stage) -> None:
    event = {"type": "message", "subtype": "file_share", "channel": stage.direct(), "user": ANN, "text": "see", "ts": "1.1",
             "event_ts": "1.1", "channel_type": "im", "files": [{"id": "F1"}]}  # fmt: skip
    await stage.slack.event(event)
    await stage.settled()
    assert stage.told()[-1].startswith("I do not read files")


async def test_an_event_for_another_workspace_is_ignored(stage: Stage) -> None:
    stage.slack.world.add_workspace("T0OTHER")
    event = {"type": "message", "channel": "D1", "user": ANN, "text": "hub", "ts": "1", "channel_type": "im"}
    await stage.slack.event(event, team="T0OTHER")
    await stage.settled()
    assert stage.slack.world.said == []


async def test_a_slow_slack_does_not_make_an_event_come_again(stage: Stage) -> None:
    stage.slack.fail(slow(5), "chat.postMessage", times=1)
    delivery = await stage.dm("hub")
    assert delivery.ok
    assert len(stage.told()) == 1
