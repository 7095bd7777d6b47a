"""Where an answer goes: in place of what was pressed, away, to others, and what was said to the app."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery import Delivery
from bot.slack.incoming import Origin, press, words_of
from bot.slack.sender import SlackSender
from handlers.gate import Outcome, SealedSend, seal
from handlers.turn import Address, Audience, Choice, Choices, Heading, Mark, Reply, Text
from tests.bot.slack.stage import ANN, BOB, ROOM, SHARED, Stage
from tests.doubles.slack.faults import refuses


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@UBOT> batna acme", "batna acme"),
        ("<@UBOT|prep>: batna acme", "batna acme"),
        ("hello <@UBOT>, batna acme", "batna acme"),
        ("batna acme <@UBOT>", "batna acme"),
        ("<@U2> <@UBOT> hub", "hub"),
        ("<@UBOT> share acme <@U2>", "share acme <@U2>"),
        ("<@UBOT>", ""),
        ("<@UOLD> hub", "hub"),
        ("hub", "hub"),
    ],
)
def test_what_is_said_to_the_app(text: str, words: str) -> None:
    assert words_of(text, "UBOT") == words


async def answered(
    stage: Stage, reply: Reply, origin: Origin, *, direct: bool = False, sends: Any = ()
) -> None:
    us = await stage.face.identity.get()
    person = await stage.face.turns.speaker({"user_id": ANN}, us)
    arrived = press(origin, "x", person, us.team, stage.now, direct=direct)
    outcome = Outcome(seal(reply, Mark.OPEN, (), ANN), sends)
    await stage.face.turns.answer(arrived, outcome, origin)


def says(text: str, **more: Any) -> Reply:
    return Reply((Text((text,)),), replaces=True, **more)


async def origin_in(stage: Stage, channel: str) -> Origin:
    said = await stage.face.api.client.chat_postMessage(channel=channel, text="before")
    return Origin(channel, message=str(said["ts"]))


async def test_a_message_for_everybody_is_edited_in_place(stage: Stage) -> None:
    origin = await origin_in(stage, ROOM)
    await answered(stage, says("after", audience=Audience.PLACE), origin)
    assert stage.public() == ["after"]


async def test_a_private_answer_leaves_it_as_it_is(stage: Stage) -> None:
    origin = await origin_in(stage, ROOM)
    await answered(stage, says("secret"), origin)
    assert (stage.public(), stage.private()) == (["before"], ["secret"])


async def test_a_direct_message_is_edited_in_place(stage: Stage) -> None:
    origin = await origin_in(stage, stage.direct())
    await answered(stage, says("after"), origin, direct=True)
    assert stage.told() == ["after"]


async def test_what_cannot_be_edited_any_more_is_said_anew(stage: Stage) -> None:
    origin = await origin_in(stage, stage.direct())
    stage.slack.fail(refuses("message_not_found"), "chat.update")
    await answered(stage, says("after"), origin, direct=True)
    assert stage.told() == ["before", "after"]


async def test_a_private_answer_takes_the_place_of_a_private_one_and_goes_away(stage: Stage) -> None:
    await stage.command("")
    message = stage.slack.ephemerals(ROOM, ANN)[0]
    from tests.doubles.slack.tickets import ResponseUrl

    ticket = ResponseUrl(ANN, "T0PREP", ROOM, stage.slack.clock.now(), message.ts)
    url = f"{stage.slack.core.url}/response/{stage.slack.core.tickets.url(ticket)}"
    origin = Origin(ROOM, message=message.ts, url=url, alone=True)
    await answered(stage, says("after"), origin)
    assert stage.private() == ["after"]
    await answered(stage, Reply(replaces=True), origin)
    assert stage.private() == []


async def test_a_long_answer_in_place_goes_on_below(stage: Stage) -> None:
    origin = await origin_in(stage, stage.direct())
    await answered(stage, says("word " * 5000), origin, direct=True)
    assert len(stage.told()) > 1
    assert sum(text.count("word") for text in stage.told()) == 5000


async def test_others_are_told_where_they_may_know(stage: Stage) -> None:
    def send(to: Address, mark: Mark, text: str) -> SealedSend:
        return SealedSend(to, seal(Reply((Text((text,)),)), mark, (), to.id))

    sends = (
        send(Address(BOB, direct=True), Mark.PLAN, "for bob"),
        send(Address(ROOM, direct=False), Mark.INSIDE, "for the room"),
        send(Address(SHARED, direct=False), Mark.INSIDE, "not for outsiders"),
        send(Address("U9OUT", direct=True), Mark.INSIDE, "not for olga"),
    )
    await answered(stage, Reply((Text(("done",)),)), Origin(ROOM), sends=sends)
    assert stage.told(BOB) == ["for bob"]
    assert stage.public() == ["for the room"]
    everything = " ".join(stage.read(m) for m in stage.slack.world.said)
    assert "outsiders" not in everything
    assert "olga" not in everything


async def test_a_reminder_is_told_its_presser_alone_and_edited_for_all(stage: Stage) -> None:
    await stage.command(
        "contract add Acme housings: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days, "
        f"channel <#{ROOM}|room>, owner <@{ANN}>, backup <@{BOB}>"
    )
    stage.now = datetime(2028, 3, 2, 9, 0, tzinfo=UTC)
    delivery = Delivery(
        stage.app.database, {"slack": SlackSender(stage.face.api, stage.face.directory)}, sleep=_at_once
    )
    assert await delivery.deliver(stage.now) > 0
    assert await delivery.deliver(stage.now + timedelta(minutes=5)) == 0
    delivery.close()
    said, count = stage.slack.last(ROOM), len(stage.public())
    assert said.text == "A contract date needs attention"
    await stage.press("Details for me", BOB)
    assert len(stage.private(BOB)) == 1
    assert len(stage.public()) == count
    await stage.press("Seen", BOB)
    assert len(stage.public()) == count
    assert "Bob" in stage.read(said)
    assert said.metadata is not None, "an edited reminder is still found by its token"


async def _at_once(_: float) -> None:
    """Nobody waits in a test."""


async def test_a_button_may_ask_before(stage: Stage) -> None:
    parts = (
        Heading("Acme"),
        Choices((Choice("Delete", "forget acme", danger=True, confirm="Delete all of it?"),)),
    )
    await answered(stage, Reply(parts), Origin(ROOM))
    button = stage.slack.ephemerals(ROOM, ANN)[-1].blocks[-1]["elements"][0]
    assert (button["style"], button["confirm"]["text"]["text"]) == ("danger", "Delete all of it?")
