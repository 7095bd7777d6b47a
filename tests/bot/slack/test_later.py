"""Attacks on Slack with what was allowed once: old buttons, readers who were listed, channels that changed."""

from __future__ import annotations

import pytest

from tests.bot.slack.stage import ANN, BOB, CAT, GUS, OUT, ROOM, Stage

REFUSED = "Prep answers inside members of this workspace only."
SECRET = ("Dorg", "4.18", "obsidian")


@pytest.fixture
async def planned(anywhere: Stage) -> Stage:
    """Ann's plan, which Bob may read."""
    for line in ("new quick Acme: obsidian", "later", "batna acme add Dorg = 4.18, chance 80 %"):
        await anywhere.dm(line)
    await anywhere.command(f"share acme <@{BOB}>")
    await anywhere.command("batna acme", BOB)
    assert "Dorg" in anywhere.private(BOB)[-1]
    return anywhere


def seen(stage: Stage, user: str, since: int) -> list[str]:
    """What Prep said since then that this person could read, wherever it was."""
    direct = stage.direct(user)
    return [
        stage.read(m)
        for m in stage.slack.world.said[since:]
        if m.bot_id
        and (m.only_for == user or m.channel == direct or (m.only_for is None and m.channel == ROOM))
    ]


def leaks(texts: list[str]) -> set[str]:
    return {word for word in SECRET for text in texts if word in text}


async def press_words(stage: Stage, user: str, words: str) -> None:
    """A button with these words, forged or kept, pressed in #room."""
    button = {
        "type": "button",
        "action_id": "say:0",
        "text": {"type": "plain_text", "text": "Old"},
        "value": words,
    }
    said = await stage.face.api.client.chat_postMessage(
        channel=ROOM, text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    await stage.press("Old", user, ts=str(said["ts"]))


WORDS = (
    "show acme",
    "batna acme",
    "post acme <#C1ROOM|room> post it",
    "share acme <@U5GUS>",
    "log acme",
    "export acme",
)


async def test_a_reader_who_was_listed_reads_nothing_by_words_or_old_buttons(planned: Stage) -> None:
    await planned.command(f"settings outside <@{BOB}>")
    since = len(planned.slack.world.said)
    for words in WORDS:
        await planned.command(words, BOB)
        await press_words(planned, BOB, words)
        await planned.dm(words, BOB)
    told = [text for text in seen(planned, BOB, since) if text != "Old"]
    assert leaks(told) == set()
    assert REFUSED in told


@pytest.mark.parametrize(("user", "guest"), [(GUS, True), (OUT, False)], ids=["guest", "another workspace"])
async def test_an_old_button_in_the_hand_of_an_outsider(planned: Stage, user: str, guest: bool) -> None:
    room = planned.slack.world.channels[ROOM]
    room.members.append(user)
    if not guest:
        room.is_ext_shared = True
        room.teams.append("T9ACME")
    await planned.slack.event({"type": "channel_shared", "channel": ROOM, "connected_team_id": "T9ACME"})
    since = len(planned.slack.world.said)
    for words in WORDS:
        await press_words(planned, user, words)
        await planned.mention(words, user)
    everybody = [planned.read(m) for m in planned.slack.world.said[since:] if m.bot_id]
    assert leaks(everybody) == set()


async def test_another_member_with_an_old_button_is_told_of_no_plan(planned: Stage) -> None:
    planned.slack.world.channels[ROOM].members.append(CAT)
    since = len(planned.slack.world.said)
    for words in WORDS:
        await press_words(planned, CAT, words)
    assert leaks(seen(planned, CAT, since)) == set()


async def test_a_brief_is_not_posted_into_a_public_channel_where_somebody_listed_could_look_in(
    planned: Stage,
) -> None:
    """Cat has a full account and is in no channel; #room is public, so she can read it all the same."""
    await planned.command(f"settings outside <@{CAT}>")
    before = planned.public()
    await planned.command(f"post acme <#{ROOM}|room>")
    assert "also people who count as outside" in planned.private()[-1]
    await press_words(planned, ANN, f"post acme <#{ROOM}|room> post it")
    assert leaks([text for text in planned.public() if text not in before]) == set()


async def test_nor_into_a_private_one_that_was_made_public(planned: Stage) -> None:
    room = planned.slack.world.channels[ROOM]
    room.is_private = True
    await planned.slack.event({"type": "channel_unshared", "channel": ROOM})
    await planned.command(f"settings outside <@{CAT}>")
    await planned.command(f"post acme <#{ROOM}|room>")
    assert "Everybody in #room" in planned.private()[-1]
    room.is_private = False
    planned.now = planned.now.replace(hour=10)  # what was known of the channel is asked anew by then
    before = len(planned.public())
    await planned.press("Post to #room")
    await planned.press("Post to #room")
    assert leaks(planned.public()[before:]) == set()


async def test_a_group_conversation_with_an_outsider_hears_nothing(planned: Stage) -> None:
    group = planned.slack.world.direct("T0PREP", [ANN, GUS]).id
    since = len(planned.slack.world.said)
    for words in ("batna acme", "show acme", "channel acme here", f"post acme <#{group}>", "hub"):
        await planned.mention(words, channel=group)
        await planned.command(words, channel=group)
    public = [planned.read(m) for m in planned.slack.world.said[since:] if m.bot_id and m.only_for is None]
    assert leaks(public) == set()
