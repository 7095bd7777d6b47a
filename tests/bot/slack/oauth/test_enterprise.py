"""Prep installed everywhere in an enterprise: one workspace for all of its teams, and for nobody else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handlers.turn import AskChannel, Channel, WorkspaceKey
from storage.installations import Installations
from tests.bot.slack.oauth.stage import ANN, DAN, GROUP, NORTH, ROOM, WEST, YARD, House, housed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

EVA, OUT, ODD = "U7EVA", "U9OUT", "U8ODD"


@pytest.fixture
async def group(database_url: str) -> AsyncIterator[House]:
    """Ann is of the team in which the channel is, Eva of another one of the same enterprise."""
    async with housed(database_url) as house:
        world = house.slack.world
        space = world.workspaces[NORTH]
        space.enterprise_id, space.everywhere = GROUP, True
        world.users[ANN].enterprise = GROUP
        world.add_user(EVA, "eva", "T3SOUTH", enterprise=GROUP)
        world.add_user(ODD, "odd", "T4ODD", enterprise="E9OTHER")
        world.add_user(OUT, "olga", "T9ACME", is_stranger=True)
        world.channels[ROOM].members += [EVA, ODD, OUT]
        page = await house.install(NORTH, ANN)
        assert "for the organization" in page
        yield house


async def test_the_workspace_is_the_enterprise(group: House) -> None:
    await group.dm("new quick Acme: housings")
    await group.dm("later")
    assert "Acme" in await group.command("show acme")
    face = await group.faces.at(GROUP)
    assert (face.identity.known and face.identity.known.everywhere) is True
    assert "not installed" in await group.command("hub", DAN, YARD)
    await group.install(WEST, DAN)
    assert "no plan yet" in await group.command("hub", DAN, YARD)


async def test_members_of_its_other_teams_are_inside(group: House) -> None:
    assert "no plan yet" in await group.command("hub", EVA)
    await group.slack.mention(EVA, ROOM, "hub")
    await group.settled()
    assert "no plan yet" in group.slack.reading(group.slack.ephemerals(ROOM, EVA)[-1])
    await group.slack.press(EVA, ROOM, "Renewals")
    await group.settled()
    assert "inside members" not in group.all_said(NORTH)
    assert group.slack.troubles == []


@pytest.mark.parametrize("who", [ODD, OUT])
async def test_people_of_others_are_not(group: House, who: str) -> None:
    await group.slack.mention(who, ROOM, "hub")
    await group.settled()
    assert "inside members of this workspace only" in group.slack.reading(
        group.slack.ephemerals(ROOM, who)[-1]
    )


async def test_it_is_taken_away_from_all_at_once(group: House) -> None:
    await group.dm("new quick Acme: housings")
    await group.dm("later")
    await group.slack.uninstall(NORTH)
    assert "not installed" in await group.command("show acme")
    await group.install(NORTH, ANN)
    assert "Acme" in await group.command("show acme")


async def test_its_own_installation_of_one_team_is_another_workspace(group: House) -> None:
    await group.dm("new quick Acme: housings")
    await group.dm("later")
    group.slack.world.workspaces[NORTH].everywhere = False
    await group.install(NORTH, ANN)
    assert "Acme" not in await group.command("hub")
    await group.slack.uninstall(NORTH)  # of the team alone
    group.slack.world.workspaces[NORTH].everywhere = True
    group.slack.world.workspaces[NORTH].revoked = False
    assert "Acme" in await group.command("hub")


async def test_a_crowd_of_several_teams_is_known(group: House) -> None:
    world = group.slack.world
    crowd = [f"U5{n:04}" for n in range(150)]
    for number, user in enumerate(crowd):
        world.add_user(user, user.lower(), NORTH if number % 2 else "T3SOUTH", enterprise=GROUP)
    world.channels[ROOM].members = [ANN, EVA, *crowd, world.workspaces[NORTH].bot_user_id]
    await group.command("hub")
    await group.command("hub", EVA)
    face = await group.faces.at(GROUP)
    found = await face.directory.find(WorkspaceKey("slack", GROUP), AskChannel(ROOM))
    assert isinstance(found, Channel)
    assert found.people is not None
    assert (len(found.people), {one.home for one in found.people}) == (152, {True})
    assert group.slack.rejected == []


FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "slack-payloads"


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the samples of payloads are not beside this project")
@pytest.mark.parametrize("number", [1, 2])
async def test_what_slack_really_sends_takes_it_away(database_url: str, number: int) -> None:
    body = json.loads((FOLDER / f"app_uninstalled_or_revoked_{number}.json").read_text(encoding="utf-8"))
    async with housed(database_url) as house:
        space = house.slack.world.workspaces[NORTH]
        space.enterprise_id, space.everywhere = body["enterprise_id"], True
        await house.install()
        assert (await house.slack.sender.json(body)).status == 200
        with house.running.app.database.reading() as handle:
            found = Installations(handle.connection, "slack").find(body["enterprise_id"])
        assert found is not None
        assert (found.token, found.uninstalled_at) == ("", house.now)
