"""Prep installed everywhere in an enterprise: people of its teams play one transcript, and hear what people of one team would.

The workspace that a plan belongs to is the enterprise; an installation in one of its teams is another one.

Slack names the team that something happened in, or leaves it out (`terse`); the workspace must follow from neither.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import Session, select

from storage.tables import Plan, Workspace
from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.journeys.playing import check, do
from tests.journeys.runner import DM
from tests.journeys.slack_line import TEAM, How, line_to
from tests.journeys.slack_reading import block_lines
from tests.journeys.slack_runner import Group, SlackRunner, right
from tests.journeys.transcript import read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from tests.journeys.transcript import Transcript

HERE = Path(__file__).parent
SOUTH, ENTERPRISE = "T3SOUTH", "E0GROUP"
GROUP = Group(ENTERPRISE, {"bob": SOUTH, "cat": SOUTH})  # ann and whoever else there is are of the first team
Told = list[list[str]]


@asynccontextmanager
async def everywhere(
    url: str, channels: Mapping[str, list[str]], *, terse: bool = False
) -> AsyncIterator[SlackRunner]:
    """A runner in an enterprise that has Prep in two of its teams."""
    async with SlackDouble(clock=ManualClock(), burst=None) as slack:
        async with line_to(slack, url, How(oauth=True)) as line:
            runner = SlackRunner(slack, line, channels, TEAM, GROUP)
            runner.populate(enterprise_id=ENTERPRISE, everywhere=True, branches=(SOUTH,), terse=terse)
            await runner.installed()
            yield runner
        right(slack)


@pytest.mark.parametrize("terse", [False, True], ids=["told", "terse"])
@pytest.mark.parametrize("name", ["two", "leak", "forms", "reminders"])
async def test_its_teams_are_one_workspace(
    name: str, terse: bool, database_url: str, told: Callable[[Path, Transcript], Awaitable[Told]]
) -> None:
    journey = read(HERE / f"{name}.txt")
    expected = await told(HERE / f"{name}.txt", journey)
    async with everywhere(database_url, journey.channels, terse=terse) as runner:
        for step, same in zip(journey.steps, expected, strict=True):
            lines = await do(runner, step)
            check(step, lines)
            assert lines == same, f"line {step.line}"
        with Session(runner.line.app.database.engine) as session:
            spaces = {row.id: row.external_id for row in session.exec(select(Workspace)).all()}
            assert {spaces[plan.workspace_id] for plan in session.exec(select(Plan)).all()} <= {ENTERPRISE}


@pytest.mark.parametrize("terse", [False, True], ids=["told", "terse"])
async def test_somebody_of_another_team_may_begin_with_a_button_a_form_or_home(
    sqlite_url: str, terse: bool
) -> None:
    """Nothing that they do first tells more of them than their team, of which Prep has not heard before."""
    async with everywhere(sqlite_url, {"acme": ["ann", "bob"]}, terse=terse) as runner:
        bob = runner.person("bob")
        await runner.say("ann", "#acme", "/prep remind here tomorrow 9:00 call Borg")
        runner.line.move(runner.line.now.replace(day=3))
        assert "call Borg" in "\n".join(await runner.deliver())
        assert "Done by @Bob" in "\n".join(await runner.press("bob", "#acme", "Done"))
    async with everywhere(sqlite_url, {"acme": ["ann", "bob"]}, terse=terse) as runner:
        bob = runner.person("bob")
        await runner.slack.open_home(bob)
        await runner.line.settled()
        assert "inside members" not in "\n".join(block_lines(runner.slack.home(bob).blocks))
        await runner.slack.press(bob, None, "New plan")
        await runner.line.settled()
        assert runner.slack.world.stack(bob)


async def test_an_installation_in_one_team_is_another_workspace(sqlite_url: str) -> None:
    """Of what stands in the enterprise's workspace it knows nothing, and is served beside it."""
    async with everywhere(sqlite_url, {"acme": ["ann", "bob"]}) as runner:
        await runner.say("ann", DM, "new quick Acme: housings")
        await runner.say("ann", DM, "stop")
        assert "Acme" in "\n".join(await runner.say("ann", DM, "hub"))
        south = runner.slack.world.add_workspace(SOUTH, enterprise_id=ENTERPRISE)
        runner.slack.world.workspaces[TEAM].branches = ()
        await runner.line.install(runner.slack, SOUTH, runner.person("bob"))
        await runner.slack.command(runner.person("bob"), "CACME", "/prep", "new quick Borg: brackets")
        await runner.line.settled()
        assert south.bot_id in {m.bot_id for m in runner.slack.world.said}
        assert "Borg" not in "\n".join(await runner.say("ann", DM, "hub"))
        with Session(runner.line.app.database.engine) as session:
            assert {row.external_id for row in session.exec(select(Workspace)).all()} == {ENTERPRISE, SOUTH}
