"""Prep comes to a place, others come after it, a channel is shared: who is told what, and how often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from handlers import notices
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.world import BOT, OTHER_TENANT
from tests.journeys.runner import DM
from tests.journeys.teams_reading import card_lines
from tests.journeys.teams_runner import person, teams_runner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.doubles.teams.world import Conversation, Post, User
    from tests.journeys.teams_runner import TeamsRunner

ANN, BEN, CARL = person("ann"), person("ben"), person("carl")
OPEN = "People from outside may read #acme now"
CONTRACT = (
    "contract add Acme: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days, channel #acme"
)


@pytest.fixture
async def linked(database_url: str) -> AsyncIterator[TeamsRunner]:
    """Ann's plan is about #acme, and Ben's contract names it."""
    async with teams_runner(database_url, {"acme": ["ann", "ben"]}) as runner:
        await runner.say("ann", "#acme", "@Prep help")
        for line in ("new quick Acme: housings", "later", "channel acme #acme"):
            await runner.say("ann", DM, line)
        await runner.say("ben", "#acme", f"/prep {CONTRACT}")
        yield runner


def lines_of(post: Post) -> list[str]:
    return [line for card in post.cards for line in card_lines(card)]


def told(prep: TeamsRunner, user: User) -> list[list[str]]:
    posts = prep.teams.visible(prep.teams.personal(user))
    return [lines for post in posts if OPEN in (lines := lines_of(post))]


async def come(prep: TeamsRunner, place: Conversation, *users: User, listed: bool = True) -> dict[str, Any]:
    place.members.extend(users)
    added = [{"id": user.id, "aadObjectId": user.aad} for user in users] if listed else []
    activity = prep.client.event(ANN, place, "conversationUpdate", membersAdded=added)
    assert (await prep.client.deliver(activity)).status == 200
    return activity


async def share(prep: TeamsRunner, place: Conversation) -> None:
    data = {
        "eventType": "channelShared",
        "channel": {"id": place.id, "name": "acme"},
        "sharedWithTeams": [{"tenantId": OTHER_TENANT}],
    }
    await prep.client.conversation_update(ANN, place, channelData=data)


# ---- a channel that is opened ----


@pytest.mark.parametrize("other", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
async def test_each_owner_is_told_once_that_a_guest_came(linked: TeamsRunner, other: User) -> None:
    activity = await come(linked, linked.channels["acme"], other)
    await linked.client.deliver(activity)
    await linked.deliver()
    await linked.deliver()
    (ann,), (ben,) = told(linked, ANN), told(linked, BEN)
    assert "Your plan Acme: housings is about this channel." in ann
    assert not any("contract" in line for line in ann)
    assert any("Your contract Acme names it" in line for line in ben)
    assert not any("housings" in line for line in ben)
    posts = linked.teams.visible(linked.teams.personal(ANN))
    assert [p.activity["summary"] for p in posts if OPEN in lines_of(p)] == ["Prep: something for you"]
    assert not [p for p in linked.teams.visible(linked.channels["acme"]) if OPEN in str(p.activity)]


async def test_a_channel_that_is_shared(linked: TeamsRunner) -> None:
    await share(linked, linked.channels["acme"])
    await share(linked, linked.channels["acme"])
    await linked.deliver()
    (ann,) = told(linked, ANN)
    assert "It is shared with another company." in ann


async def test_a_guest_of_the_team_comes_into_all_its_channels(linked: TeamsRunner) -> None:
    """Teams tells of it in the general channel of the team."""
    place = linked.channels["acme"]
    place.members.append(GUEST)
    activity = linked.client.event(
        ANN, place, "conversationUpdate", membersAdded=[{"id": GUEST.id, "aadObjectId": GUEST.aad}]
    )
    activity["conversation"]["id"] = place.team_id
    for key in ("channel", "teamsChannelId"):
        activity["channelData"].pop(key)
    assert (await linked.client.deliver(activity)).status == 200
    await linked.deliver()
    assert len(told(linked, ANN)) == 1


async def test_a_colleague_opens_nothing(linked: TeamsRunner) -> None:
    await come(linked, linked.channels["acme"], CARL)
    await linked.deliver()
    assert told(linked, ANN) == []


async def test_a_channel_that_nobody_linked_warns_nobody(linked: TeamsRunner) -> None:
    other = linked.teams.channel(ANN, BEN, name="other")
    await linked.client.mention(ANN, "help", other)
    await come(linked, other, GUEST)
    await linked.deliver()
    assert (told(linked, ANN), told(linked, BEN)) == ([], [])


async def test_a_group_chat_too(linked: TeamsRunner) -> None:
    group = linked.teams.group(ANN, BEN)
    await linked.client.mention(ANN, "channel acme here instead", group)
    await come(linked, group, GUEST)
    await linked.deliver()
    posts = linked.teams.visible(linked.teams.personal(ANN))
    assert any("People from outside may read" in line for post in posts for line in lines_of(post))


async def test_the_reminder_goes_to_the_owner_from_then_on(linked: TeamsRunner) -> None:
    await come(linked, linked.channels["acme"], GUEST)
    await linked.deliver()
    before = len(linked.teams.visible(linked.channels["acme"]))
    await linked.set_now(datetime(2027, 12, 31, 9, tzinfo=UTC))
    await linked.deliver()
    assert len(linked.teams.visible(linked.channels["acme"])) == before
    last = lines_of(linked.teams.visible(linked.teams.personal(BEN))[-1])
    assert any("People from outside may read #acme, so this comes to you alone" in line for line in last)


# ---- Prep comes ----


def said(prep: TeamsRunner, place: Conversation) -> list[list[str]]:
    return [lines_of(post) for post in prep.teams.visible(place)]


async def test_prep_introduces_itself_once_in_a_channel(prep: TeamsRunner) -> None:
    place = prep.teams.channel(ANN, BEN, name="new")
    activity = prep.client.event(ANN, place, "conversationUpdate", membersAdded=[BOT])
    for _ in range(2):
        await prep.client.deliver(activity)
    await prep.client.deliver(prep.client.event(ANN, place, "installationUpdate", action="add"))
    (lines,) = said(prep, place)
    assert tuple(lines) == notices.INTRODUCTION_BY_MENTION
    assert "/prep" not in " ".join(lines)


async def test_added_once_more_it_introduces_itself_once_more(prep: TeamsRunner) -> None:
    place = prep.teams.channel(ANN, BEN, name="new")
    for _ in range(2):
        await prep.client.conversation_update(ANN, place, membersAdded=[BOT])
        await prep.client.conversation_update(ANN, place, membersRemoved=[BOT])
    assert len(said(prep, place)) == 2


async def test_an_introduction_that_did_not_get_there_is_tried_again(prep: TeamsRunner) -> None:
    place = prep.teams.channel(ANN, BEN, name="new")
    place.installed = False
    await prep.client.conversation_update(ANN, place, membersAdded=[BOT])
    place.installed = True
    assert said(prep, place) == []
    for _ in range(2):
        await prep.client.deliver(prep.client.event(ANN, place, "installationUpdate", action="add"))
    assert len(said(prep, place)) == 1


async def test_a_tenant_in_capitals_is_the_same_workspace(prep: TeamsRunner) -> None:
    place = prep.teams.channel(ANN, BEN, name="new")
    await prep.client.conversation_update(ANN, place, membersAdded=[BOT])
    activity = prep.client.event(ANN, place, "installationUpdate", action="add")
    activity["conversation"]["tenantId"] = activity["conversation"]["tenantId"].upper()
    assert activity["conversation"]["tenantId"].lower() != activity["conversation"]["tenantId"]
    await prep.client.deliver(activity)
    assert len(said(prep, place)) == 1


async def test_in_a_direct_message_the_other_way_round(prep: TeamsRunner) -> None:
    place = prep.teams.personal(ANN)
    await prep.client.deliver(prep.client.event(ANN, place, "installationUpdate", action="add"))
    await prep.client.conversation_update(ANN, place, membersAdded=[BOT, ANN.account()])
    (lines,) = said(prep, place)
    assert tuple(lines) == notices.INTRODUCTION_IN_PRIVATE


async def test_in_a_group(prep: TeamsRunner) -> None:
    group = prep.teams.group(ANN, BEN)
    await prep.client.conversation_update(ANN, group, membersAdded=[BOT])
    await prep.client.conversation_update(ANN, group, membersAdded=[CARL.account()])
    assert len(said(prep, group)) == 1


async def test_what_the_introduction_says_works(prep: TeamsRunner) -> None:
    """What it tells people to say is understood where it tells them."""
    await prep.say("ann", "#acme", "@Prep")
    assert any("plan" in line for line in await prep.say("ann", DM, "new Acme: housings"))


@pytest.mark.parametrize("action", ["add-upgrade", "remove-upgrade"])
async def test_a_newer_version_is_not_a_new_arrival(prep: TeamsRunner, action: str) -> None:
    place = prep.channels["acme"]
    await prep.client.deliver(prep.client.event(ANN, place, "installationUpdate", action=action))
    assert prep.teams.posts == []


async def test_a_guest_who_adds_it_hears_nothing(prep: TeamsRunner) -> None:
    place = prep.teams.personal(GUEST)
    await prep.client.conversation_update(GUEST, place, membersAdded=[BOT])
    assert said(prep, place) == []


# ---- somebody who is in it counts as outside from now on ----


async def test_who_is_put_on_the_list_warns_the_owners_of_what_is_linked(linked: TeamsRunner) -> None:
    """Ben is in the channel; he owns what names it as well, and is told nothing any more."""
    await linked.say("ann", DM, "settings outside @ben")
    await linked.deliver()
    await linked.deliver()
    (ann,) = told(linked, ANN)
    assert any("Ben counts as outside now" in line for line in ann)
    assert "Your plan Acme: housings is about this channel." in ann
    assert told(linked, BEN) == []
    assert not [p for p in linked.teams.visible(linked.channels["acme"]) if OPEN in str(p.activity)]


async def test_where_teams_does_not_answer_it_is_looked_at_again(linked: TeamsRunner) -> None:
    await linked.say("ann", DM, "settings outside @ben")
    await linked.set_now(linked.now + timedelta(minutes=10))
    linked.teams.fail(*(Fault(status=503) for _ in range(8)))
    await linked.deliver()
    assert told(linked, ANN) == []
    linked.teams._faults.clear()
    await linked.set_now(linked.now + timedelta(minutes=10))
    await linked.deliver()
    assert len(told(linked, ANN)) == 1
