"""Reminders to Slack: what becomes of a post, and finding one again whose answer was lost."""

from __future__ import annotations

from typing import Any

import pytest

from bot.outcomes import CannotTell, Gone, NoAnswer, Posted, RetryLater, Unknown
from bot.slack.sender import SlackSender
from handlers.gate import Withheld, seal
from handlers.turn import (
    Address,
    AskChannel,
    Choice,
    Choices,
    Heading,
    Mark,
    Preview,
    Reply,
    Text,
    WorkspaceKey,
)
from tests.bot.slack.stage import ANN, GUESTS, OPEN, ROOM, SHARED, Stage
from tests.doubles.slack.faults import down, drop_after_accepting, error, ratelimited, refuses

KEY = WorkspaceKey("slack", "T0PREP")
CHANNEL, PERSON = Address(ROOM, direct=False), Address(ANN, direct=True)


@pytest.fixture
def sender(stage: Stage) -> SlackSender:
    return SlackSender(stage.face.api, stage.face.directory)


def sealed(*lines: str, mark: Mark = Mark.INSIDE) -> Any:
    parts = (Heading("Acme housings"), Text(lines), Choices((Choice("Seen", "seen 1"),)))
    return seal(Reply(parts, preview=Preview.CONTRACT), mark, (), ANN)


@pytest.mark.parametrize("to", [CHANNEL, PERSON])
async def test_it_is_posted_and_found_by_its_token(stage: Stage, sender: SlackSender, to: Address) -> None:
    done = await sender.post(KEY, to, sealed("send notice"), "token-1")
    assert isinstance(done, Posted)
    assert await sender.arrived(KEY, to, "token-1") == done.message
    assert await sender.arrived(KEY, to, "token-2") is None


async def test_in_a_thread_too(stage: Stage, sender: SlackSender) -> None:
    root = stage.slack.say(ANN, ROOM, "Acme")
    to = Address(ROOM, direct=False, thread=root.ts)
    done = await sender.post(KEY, to, sealed("x"), "token-1")
    assert stage.slack.last(ROOM).thread_ts == root.ts
    assert isinstance(done, Posted)
    assert await sender.arrived(KEY, to, "token-1") == done.message


async def test_the_notification_and_the_metadata_tell_nothing(stage: Stage, sender: SlackSender) -> None:
    await sender.post(KEY, CHANNEL, sealed("send notice"), "token-1")
    said = stage.slack.last(ROOM)
    assert said.text == "A contract date needs attention"
    assert said.metadata == {"event_type": "prep_reminder", "event_payload": {"id": "token-1"}}


@pytest.mark.parametrize(
    ("fault", "fate"),
    [
        (drop_after_accepting(), Unknown()),
        (down(), Unknown()),
        (error(503), Unknown()),
        (refuses("fatal_error"), Unknown()),
        (ratelimited(17), RetryLater(17)),
        (refuses("is_archived"), Gone()),
        (refuses("not_in_channel"), Gone()),
        (refuses("token_revoked"), RetryLater(300, whole=True)),
        (refuses("msg_too_long"), RetryLater(300, whole=False)),
    ],
)
async def test_what_becomes_of_it(stage: Stage, sender: SlackSender, fault: Any, fate: Any) -> None:
    stage.slack.fail(fault, "chat.postMessage")
    assert await sender.post(KEY, CHANNEL, sealed("x"), "token-1") == fate
    assert len(stage.slack.called("chat.postMessage")) == 1


async def test_a_lost_answer_is_found_again(stage: Stage, sender: SlackSender) -> None:
    stage.slack.fail(drop_after_accepting(), "chat.postMessage", times=1)
    await sender.post(KEY, CHANNEL, sealed("x"), "token-1")
    assert await sender.arrived(KEY, CHANNEL, "token-1") == stage.slack.last(ROOM).ts


async def test_it_is_found_behind_many_others(stage: Stage, sender: SlackSender) -> None:
    done = await sender.post(KEY, CHANNEL, sealed("x"), "token-1")
    for n in range(450):
        stage.slack.say(ANN, ROOM, f"line {n}")
    assert isinstance(done, Posted)
    assert await sender.arrived(KEY, CHANNEL, "token-1") == done.message


