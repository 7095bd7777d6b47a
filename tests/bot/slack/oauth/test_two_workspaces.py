"""Two companies use the same Prep, with the same supplier and the same name of a plan. Neither ever sees the other."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.bot.slack.oauth.stage import ANN, DAN, NORTH, ROOM, WEST, YARD, House, housed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WORDS = ("hub", "show acme", "batna acme", "terms acme", "log acme", "ready acme", "lessons acme", "show")
FIGURES = {NORTH: ("4.17", "Kvik", "3.46"), WEST: ("9.76", "Zorg", "8.23")}


@pytest.fixture
async def both(database_url: str) -> AsyncIterator[House]:
    """Both have a plan of the same name."""
    async with housed(database_url) as house:
        await house.install(NORTH, ANN)
        await house.install(WEST, DAN)
        for who, (price, name, opening) in ((ANN, FIGURES[NORTH]), (DAN, FIGURES[WEST])):
            await house.dm("new quick Acme: housings", who)
            await house.dm("later", who)
            await house.dm(f"term acme price: open {opening}, target 8.70, stop 9.05", who)
            await house.dm(f"batna acme add {name} = {price}, chance 80 %, 12 weeks", who)
        yield house


def tells(text: str, team: str) -> bool:
    return any(word in text for word in FIGURES[team])


async def test_each_sees_its_own_by_every_way_of_asking(both: House) -> None:
    for who, channel, own, other in ((ANN, ROOM, NORTH, WEST), (DAN, YARD, WEST, NORTH)):
        for words in WORDS:
            await both.command(words, who, channel)
            await both.slack.mention(who, channel, words)
            await both.settled()
            await both.dm(words, who)
            await both.press(words, who, channel)
        said = both.all_said(own)
        assert tells(said, own)
        assert not tells(said, other)
    assert {call.team for call in both.slack.calls if call.answer.get("ok")} <= {NORTH, WEST, ""}


async def test_a_button_of_the_other_workspace_does_nothing_here(both: House) -> None:
    await both.command("hub")
    shown = str([message.blocks for message in both.slack.world.said if message.blocks])
    values = set(re.findall(r"'value': '([^']*)'", shown))
    # buttons that name a plan by what only Prep knows; what is typed comes back, so that it must hold no figure itself
    own = {one for one in values if re.search(r"plan:\d{6,}", one) and not tells(one, NORTH)}
    assert len(own) > 3
    for value in own:
        await both.press(value, DAN, YARD)
        await both.command(value, DAN, YARD)
    assert not tells(both.all_said(WEST), NORTH)
    assert "Kvik" in await both.command("batna acme")


async def test_a_reminder_comes_from_the_own_workspace(both: House) -> None:
    await both.dm("remind me tomorrow 10:00 call Northern", ANN)
    await both.dm("remind me tomorrow 10:00 call Western", DAN)
    both.pass_time(timedelta(hours=18))
    assert await both.running.delivery.deliver(both.now) == 2
    assert ("Northern" in both.told(ANN)[-1], "Western" in both.told(DAN)[-1]) == (True, True)
    assert "Western" not in both.all_said(NORTH)
    assert "Northern" not in both.all_said(WEST)


async def test_in_a_shared_channel_each_is_answered_by_the_own_prep_alone(both: House) -> None:
    world = both.slack.world
    world.add_channel("C9BOTH", "both", [ANN, DAN], is_ext_shared=True, teams=[WEST])
    world.channels["C9BOTH"].members.append(world.workspaces[WEST].bot_user_id)
    assert tells(await both.command("batna acme", ANN, "C9BOTH"), NORTH)
    assert tells(await both.command("batna acme", DAN, "C9BOTH"), WEST)
    message = {"bot_id": world.workspaces[NORTH].bot_id, "team": NORTH, "ts": "1.2"}
    said = len(world.said)
    await both.press("batna acme", DAN, "C9BOTH", message=message)  # of the other company's message
    new = [both.slack.reading(one) for one in world.said[said:]]
    assert new == ["Prep answers inside members of this workspace only."]


async def test_the_same_person_in_both_has_two_seats(both: House) -> None:
    # ids of people are unique in Slack; a payload that names the other team gets that team's seat, which is empty
    await both.slack.command(ANN, ROOM, "/prep", "batna acme", team=WEST)
    await both.settled()
    assert not tells(both.all_said(WEST), NORTH)


async def test_faces_are_bounded_and_made_anew(both: House) -> None:
    from bot.slack.oauth.faces import ManyFaces

    served, edge = both.faces, both.running.app.edge
    few = ManyFaces(
        edge, served._installs, served._rotation, lambda: both.now, api_url=both.slack.api_url, most=1
    )
    first = await few.at(NORTH)
    assert (await few.at(NORTH), few.known({"team_id": NORTH})) == (first, first)
    await few.at(WEST)
    assert few.known({"team_id": NORTH}) is None
    assert (await few.find({"team_id": NORTH})).identity.known == first.identity.known
