"""A public channel is read by everybody with a full account, in it or not: what is about a supplier for whom somebody of
those counts as outside is not posted there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.delivery import Delivery
from bot.slack.sender import SlackSender
from tests.bot.slack.stage import ANN, BOB, CAT, GUS, ROOM, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MORNING = datetime(2027, 12, 31, 9, 30, tzinfo=UTC)
CONTRACT = (
    "contract add Acme: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days, "
    f"channel <#{ROOM}|room>"
)
LOOK_IN = "Everybody with an account may look into #room, also people who count as outside"
HELPS = "A private channel without them will do."


@pytest.fixture
async def delivery(anywhere: Stage) -> AsyncIterator[Delivery]:
    """The real delivery on the same database."""
    sender = SlackSender(anywhere.face.api, anywhere.face.directory)
    made = Delivery(anywhere.app.database, {"slack": sender}, sleep=_at_once)
    yield made
    made.close()


async def _at_once(_: float) -> None:
    return None


async def posts(stage: Stage, delivery: Delivery, morning: datetime = MORNING) -> tuple[list[str], list[str]]:
    """What a pass brings to #room, and to Bob."""
    room, bob = len(stage.public()), len(stage.told(BOB))
    stage.now = morning
    await delivery.deliver(morning)
    return stage.public()[room:], stage.told(BOB)[bob:]


@pytest.mark.parametrize(
    "listed", ["outside <@U3CAT>", "outside <@U3CAT> for Acme", "outside consult.example"]
)
async def test_a_contract_is_not_told_where_people_on_the_list_may_look_in(
    anywhere: Stage, delivery: Delivery, listed: str
) -> None:
    await anywhere.command(CONTRACT, BOB)
    await anywhere.command(f"settings {listed}")
    room, bob = await posts(anywhere, delivery)
    assert room == []
    assert f"{LOOK_IN}, so this comes to you alone. {HELPS}" in bob[0]
    assert "send notice by" in bob[0]
    assert anywhere.told(CAT) == []


async def test_somebody_listed_for_another_supplier_bars_nothing(anywhere: Stage, delivery: Delivery) -> None:
    await anywhere.command(CONTRACT, BOB)
    await anywhere.command(f"settings outside <@{CAT}> for Borg")
    room, bob = await posts(anywhere, delivery)
    assert "send notice by" in room[0]
    assert bob == []


async def test_a_private_channel_is_not_looked_into(anywhere: Stage, delivery: Delivery) -> None:
    anywhere.slack.world.channels[ROOM].is_private = True
    await anywhere.command(CONTRACT, BOB)
    await anywhere.command(f"settings outside <@{CAT}>")
    room, _ = await posts(anywhere, delivery)
    assert "send notice by" in room[0]


async def test_a_guest_cannot_look_in(anywhere: Stage, delivery: Delivery) -> None:
    """Slack lets guests into the channels they were put into, and into no others."""
    assert anywhere.slack.world.users[GUS].is_restricted
    await anywhere.command(CONTRACT, BOB)
    room, _ = await posts(anywhere, delivery)
    assert "send notice by" in room[0]


async def test_of_several_on_one_morning_only_that_of_the_supplier_is_kept_back(
    anywhere: Stage, delivery: Delivery
) -> None:
    await anywhere.command(CONTRACT, BOB)
    await anywhere.command(CONTRACT.replace("Acme", "Borg"), BOB)
    await anywhere.command(f"settings outside <@{CAT}> for Acme")
    room, bob = await posts(anywhere, delivery)
    assert {"Borg" in text for text in room} == {True}
    assert {"Acme" in text for text in room} == {False}
    assert {"Acme" in text for text in bob} == {True}


async def test_a_check_in_and_a_reminder_of_ones_own_too(anywhere: Stage, delivery: Delivery) -> None:
    await anywhere.command(f"checkin acme every Monday 10:00 channel <#{ROOM}|room>", BOB)
    await anywhere.command(f"remind <#{ROOM}|room> every Monday 10:00 count boxes", BOB)
    await anywhere.command(f"settings outside <@{CAT}> for Acme")
    room, bob = await posts(anywhere, delivery, datetime(2026, 3, 9, 10, 5, tzinfo=UTC))
    assert room == []
    assert "count boxes" in "".join(bob)
    assert "Acme" in "".join(bob).replace("acme", "Acme")


@pytest.mark.parametrize(
    "words",
    [
        CONTRACT,
        f"checkin acme every Monday 10:00 channel <#{ROOM}|room>",
        f"remind <#{ROOM}|room> every Monday 10:00 count boxes",
    ],
)
async def test_naming_such_a_channel_says_so_at_once(anywhere: Stage, words: str) -> None:
    await anywhere.command(f"settings outside <@{CAT}> for Acme")
    await anywhere.command(words, BOB)
    assert LOOK_IN in anywhere.private(BOB)[-1]
    assert HELPS in anywhere.private(BOB)[-1]


async def test_a_contract_that_is_moved_there_says_so(anywhere: Stage) -> None:
    await anywhere.command(f"settings outside <@{CAT}> for Acme")
    await anywhere.command(CONTRACT.partition(", channel")[0], BOB)
    assert LOOK_IN not in anywhere.private(BOB)[-1]
    await anywhere.command(f"contract change acme: channel <#{ROOM}|room>", BOB)
    assert LOOK_IN in anywhere.private(BOB)[-1]


@pytest.mark.parametrize(
    ("listed", "which"), [("", "reminders go to owners"), (" for Acme", "reminders about acme go to owners")]
)
async def test_a_default_channel_of_that_kind_says_what_will_be_missing(
    anywhere: Stage, listed: str, which: str
) -> None:
    await anywhere.command(f"settings outside <@{CAT}>{listed}")
    await anywhere.command(f"settings default channel <#{ROOM}|room>")
    told = anywhere.private(ANN)[-1]
    assert "may look into it" in told
    assert f"{which} instead. {HELPS}" in told


async def test_a_plan_linked_to_such_a_channel_is_told_to_ask_by_command(anywhere: Stage) -> None:
    await anywhere.command(f"settings outside <@{CAT}> for Acme")
    await anywhere.dm("new quick Acme: housings")
    await anywhere.dm("later")
    await anywhere.command(f"channel acme <#{ROOM}|room>")
    assert "People from outside may read #room. Ask there with /prep only." in anywhere.private()[-1]


async def test_figures_said_where_people_on_the_list_may_look_in_are_not_taken(anywhere: Stage) -> None:
    """They would read them as soon as somebody had typed them."""
    await anywhere.dm("new quick Acme: housings")
    await anywhere.dm("later")
    await anywhere.command(f"settings outside <@{CAT}>")
    await anywhere.mention("batna acme add Cobalt = 4.11")
    assert "delete your message" in anywhere.private()[-1]
    await anywhere.dm("batna acme all")
    assert "Cobalt" not in anywhere.told()[-1]
