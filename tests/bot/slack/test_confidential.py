"""Attacks on what nobody else may see: other members, guests, outsiders, old buttons, notifications, logs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.slack.incoming import SAY
from handlers.turn import Audience, Mark, Reply, Text, Via
from tests.bot.slack.stage import ANN, BOB, CAT, GUESTS, GUS, OUT, ROOM, SHARED, Stage
from tests.doubles.slack.faults import down

SECRET = ("4.18", "Borg", "3.45", "4.05")


@pytest.fixture
async def planned(stage: Stage) -> Stage:
    """Ann has a plan with an alternative."""
    for line in (
        "new quick Acme: housings",
        "Acme, housings, 30k a year, 3.95",
        "later",
        "term acme price: open 3.45, target 3.70, stop 4.05",
        "batna acme add Borg = 4.18, chance 80 %, 12 weeks",
    ):
        await stage.dm(line)
    assert "Borg" in stage.told()[-1]
    return stage


def tells(texts: list[str]) -> bool:
    return any(word in text for text in texts for word in SECRET)


def everything_but(stage: Stage, user: str) -> list[str]:
    """All that anybody else than one person could read."""
    direct = stage.direct(user)
    return [
        stage.read(m)
        for m in stage.slack.world.said
        if m.bot_id and m.only_for != user and m.channel != direct
    ]


async def test_another_member_gets_the_answer_of_a_name_never_used(planned: Stage) -> None:
    await planned.dm("new quick Velkro: hooks")
    for words in ("batna velkro", "show velkro", "terms velkro", "log velkro", "mandate velkro"):
        await planned.command(words, BOB)
        about_one = planned.private(BOB)[-1]
        await planned.command(words.replace("velkro", "zzzzzz"), BOB)
        about_nobody = planned.private(BOB)[-1]
        assert about_one.lower().replace("velkro", "zzzzzz") == about_nobody.lower()


@pytest.mark.parametrize("channel", [ROOM, SHARED, GUESTS])
async def test_an_answer_about_a_plan_is_never_public(planned: Stage, channel: str) -> None:
    await planned.mention("batna acme", channel=channel)
    await planned.command("batna acme", channel=channel)
    assert tells(planned.private(channel=channel))
    assert not tells(everything_but(planned, ANN))


async def test_in_a_thread_with_outsiders_too(planned: Stage) -> None:
    root = planned.slack.say(OUT, SHARED, "Our offer is 4.12")
    await planned.mention("batna acme", channel=SHARED, thread_ts=root.ts)
    assert tells(planned.private(channel=SHARED))
    assert not tells(everything_but(planned, ANN))


async def test_a_group_conversation_is_as_good_as_outside(planned: Stage) -> None:
    group = planned.slack.world.direct("T0PREP", [ANN, BOB]).id
    await planned.mention("give acme price 3.47 -> 3.53", channel=group)
    assert "delete" in planned.private(channel=group)[-1]
    await planned.command("log acme")
    assert "3.53" not in planned.private()[-1]


@pytest.mark.parametrize("omit", [(), ("is_ext_shared_channel", "user_team", "source_team")])
async def test_somebody_from_outside_is_refused_in_private(planned: Stage, omit: tuple[str, ...]) -> None:
    await planned.mention("batna acme", OUT, SHARED, omit=omit)
    await planned.mention("help", OUT, SHARED, omit=omit)
    assert planned.private(OUT, SHARED) == ["Prep answers inside members of this workspace only."] * 2
    assert planned.public(SHARED) == []


async def test_a_guest_is_refused(planned: Stage) -> None:
    await planned.mention("hub", GUS, GUESTS)
    await planned.command("hub", GUS, GUESTS)
    await planned.dm("hub", GUS)
    refused = "Prep answers inside members of this workspace only."
    assert planned.private(GUS, GUESTS) == [refused] * 2
    assert planned.told(GUS) == [refused]


async def test_who_becomes_a_guest_is_one_at_once(planned: Stage) -> None:
    await planned.command("")
    planned.slack.world.users[ANN].is_restricted = True
    await planned.slack.event({"type": "user_change", "user": {"id": ANN, "is_restricted": True}})
    await planned.command("")
    assert planned.private()[-1] == "Prep answers inside members of this workspace only."


async def test_a_member_typing_in_another_workspace_is_from_there(planned: Stage) -> None:
    delivery = await planned.slack.command(ANN, ROOM, "/prep", "batna acme", team="T9ACME")
    assert not tells([delivery.text])


async def test_a_copied_button_shows_its_presser_only_what_they_may_see(planned: Stage) -> None:
    await planned.command("")
    words = [
        one["value"]
        for m in planned.slack.world.said
        for block in m.blocks
        if block["type"] == "actions"
        for one in block["elements"]
        if "plan:" in one.get("value", "")
    ]
    assert words
    for value in words:
        await _press_forged(planned, BOB, value)
    assert not tells(planned.private(BOB) + planned.told(BOB) + planned.public())


@pytest.mark.parametrize(
    "words", ["batna plan:1", "show plan:999999999999", "", "x" * 1999, "batna acme", "\x00"]
)
async def test_a_forged_button_grants_nothing(planned: Stage, words: str) -> None:
    await _press_forged(planned, BOB, words)
    assert not tells(everything_but(planned, ANN))


async def _press_forged(stage: Stage, user: str, words: str) -> None:
    button = {"type": "button", "action_id": f"{SAY}:0", "text": {"type": "plain_text", "text": "Forged"}}
    if words:
        button["value"] = words
    blocks = [{"type": "actions", "elements": [button]}]
    said = await stage.face.api.client.chat_postMessage(channel=ROOM, text="x", blocks=blocks)
    await stage.press("Forged", user, ts=str(said["ts"]))
    assert next(m for m in stage.slack.world.said if m.ts == said["ts"]).blocks, (
        "not replaced by a private answer"
    )


async def test_a_forged_form_grants_nothing(planned: Stage) -> None:
    await planned.command("batna acme add")
    view = planned.slack.world.stack(ANN)[-1]
    view.user = BOB
    await planned.slack.submit(BOB, {"Name": "Zorg", "Price per piece": "1"})
    await planned.settled()
    await planned.command("batna acme")
    assert "Zorg" not in planned.private()[-1]
    assert not tells(planned.private(BOB) + planned.told(BOB))


async def test_no_notification_tells_anything(planned: Stage) -> None:
    await planned.command("batna acme")
    await planned.mention("batna acme")
    await planned.dm("log acme")
    texts = {m.text for m in planned.slack.world.said if m.bot_id}
    assert texts <= {"Prep: answer ready", "Prep: next question", "Prep: something for you"}


async def test_no_log_tells_anything(
    planned: Stage, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    planned.slack.fail(down(), "chat.postMessage", times=1)
    await planned.dm("batna acme")
    planned.slack.fail(down(), "views.open", times=1)
    await planned.command("batna acme add Dorg = 9.99")
    out, err = capfd.readouterr()
    assert "slack_not_sent" in err
    assert not tells([out, err, caplog.text])
    assert "9.99" not in out + err + caplog.text


@pytest.mark.parametrize(
    ("channel", "private"), [(ROOM, False), (SHARED, True), (GUESTS, True), ("C0NONE", True)]
)
async def test_what_is_for_inside_members_is_public_only_where_nobody_else_is(
    planned: Stage, channel: str, private: bool
) -> None:
    assert await _is_private(planned, channel) is private


async def test_the_channel_is_asked_again_when_it_is_shared(planned: Stage) -> None:
    assert not await _is_private(planned, ROOM)
    planned.slack.world.channels[ROOM].is_ext_shared = True
    await planned.slack.event({"type": "channel_shared", "channel": ROOM, "connected_team_id": "T9"})
    assert await _is_private(planned, ROOM)


async def test_the_channel_is_asked_again_when_somebody_joins(planned: Stage) -> None:
    assert not await _is_private(planned, ROOM)
    await planned.slack.join(GUS, ROOM)
    assert await _is_private(planned, ROOM)


async def _is_private(stage: Stage, channel: str) -> bool:
    from bot.edge import open_in_place
    from bot.slack.incoming import command
    from handlers.gate import seal

    us = await stage.face.identity.get()
    body = {"user_id": ANN, "channel_id": channel, "text": ""}
    person = await stage.face.turns.speaker(body, us)
    arrived = replace(command(body, person, us.team, stage.now, direct=False), via=Via.MENTION)
    reply = Reply((Text(("A contract date",)),), audience=Audience.PLACE)
    shown = await open_in_place(seal(reply, Mark.INSIDE, (), ANN), arrived, stage.face.directory)
    return shown.private


async def test_a_public_message_is_not_replaced_by_a_private_answer(planned: Stage) -> None:
    from bot.slack.incoming import Origin
    from bot.slack.turns import _may_replace
    from tests.bot.slack.showing import shown

    public, private = Origin(ROOM, message="1.1"), Origin(ROOM, message="1.1", alone=True)
    mine, ours = shown(Text(("x",))), shown(Text(("x",)), private=False)
    assert not _may_replace(public, mine, direct=False)
    assert not _may_replace(private, ours, direct=False)
    assert _may_replace(public, ours, direct=False)
    assert _may_replace(private, mine, direct=False)


async def test_a_direct_message_with_somebody_else_is_not_ours(planned: Stage) -> None:
    planned.slack.world.add_channel("D7TWO", "directmessage", [ANN, BOB], bot=False, is_im=True)
    delivery = await planned.slack.command(ANN, "D7TWO", "/prep", "batna acme")
    assert delivery.json["response_type"] == "ephemeral"
    assert not tells([planned.read(m) for m in planned.slack.messages("D7TWO")])


async def test_a_third_person_pressing_in_public_reads_nothing(planned: Stage) -> None:
    await planned.mention("help")
    planned.slack.world.channels[ROOM].members.append(CAT)
    said = planned.slack.last(ROOM)
    label = next(b["elements"][0]["text"]["text"] for b in said.blocks if b["type"] == "actions")
    await planned.press(label, CAT)
    assert not tells(everything_but(planned, ANN))


def test_payloads_of_others_do_not_make_a_member() -> None:
    from bot.slack.identity import Identity
    from bot.slack.incoming import as_said_by
    from handlers.turn import Person

    inside = Person("U1", home=True, guest=False)
    ours = Identity("T1", "", "UBOT", "B1")
    for payload in (
        {"event": {"user_team": "T2"}},
        {"event": {"source_team": "T2"}},
        {"event": {"team": "T2"}},
        {"user": {"id": "U1", "team_id": "T2"}},
        {"command": "/prep", "team_id": "T2"},
    ):
        assert as_said_by(payload, inside, ours) == replace(inside, home=False)
    assert as_said_by({"event": {"team": "T1"}}, inside, ours) == inside
