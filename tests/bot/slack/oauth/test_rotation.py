"""Tokens that end are renewed before they do, by one process, and the others read the new one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.slack.oauth.rotation import ATTEMPT
from storage.installations import Installations
from tests.bot.slack.oauth.stage import ANN, NORTH, House, housed, serving
from tests.doubles.slack.faults import down, drop_after_accepting, refuses, slow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SOON, LATER = timedelta(hours=8, minutes=59), timedelta(hours=9, minutes=1)


@pytest.fixture
async def ending(database_url: str) -> AsyncIterator[House]:
    """A workspace whose tokens work for twelve hours."""
    async with housed(database_url) as house:
        house.slack.world.workspaces[NORTH].rotates = True
        await house.install()
        yield house


def renewals(house: House) -> int:
    return sum("refresh_token" in call.arguments for call in house.slack.called("oauth.v2.access"))


async def test_a_token_is_renewed_before_it_ends_and_not_sooner(ending: House) -> None:
    first = ending.slack.world.workspaces[NORTH].token
    ending.pass_time(SOON)
    await ending.dm("hub")
    assert renewals(ending) == 0
    ending.pass_time(timedelta(minutes=2))
    await ending.dm("hub")
    await ending.dm("hub")
    assert renewals(ending) == 1
    assert ending.slack.world.workspaces[NORTH].token != first
    for _ in range(3):
        ending.pass_time(timedelta(hours=11, minutes=59))
        assert "no plan yet" in await ending.dm("hub")
    assert [call.answer["error"] for call in ending.slack.rejected] == []


async def test_a_token_that_has_ended_is_renewed_too(ending: House) -> None:
    ending.pass_time(timedelta(days=40))
    assert "no plan yet" in await ending.command("hub")
    assert "no plan yet" in await ending.dm("hub")
    assert renewals(ending) == 1


async def test_many_at_once_renew_it_once(ending: House) -> None:
    ending.pass_time(timedelta(days=1))
    face = await ending.faces.at(NORTH)
    await asyncio.gather(*(face.api.ask("users.info", user=ANN) for _ in range(20)))
    assert renewals(ending) == 1


async def test_of_two_processes_one_renews_it(ending: House, database_url: str) -> None:
    async with serving(database_url, ending.slack, ending.now) as second:
        await asyncio.gather(ending.faces.at(NORTH), second.faces.at(NORTH))
        ending.pass_time(timedelta(days=1))
        second.now = ending.now
        ending.slack.fail(slow(0.3), "oauth.v2.access")
        both = [await house.faces.at(NORTH) for house in (ending, second)]
        ending.pass_time(timedelta(days=1))
        second.now = ending.now
        await asyncio.gather(*(face.api.ask("users.info", user=ANN) for face in both for _ in range(5)))
        assert renewals(ending) == 2  # one for each day
        assert {face.api.client.token for face in both} == {ending.slack.world.workspaces[NORTH].token}
        assert ending.slack.rejected == []


@pytest.mark.parametrize("fault", [down(), refuses("fatal_error")])
async def test_where_slack_does_not_answer_the_old_one_goes_on(ending: House, fault) -> None:
    ending.slack.fail(fault, "oauth.v2.access", times=1)
    ending.pass_time(LATER)
    assert "no plan yet" in await ending.dm("hub")
    assert "no plan yet" in await ending.dm("hub")
    assert renewals(ending) == 1  # not at each call: there is a pause
    ending.pass_time(ATTEMPT)
    assert "no plan yet" in await ending.dm("hub")
    assert renewals(ending) == 2
    assert ending.slack.rejected[1:] == []


async def test_a_refresh_token_that_is_lost_is_told_and_a_new_installation_helps(ending: House) -> None:
    ending.slack.fail(drop_after_accepting(), "oauth.v2.access", times=1)
    ending.pass_time(LATER)
    await ending.dm("hub")
    ending.pass_time(timedelta(hours=4))
    for _ in range(2):
        assert "installed again" in await ending.command("hub")
    heard = await ending.slack.mention(ANN, "C1ROOM", "hub")
    assert heard.status == 500  # so that Slack sends it again
    ending.slack.troubles.clear()
    await ending.install()
    assert "no plan yet" in await ending.dm("hub")


async def test_an_uninstall_meanwhile_is_not_undone(ending: House) -> None:
    database = ending.running.app.database
    with database.reading() as handle:
        known = Installations(handle.connection, "slack").find(NORTH)
    assert known is not None
    with database.writing() as handle:
        rows = Installations(handle.connection, "slack")
        assert rows.claim(known, ending.now, ending.now + ATTEMPT)
        assert not rows.claim(known, ending.now, ending.now + ATTEMPT)
        assert rows.end(NORTH, ending.now)
        assert not rows.end(NORTH, ending.now)
        assert not rows.renew(known, replace(known, token="new"))
        assert not rows.claim(known, ending.now, ending.now + ATTEMPT)
        again = rows.find(NORTH)
        assert again is not None
        assert again.token == ""