async def test_where_it_cannot_be_looked_up_it_cannot_be_told(stage: Stage, sender: SlackSender) -> None:
    await stage.face.identity.get()
    stage.slack.fail(down(), "conversations.history")
    with pytest.raises(CannotTell):
        await sender.arrived(KEY, CHANNEL, "token-1")
    stage.slack.faults.clear()
    assert await sender.arrived(KEY, Address("C0NONE", direct=False), "token-1") is None


@pytest.mark.parametrize("channel", [SHARED, GUESTS])
async def test_what_is_for_inside_members_is_not_posted_among_others(
    stage: Stage, sender: SlackSender, channel: str
) -> None:
    fate = await sender.post(KEY, Address(channel, direct=False), sealed("x"), "token-1")
    assert isinstance(fate, Withheld)
    assert stage.slack.called("chat.postMessage") == []


async def test_where_prep_is_not_any_more_nobody_from_outside_is_to_blame(
    stage: Stage, sender: SlackSender
) -> None:
    stage.slack.world.channels[SHARED].is_archived = True
    for channel in ("C0NONE", SHARED):
        assert await sender.post(KEY, Address(channel, direct=False), sealed("x"), "token-1") == Gone()
    assert stage.slack.called("chat.postMessage") == []


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "not_in_channel"])
async def test_a_channel_that_slack_refuses_to_tell_of_is_gone(
    stage: Stage, sender: SlackSender, code: str
) -> None:
    stage.slack.fail(refuses(code), "conversations.info")
    assert await sender.post(KEY, CHANNEL, sealed("x"), "token-1") == Gone()
    assert stage.slack.called("chat.postMessage") == []


async def test_another_refusal_to_tell_counts_as_outside(stage: Stage, sender: SlackSender) -> None:
    stage.slack.fail(refuses("missing_scope"), "conversations.info")
    assert isinstance(await sender.post(KEY, CHANNEL, sealed("x"), "token-1"), Withheld)


async def test_a_channel_without_prep_is_gone(stage: Stage, sender: SlackSender) -> None:
    assert await sender.post(KEY, Address(OPEN, direct=False), sealed("x"), "token-1") == Gone()


async def test_a_long_one_comes_whole(stage: Stage, sender: SlackSender) -> None:
    lines = [f"contract {n}: " + "x" * 90 for n in range(300)]
    done = await sender.post(KEY, CHANNEL, sealed(*lines), "token-1")
    said = stage.slack.messages(ROOM, bot_only=True)
    assert isinstance(done, Posted)
    assert said[0].ts == done.message
    assert all(f"contract {n}:" in "\n".join(map(stage.read, said)) for n in range(300))


@pytest.mark.parametrize("times", [None, 1])
@pytest.mark.parametrize("method", ["conversations.info", "conversations.members", "users.info", "auth.test"])
async def test_where_slack_does_not_tell_who_reads_it_now_it_waits(
    stage: Stage, sender: SlackSender, method: str, times: int | None
) -> None:
    """Not knowing counts as outside, but a moment of not knowing is no reason to take it elsewhere, however short."""
    stage.slack.fail(error(503), method, times=times)
    assert await sender.post(KEY, CHANNEL, sealed("x"), "token-1") == NoAnswer(30)
    stage.slack.faults.clear()
    assert isinstance(await sender.post(KEY, CHANNEL, sealed("x"), "token-1"), Posted)


async def test_where_there_is_no_connection_nothing_was_sent(stage: Stage, sender: SlackSender) -> None:
    await stage.face.directory.find(KEY, AskChannel(ROOM))
    await stage.slack.server.stop()
    fate = await sender.post(KEY, CHANNEL, sealed("x"), "token-1")
    await stage.slack.server.start()
    assert fate == RetryLater(30, whole=True)


async def test_a_look_up_that_is_to_wait_says_how_long(stage: Stage, sender: SlackSender) -> None:
    await stage.face.identity.get()
    stage.slack.fail(ratelimited(60), "conversations.history")
    with pytest.raises(CannotTell) as doubt:
        await sender.arrived(KEY, CHANNEL, "token-1")
    assert doubt.value.seconds == 60
