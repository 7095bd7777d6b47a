"""Commands, mentions and direct messages: what comes back, and who sees it."""

from __future__ import annotations

import pytest

from tests.bot.slack.stage import ANN, BOB, OPEN, ROOM, Stage


async def test_a_command_is_answered_in_the_acknowledgement_to_the_asker_alone(anywhere: Stage) -> None:
    delivery = await anywhere.command("")
    assert delivery.json["response_type"] == "ephemeral"
    assert delivery.json["text"] == "Prep: answer ready"
    assert "no plan yet" in anywhere.private()[0]
    assert anywhere.public() == []


async def test_a_second_command_asks_slack_for_nothing(stage: Stage) -> None:
    await stage.command("")
    before = len(stage.slack.calls)
    await stage.command("")
    assert stage.slack.calls[before:] == []


async def test_help_is_for_everybody_in_a_channel_where_it_was_asked_for_in_front_of_all(
    stage: Stage,
) -> None:
    await stage.mention("help")
    assert stage.private() == []
    assert len(stage.public()) == 1


@pytest.mark.parametrize("words", ["help", "help batna acme 4.05", "what can you do"])
async def test_no_command_is_answered_for_everybody_as_slack_would_show_what_was_typed(
    stage: Stage, words: str
) -> None:
    delivery = await stage.command(words)
    assert delivery.json["response_type"] == "ephemeral"
    assert len(stage.private()) == 1
    assert stage.public() == []


async def test_a_command_works_where_prep_is_no_member(stage: Stage) -> None:
    await stage.command("", channel=OPEN)
    assert stage.private(channel=OPEN)


async def test_a_private_answer_says_so_in_its_heading(stage: Stage) -> None:
    await stage.command("")
    assert stage.private()[0].startswith("Only you · ")


async def test_a_direct_message_is_answered_there_without_only_you(stage: Stage) -> None:
    await stage.dm("hub")
    assert len(stage.told()) == 1
    assert "Only you" not in stage.told()[0]


async def test_a_private_answer_to_a_mention_is_seen_by_the_author_alone(stage: Stage) -> None:
    await stage.mention("hub")
    assert stage.private()[0].startswith("Only you")
    assert (stage.private(BOB), stage.public(), stage.told()) == ([], [], [])


async def test_a_private_answer_in_a_thread_is_seen_in_that_thread(stage: Stage) -> None:
    root = stage.slack.say(BOB, ROOM, "What about Acme?")
    await stage.mention("hub", thread_ts=root.ts)
    found = stage.slack.ephemerals(ROOM, ANN)[0]
    assert (found.thread_ts, found.seen) == (root.ts, True)


async def test_an_answer_for_everybody_stays_in_the_thread_of_the_mention(stage: Stage) -> None:
    await stage.mention("help")
    asked, answered = stage.slack.messages(ROOM)
    assert answered.thread_ts == asked.ts
    await stage.mention("help", thread_ts=asked.ts)
    assert stage.slack.last(ROOM).thread_ts == asked.ts


async def test_whoever_left_the_channel_gets_the_answer_as_a_direct_message(stage: Stage) -> None:
    stage.slack.fail(_refuses("user_not_in_channel"), "chat.postEphemeral")
    await stage.mention("hub")
    assert len(stage.told()) == 1
    assert stage.private() == []


async def test_a_direct_message_in_a_thread_is_answered_in_it(stage: Stage) -> None:
    await stage.dm("hub")
    root = stage.slack.direct_messages(ANN)[0]
    await stage.dm("hub", thread_ts=root.ts)
    threads = [m.thread_ts for m in stage.slack.direct_messages(ANN) if m.bot_id]
    assert threads == [None, root.ts]


async def test_a_guided_conversation_goes_on_wherever_the_person_writes(stage: Stage) -> None:
    await stage.dm("new Acme: housings quick")
    root = stage.slack.direct_messages(ANN)[0]
    first = stage.told()[-1]
    await stage.dm("Acme, housings, 30k a year, 3.95", thread_ts=root.ts)
    assert stage.told()[-1] != first


async def test_a_command_in_the_direct_message_with_prep_stays_there(stage: Stage) -> None:
    direct = stage.direct()
    delivery = await stage.command("", channel=direct)
    assert delivery.json["response_type"] == "in_channel"
    assert len(stage.told()) == 1


async def test_a_direct_message_between_two_people_is_no_place_of_ours(stage: Stage) -> None:
    stage.slack.world.add_channel("D7TWO", "directmessage", [ANN, BOB], bot=False, is_im=True)
    delivery = await stage.command("", channel="D7TWO")
    assert delivery.json["response_type"] == "ephemeral"
    assert stage.private(BOB, "D7TWO") == []


def _refuses(code: str):
    from tests.doubles.slack.faults import refuses

    return refuses(code)
