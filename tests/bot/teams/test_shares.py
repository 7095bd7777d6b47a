"""A channel that was shared with other teams, and is not any more: only then, and only if nobody else is left, it is inside."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.shares import SHARED, UNSHARED, Share, from_data, shares_of, to_data, without
from bot.teams.wiring import build_teams
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.world import OTHER_TENANT, Conversation
from tests.journeys.runner import DM
from tests.journeys.teams_runner import person, teams_runner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.journeys.teams_runner import TeamsRunner

ANN, BEN = person("ann"), person("ben")
ONE = {"tenantId": OTHER_TENANT, "id": "19:one@thread.tacv2"}
TWO = {"tenantId": OTHER_TENANT, "id": "19:two@thread.tacv2"}


@pytest.fixture
async def plan(database_url: str) -> AsyncIterator[TeamsRunner]:
    """Ann has a plan for Acme."""
    async with teams_runner(database_url, {"acme": ["ann", "ben"]}) as runner:
        for line in ("new quick Acme: motors", "later"):
            await runner.say("ann", DM, line)
        await runner.client.mention(ANN, "help", runner.channels["acme"])
        yield runner


async def tell(prep: TeamsRunner, event: str, *teams: dict[str, str], key: str = "sharedWithTeams") -> None:
    place = prep.channels["acme"]
    data = {"eventType": event, key: list(teams), "channel": {"id": place.id, "name": "acme"}}
    assert (await prep.client.conversation_update(ANN, place, channelData=data)).status == 200


async def takes_figures(prep: TeamsRunner, name: str, place: Conversation | None = None) -> bool:
    """Whether figures typed in the channel are kept, which they are among inside people alone."""
    place = place or prep.channels["acme"]
    await prep.client.mention(ANN, f"batna acme add {name} = 4.11", place)
    prep.teams._faults.clear()
    return name in "\n".join(await prep.say("ann", DM, "batna acme all"))


async def test_once_it_ends_the_roster_tells_again(plan: TeamsRunner) -> None:
    await tell(plan, SHARED, ONE)
    assert not await takes_figures(plan, "Cobalt")
    await tell(plan, UNSHARED, ONE)
    assert await takes_figures(plan, "Dorado")


@pytest.mark.parametrize("key", ["sharedWithTeams", "unsharedFromTeams"])
async def test_while_one_team_is_left_it_stays_shared(plan: TeamsRunner, key: str) -> None:
    await tell(plan, SHARED, ONE, TWO)
    await tell(plan, UNSHARED, ONE, key=key)
    assert not await takes_figures(plan, "Cobalt")
    await tell(plan, UNSHARED, TWO, key=key)
    assert await takes_figures(plan, "Dorado")


async def test_an_end_that_fits_none_ends_none(plan: TeamsRunner) -> None:
    await tell(plan, SHARED, ONE)
    await tell(plan, UNSHARED, TWO)
    await tell(plan, UNSHARED)
    assert not await takes_figures(plan, "Cobalt")


async def test_until_the_roster_is_told_nobody_is_inside(plan: TeamsRunner) -> None:
    await tell(plan, SHARED, ONE)
    await tell(plan, UNSHARED, ONE)
    await plan.client.mention(ANN, "help", plan.channels["acme"])  # Ann's own line is known from here on
    plan.teams.fail(Fault(status=503, times=4))
    assert not await takes_figures(plan, "Cobalt")
    assert await takes_figures(plan, "Dorado")


@pytest.mark.parametrize("left", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
async def test_who_stayed_behind_still_counts(plan: TeamsRunner, left: Any) -> None:
    await tell(plan, SHARED, ONE)
    plan.channels["acme"].members.append(left)
    await tell(plan, UNSHARED, ONE)
    assert not await takes_figures(plan, "Cobalt")


async def test_what_teams_calls_a_shared_channel_stays_one(plan: TeamsRunner) -> None:
    place = plan.teams.channel(ANN, BEN, shared_with=(OTHER_TENANT,))
    await plan.client.mention(ANN, "help", place)
    data = {"eventType": UNSHARED, "sharedWithTeams": [ONE]}
    await plan.client.conversation_update(ANN, place, channelData=data)
    assert not await takes_figures(plan, "Cobalt", place)


async def test_another_process_that_knew_it_as_shared_does_not_write_that_back(plan: TeamsRunner) -> None:
    await tell(plan, SHARED, ONE)
    _, other = build_teams(plan.app, plan.app.settings, clock=plan.clock, hides=True)
    place = plan.channels["acme"]
    told = plan.client.event(ANN, place, "conversationUpdate")
    told["channelData"] |= {"eventType": UNSHARED, "sharedWithTeams": [ONE]}
    await other.on_activity(told)
    await other.close()
    place.name = "acme two"  # what the first one learns next makes it write
    await plan.client.mention(ANN, "help", place)
    await plan.set_now(plan.now + timedelta(minutes=10))
    assert await takes_figures(plan, "Cobalt")


@pytest.mark.parametrize(
    ("shares", "ended", "left"),
    [
        ([Share("t", "a")], [Share("t", "a")], []),
        ([Share("t", "a"), Share("t", "b")], [Share("t", "a")], [Share("t", "b")]),
        ([Share("t", "a"), Share("t", "b")], [Share("t")], [Share("t", "a"), Share("t", "b")]),
        ([Share("t", "a")], [Share("t")], []),
        ([Share("t")], [Share("t", "a")], []),
        ([Share("t", "a")], [Share("u", "a")], [Share("t", "a")]),
        ([Share("t", "a")], [Share()], [Share("t", "a")]),
        ([Share()], [Share()], []),
        ([], [Share("t", "a")], []),
    ],
)
def test_which_share_ended(shares: list[Share], ended: list[Share], left: list[Share]) -> None:
    assert without(frozenset(shares), frozenset(ended)) == frozenset(left)
    assert from_data(to_data(frozenset(shares))) == frozenset(shares)


@pytest.mark.parametrize(
    "data", [None, "x", {}, {"eventType": "renamed"}, {"eventType": UNSHARED, "sharedWithTeams": [ONE]}]
)
def test_what_is_no_such_event_shares_nothing(data: object) -> None:
    assert shares_of({"channelData": data}, SHARED) == frozenset()


@pytest.mark.parametrize("teams", [None, "x", [], ["x"], [{}], [{"tenantId": 7}]])
def test_an_event_that_names_nobody_still_shares(teams: object) -> None:
    data = {"eventType": SHARED, "sharedWithTeams": teams}
    assert shares_of({"channelData": data}, SHARED) == {Share()}
