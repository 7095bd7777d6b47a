"""A channel that is opened to outsiders later: the owner of what is linked to it is warned, once, in private."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.delivery import Delivery
from bot.slack.sender import SlackSender
from tests.bot.slack.stage import ANN, BOB, CAT, GUS, OUT, ROOM, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.doubles.slack.sending import Delivery as Sent

OPEN = "People from outside may read #room now"
CONTRACT = "contract add Acme: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days"


@pytest.fixture
async def linked(anywhere: Stage) -> Stage:
    """Ann's plan is about #room, and so is Bob's; Bob's contract names it."""
    await anywhere.dm("new quick Acme: housings")
    await anywhere.dm("later")
    await anywhere.command(f"channel acme <#{ROOM}|room>")
    assert "leave out the plan's name" in anywhere.private()[-1]
    await anywhere.dm("new quick Borg: tooling", BOB)
    await anywhere.dm("later", BOB)
    await anywhere.command(f"channel borg <#{ROOM}|room> instead", BOB)
    await anywhere.command(f"{CONTRACT}, channel <#{ROOM}|room>", BOB)
    return anywhere


@pytest.fixture
async def delivery(linked: Stage) -> AsyncIterator[Delivery]:
    """The real delivery on the same database."""
    sender = SlackSender(linked.face.api, linked.face.directory)
    made = Delivery(linked.app.database, {"slack": sender}, sleep=_at_once)
    yield made
    made.close()


async def _at_once(_: float) -> None:
    return None


def warnings(stage: Stage, user: str) -> list[str]:
    return [text for text in stage.told(user) if OPEN in text]


async def share(stage: Stage, *, shared: bool = True) -> Sent:
    stage.slack.world.channels[ROOM].is_ext_shared = shared
    kind = "channel_shared" if shared else "channel_unshared"
    sent: Sent = await stage.slack.event({"type": kind, "channel": ROOM, "connected_team_id": "T9ACME"})
    await stage.settled()
    return sent


async def test_each_owner_is_told_of_their_own_once(linked: Stage, delivery: Delivery) -> None:
    sent = await share(linked)
    for number in (1, 2, 3):
        await linked.slack.retry(sent, number)
    await linked.settled()
    await delivery.deliver(linked.now)
    await delivery.deliver(linked.now)
    (ann,), (bob,) = warnings(linked, ANN), warnings(linked, BOB)
    assert "It is shared with another company." in ann
    assert "Your plan Acme: housings" in ann
    assert "Borg" not in ann
    assert "Your plan Borg: tooling" in bob
    assert "Your contract Acme names it" in bob
    assert "housings" not in bob
    assert linked.told(CAT) == []
    assert not [text for text in linked.public() if "outside" in text]


async def test_the_notification_names_nothing(linked: Stage, delivery: Delivery) -> None:
    await share(linked)
    await delivery.deliver(linked.now)
    said = [m for m in linked.slack.direct_messages(ANN) if OPEN in linked.read(m)]
    assert [m.text for m in said] == ["Prep: something for you"]


async def test_a_second_event_about_the_same_opening_is_no_second_warning(
    linked: Stage, delivery: Delivery
) -> None:
    await share(linked)
    await delivery.deliver(linked.now)
    linked.slack.world.channels[ROOM].teams.append("T9ACME")
    await linked.slack.join(OUT, ROOM)
    await share(linked)
    await delivery.deliver(linked.now)
    assert len(warnings(linked, ANN)) == 1


async def test_once_it_was_closed_another_opening_is_news(linked: Stage, delivery: Delivery) -> None:
    for shared in (True, False, True):
        await share(linked, shared=shared)
        await delivery.deliver(linked.now)
    assert len(warnings(linked, ANN)) == 2


async def test_a_guest_who_joins_opens_it(linked: Stage, delivery: Delivery) -> None:
    await linked.slack.join(GUS, ROOM)
    await linked.settled()
    await delivery.deliver(linked.now)
    assert "Somebody is in it who is a guest" in warnings(linked, ANN)[0]
    linked.slack.world.channels[ROOM].members.remove(GUS)
    await linked.slack.join(GUS, ROOM)  # the first one was gone before this one came
    await linked.settled()
    await delivery.deliver(linked.now)
    assert len(warnings(linked, ANN)) == 2


async def test_a_colleague_who_joins_does_not(linked: Stage, delivery: Delivery) -> None:
    await linked.slack.join(CAT, ROOM)
    await linked.settled()
    await delivery.deliver(linked.now)
    assert warnings(linked, ANN) == []


async def test_an_app_of_ours_does_not(linked: Stage, delivery: Delivery) -> None:
    linked.slack.world.add_user("U8APP", "jira", is_bot=True)
    await linked.slack.join("U8APP", ROOM)
    await linked.settled()
    await delivery.deliver(linked.now)
    assert warnings(linked, ANN) == []


async def test_somebody_outside_for_one_supplier_opens_it_for_that_one_alone(
    linked: Stage, delivery: Delivery
) -> None:
    await linked.command(f"settings outside <@{CAT}> for Borg")
    await linked.slack.join(CAT, ROOM)
    await linked.settled()
    await delivery.deliver(linked.now)
    assert warnings(linked, ANN) == []
    assert "Borg" in warnings(linked, BOB)[0]
    assert "Acme" not in warnings(linked, BOB)[0]


async def test_a_warning_is_not_lost_when_the_process_dies(linked: Stage) -> None:
    """It is in the database before anything is sent; another process delivers it."""
    await share(linked)
    assert warnings(linked, ANN) == []
    other = Delivery(
        linked.app.database, {"slack": SlackSender(linked.face.api, linked.face.directory)}, sleep=_at_once
    )
    await other.deliver(linked.now)
    other.close()
    assert len(warnings(linked, ANN)) == 1


async def test_a_channel_that_gets_another_id_by_being_shared_keeps_its_links(
    linked: Stage, delivery: Delivery
) -> None:
    world = linked.slack.world
    world.add_channel("C7NEW", "room", [ANN, BOB], is_ext_shared=True, teams=["T9ACME"])
    event = {"type": "channel_id_changed", "old_channel_id": ROOM, "new_channel_id": "C7NEW"}
    await linked.slack.event(event)
    await linked.settled()
    await delivery.deliver(linked.now)
    assert len(warnings(linked, ANN)) == 1
    await linked.command("show", channel="C7NEW")
    assert "Acme" in linked.private(channel="C7NEW")[-1]


async def test_the_reminder_goes_to_the_owner_from_then_on(linked: Stage, delivery: Delivery) -> None:
    await share(linked)
    await delivery.deliver(linked.now)
    before = len(linked.public())
    linked.now = datetime(2027, 12, 31, 9, 30, tzinfo=UTC)
    assert await delivery.deliver(linked.now) > 0
    assert len(linked.public()) == before
    told = linked.told(BOB)[-1]
    assert "People from outside may read #room, so this comes to you alone" in told
    assert "send notice by" in told


async def test_what_nobody_linked_warns_nobody(anywhere: Stage) -> None:
    calls = len(anywhere.slack.calls)
    await share(anywhere)
    await anywhere.slack.join(GUS, ROOM)
    await anywhere.settled()
    asked = [call.method for call in anywhere.slack.calls[calls:]]
    assert "conversations.members" not in asked
    assert anywhere.told() == []
