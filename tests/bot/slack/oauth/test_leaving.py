"""Prep is taken away, and comes back: its token goes at once, everything else stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from handlers.gate import seal
from handlers.notices import notice
from handlers.turn import Address, Mark, WorkspaceKey
from storage.installations import Installations
from tests.bot.slack.oauth.stage import ANN, BOB, DAN, NORTH, WEST, YARD, House, serving

if TYPE_CHECKING:
    from storage.installations import Installed

UNINSTALLED = {"type": "app_uninstalled"}
REVOKED = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT0PREP"]}}


def row(house: House, workspace: str = NORTH) -> Installed:
    with house.running.app.database.reading() as handle:
        found = Installations(handle.connection, "slack").find(workspace)
    assert found is not None
    return found


@pytest.mark.parametrize("event", [UNINSTALLED, REVOKED])
async def test_the_token_goes_at_once(house: House, event: dict[str, Any]) -> None:
    await house.install()
    await house.install(WEST, DAN)
    assert row(house).token
    await house.slack.take_away(event)
    gone = row(house)
    assert (gone.token, gone.refresh, gone.uninstalled_at) == ("", "", house.now)
    calls = len(house.slack.calls)
    assert "not installed" in await house.command("hub")
    assert (await house.press("hub", ANN, "C1ROOM")).status == 200
    await house.slack.mention(BOB, "C1ROOM", "hub")
    assert len(house.slack.calls) == calls  # nothing is tried with a token that is gone
    assert "no plan yet" in await house.command("hub", DAN, YARD)


async def test_a_button_is_told_that_prep_is_gone(house: House) -> None:
    await house.install()
    shown = house.slack.world.direct(NORTH, [ANN]).id
    await house.slack.uninstall(NORTH)
    await house.slack.press(ANN, shown, "What can you do?")
    await house.settled()
    assert "not installed" in house.slack.reading(house.slack.ephemerals(shown, ANN)[-1])


async def test_tokens_of_people_and_of_nobody_are_none_of_ours(house: House) -> None:
    await house.install()
    for tokens in ({"oauth": ["U1ANN"], "bot": []}, {"oauth": ["U1ANN"]}, {}):
        await house.slack.take_away({"type": "tokens_revoked", "tokens": tokens})
    await house.slack.take_away(UNINSTALLED, team=WEST)  # where Prep never was
    assert row(house).token
    assert "no plan yet" in await house.command("hub")


async def test_after_coming_back_the_plans_are_there(house: House) -> None:
    await house.install()
    await house.dm("new quick Acme: housings")
    await house.dm("later")
    await house.slack.uninstall(NORTH)
    assert "not installed" in await house.command("show acme")
    page = await house.install()
    assert "still there" in page
    assert "installed again" in house.told()[-1]
    assert "Acme" in await house.command("show acme")
    assert row(house).uninstalled_at is None


async def test_what_is_owed_is_not_attempted_meanwhile_and_comes_afterwards(house: House) -> None:
    await house.install()
    await house.install(WEST, DAN)
    for who in (ANN, DAN):
        await house.dm("remind me tomorrow 10:00 call Borg", who)
    await house.slack.uninstall(NORTH)
    house.pass_time(timedelta(hours=18))
    assert await house.running.delivery.deliver(house.now) == 1
    assert "call Borg" in house.told(DAN)[-1]
    calls, before = len(house.slack.calls), house.told()
    for _ in range(3):
        house.pass_time(timedelta(hours=1))
        assert await house.running.delivery.deliver(house.now) == 0
    assert (len(house.slack.calls), house.told()) == (calls, before)
    await house.install()
    assert await house.running.delivery.deliver(house.now) == 1
    assert "call Borg" in house.told()[-1]


async def test_a_token_that_ends_while_it_is_used_loses_nothing(house: House) -> None:
    await house.install()
    await house.dm("remind me tomorrow 10:00 call Borg")
    house.pass_time(timedelta(hours=18))
    house.slack.world.workspaces[NORTH].revoked = True  # and Slack has not told it yet
    assert await house.running.delivery.deliver(house.now) == 0
    await house.slack.uninstall(NORTH)
    await house.install()
    house.pass_time(timedelta(minutes=6))
    assert await house.running.delivery.deliver(house.now) == 1
    assert "call Borg" in house.told()[-1]


async def test_a_workspace_without_an_installation_gets_nothing(house: House) -> None:
    await house.install()
    said = len(house.slack.world.said)
    sealed = seal(notice(("x",)), Mark.OPEN, (), DAN)
    done = await house.ours.post(WorkspaceKey("slack", WEST), Address(DAN, direct=True), sealed, "t")
    assert getattr(done, "seconds", 0) >= 3600
    assert len(house.slack.world.said) == said


async def test_what_is_told_late_does_not_take_away_what_was_installed_since(house: House) -> None:
    await house.install()
    uninstalled_at = house.slack.clock.now()
    house.slack.world.workspaces[NORTH].revoked = True
    house.pass_time(timedelta(minutes=2))
    await house.install()
    await house.slack.take_away(UNINSTALLED, at=uninstalled_at)
    assert row(house).token
    house.slack.world.workspaces[NORTH].revoked = True  # but if it does not work any more, it was that one
    await house.slack.take_away(UNINSTALLED, at=uninstalled_at)
    assert row(house).token == ""


async def test_another_process_sees_it_within_seconds(house: House, database_url: str) -> None:
    await house.install()
    async with serving(database_url, house.slack, house.now) as second:
        assert "no plan yet" in await second.command("hub")
        await house.faces.taken_away({"event": UNINSTALLED, "team_id": NORTH, "event_time": 0})
        house.slack.world.workspaces[NORTH].revoked = True
        second.now += timedelta(seconds=20)
        assert "not installed" in await second.command("hub")
        await second.install()
        house.now += timedelta(seconds=20)
        house.slack.point_at(f"{house.running.address}/slack/events")
        assert "no plan yet" in await house.command("hub")
