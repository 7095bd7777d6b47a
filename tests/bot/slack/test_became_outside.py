"""Somebody who sits in a channel counts as outside from now on: the owners of what is linked to it are warned, once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery import Delivery
from bot.slack.sender import SlackSender
from tests.bot.slack.stage import ANN, BOB, CAT, GUS, OPEN, ROOM, Stage
from tests.doubles.slack import faults

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

HEADING = "People from outside may read #room now"
CONTRACT = "contract add Acme: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days"


@pytest.fixture
async def linked(anywhere: Stage) -> Stage:
    """Ann's plan for Borg is about #room, where Cat is too; Bob's contract with Acme names it. Ann is the lead."""
    anywhere.slack.world.channels[ROOM].members.append(CAT)
    anywhere.slack.world.users[CAT].email = "cat@consult.example"
    await anywhere.dm("settings currency EUR")
    await anywhere.dm("new quick Borg: tooling")
    await anywhere.dm("later")
    await anywhere.command(f"channel borg <#{ROOM}|room>")
    await anywhere.command(f"{CONTRACT}, channel <#{ROOM}|room>", BOB)
    return anywhere


def delivery_of(stage: Stage) -> Delivery:
    return Delivery(
        stage.app.database, {"slack": SlackSender(stage.face.api, stage.face.directory)}, sleep=_at_once
    )


@pytest.fixture
async def delivery(linked: Stage) -> AsyncIterator[Delivery]:
    """The real delivery on the same database."""
    made = delivery_of(linked)
    yield made
    made.close()


async def _at_once(_: float) -> None:
    return None


def warnings(stage: Stage, user: str, heading: str = HEADING) -> list[str]:
    return [text for text in stage.told(user) if heading in text]


async def change(stage: Stage, user: str = CAT, **what: Any) -> Any:
    """Slack tells that something about a person changed."""
    known = stage.slack.world.users[user]
    for key, value in what.items():
        setattr(known, key, value)
    told: dict[str, Any] = {"id": user, "team_id": known.team_id, "is_bot": False, "deleted": False}
    told |= {"is_restricted": known.is_restricted, "is_ultra_restricted": False}
    told["profile"] = {"email": known.email}
    sent = await stage.slack.event({"type": "user_change", "user": told})
    await stage.settled()
    return sent


# ---- a member becomes a guest ----


async def test_each_owner_is_told_of_their_own_once(linked: Stage, delivery: Delivery) -> None:
    sent = await change(linked, is_restricted=True)
    for number in (1, 2, 3):
        await linked.slack.retry(sent, number)
    await linked.settled()
    await delivery.deliver(linked.now)
    await delivery.deliver(linked.now)
    (ann,), (bob,) = warnings(linked, ANN), warnings(linked, BOB)
    assert "@Cat counts as outside now" in ann
    assert "Your plan Borg: tooling is about this channel." in ann
    assert "Acme" not in ann
    assert "Your contract Acme names it" in bob
    assert "Borg" not in bob
    assert "tooling" not in bob
    assert linked.told(CAT) == []
    assert not [text for text in linked.public() if "outside" in text]


async def test_the_notification_names_nobody(linked: Stage, delivery: Delivery) -> None:
    await change(linked, is_restricted=True)
    await delivery.deliver(linked.now)
    said = [m for m in linked.slack.direct_messages(ANN) if HEADING in linked.read(m)]
    assert [m.text for m in said] == ["Prep: something for you"]


async def test_a_guest_who_changes_a_picture_is_no_news(linked: Stage, delivery: Delivery) -> None:
    await change(linked, is_restricted=True)
    await delivery.deliver(linked.now)
    for _ in range(2):
        await change(linked)
        await delivery.deliver(linked.now)
    assert len(warnings(linked, ANN)) == 1


async def test_two_processes_tell_once(linked: Stage, delivery: Delivery) -> None:
    other = delivery_of(linked)
    await change(linked, is_restricted=True)
    await delivery.deliver(linked.now)
    await change(linked)  # another event about the same guest, which the other process takes
    await other.deliver(linked.now)
    other.close()
    assert len(warnings(linked, ANN)) == 1


async def test_a_second_one_who_becomes_a_guest_is_no_second_warning_while_one_stands(
    linked: Stage, delivery: Delivery
) -> None:
    await change(linked, is_restricted=True)
    await delivery.deliver(linked.now)
    await linked.slack.join(GUS, ROOM)
    await linked.settled()
    await delivery.deliver(linked.now)
    assert len(warnings(linked, ANN)) == 1


async def test_who_sits_nowhere_that_is_linked_warns_nobody(linked: Stage, delivery: Delivery) -> None:
    linked.slack.world.channels[ROOM].members.remove(CAT)
    linked.slack.world.channels[OPEN].members.append(CAT)
    calls = len(linked.slack.calls)
    await change(linked, is_restricted=True)
    await delivery.deliver(linked.now)
    assert warnings(linked, ANN) == []
    asked = [call.method for call in linked.slack.calls[calls:]]
    assert "conversations.members" not in asked


async def test_a_colleague_who_changes_asks_slack_nothing(linked: Stage, delivery: Delivery) -> None:
    calls = len(linked.slack.calls)
    await change(linked)
    await delivery.deliver(linked.now)
    assert linked.slack.calls[calls:] == []
    assert warnings(linked, ANN) == []


async def test_a_new_mail_address_at_a_listed_domain_counts(linked: Stage, delivery: Delivery) -> None:
    await linked.command("settings outside labs.example")
    await delivery.deliver(linked.now)
    assert warnings(linked, ANN) == []
    await change(linked, email="cat@labs.example")
    await delivery.deliver(linked.now)
    assert "@Cat counts as outside now" in warnings(linked, ANN)[0]


async def test_where_slack_does_not_answer_it_is_looked_at_again(linked: Stage, delivery: Delivery) -> None:
    await change(linked, is_restricted=True)
    linked.face.directory.forget_channel(ROOM)
    linked.slack.fail(faults.error(), "conversations.info")
    await delivery.deliver(linked.now)
    assert warnings(linked, ANN) == []
    linked.slack.faults.clear()
    linked.now += timedelta(minutes=5)
    await delivery.deliver(linked.now)
    assert len(warnings(linked, ANN)) == 1


# ---- somebody is put on the list ----


@pytest.mark.parametrize("entry", [f"<@{CAT}>", "consult.example"])
async def test_who_is_put_on_the_list_warns_those_owners(
    linked: Stage, delivery: Delivery, entry: str
) -> None:
    await linked.command(f"settings outside {entry}")
    await delivery.deliver(linked.now)
    await delivery.deliver(linked.now)
    (ann,), (bob,) = warnings(linked, ANN), warnings(linked, BOB)
    assert "@Cat counts as outside now" in ann
    assert "Your contract Acme names it" in bob
    assert linked.told(CAT) == []


async def test_for_one_supplier_only_its_owners_are_warned(linked: Stage, delivery: Delivery) -> None:
    await linked.command(f"settings outside <@{CAT}> for Acme")
    await delivery.deliver(linked.now)
    assert warnings(linked, ANN) == []
    assert len(warnings(linked, BOB)) == 1
    await linked.command(f"settings outside <@{CAT}>")
    await delivery.deliver(linked.now)
    assert len(warnings(linked, ANN)) == 1
    assert len(warnings(linked, BOB)) == 1


async def test_the_one_who_sets_it_learns_nothing_of_plans_of_others(linked: Stage) -> None:
    """Bob becomes the lead: what he reads is the same whether Ann has a plan there or not, and so is what is written."""
    await linked.command(f"settings lead <@{BOB}>")
    await linked.command(f"settings outside <@{CAT}>", BOB)
    with_plan = linked.private(BOB)[-1]
    await linked.command(f"settings outside remove <@{CAT}>", BOB)
    await linked.command("channel borg none")
    await linked.command(f"settings outside <@{CAT}>", BOB)
    assert linked.private(BOB)[-1] == with_plan
    assert "Borg" not in with_plan
    assert ROOM not in with_plan


async def test_taking_somebody_off_the_list_warns_nobody(linked: Stage, delivery: Delivery) -> None:
    await linked.command(f"settings outside <@{CAT}>")
    await linked.command(f"settings outside remove <@{CAT}>")
    await delivery.deliver(linked.now)
    assert warnings(linked, ANN) == []


async def test_a_check_in_and_the_default_channel_count_too(linked: Stage, delivery: Delivery) -> None:
    world = linked.slack.world
    world.add_channel("C6TALK", "talk", [BOB, CAT])
    world.add_channel("C7ALL", "all", [ANN, BOB, CAT])
    await linked.command("checkin dunn every Monday 10:00 channel <#C6TALK|talk>", BOB)
    await linked.command("settings default channel <#C7ALL|all>")
    await change(linked, is_restricted=True)
    await delivery.deliver(linked.now)
    talk = warnings(linked, BOB, "#talk") or warnings(linked, BOB, "things need attention")
    assert talk
    assert [text for text in linked.told(ANN) if "#all" in text]
    assert not [text for text in linked.told(BOB) if "#all" in text]
    assert not [text for text in linked.told(ANN) if "#talk" in text]


async def test_a_look_that_is_owed_is_not_lost_when_the_process_dies(linked: Stage) -> None:
    await linked.command(f"settings outside <@{CAT}>")
    await linked.ours.close()
    other = delivery_of(linked)
    await other.deliver(linked.now)
    other.close()
    assert len(warnings(linked, ANN)) == 1
