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

from bot.slack.needs import NEW_SHORTCUT
from storage.tables import Plan, Workspace
from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.journeys.playing import check, do
from tests.journeys.runner import DM
from tests.journeys.slack_line import TEAM, How, line_to
from tests.journeys.slack_reading import block_lines, view_lines
from tests.journeys.slack_runner import PATIENCE, Group, SlackRunner, right
from tests.journeys.transcript import read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from tests.journeys.transcript import Transcript

HERE = Path(__file__).parent
SOUTH, ENTERPRISE = "T3SOUTH", "E0GROUP"
GROUP = Group(ENTERPRISE, {"bob": SOUTH, "cat": SOUTH})  # ann and whoever else there is are of the first team
REFUSED = "inside members of this workspace only"

Told = list[list[str]]


@asynccontextmanager
async def everywhere(
    url: str, channels: Mapping[str, list[str]], *, terse: bool = False
) -> AsyncIterator[SlackRunner]:
    """A runner in an enterprise that has Prep in two of its teams."""
    async with SlackDouble(clock=ManualClock(), burst=None, patience=PATIENCE) as slack:
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
@pytest.mark.parametrize("first", ["press", "submit", "home", "shortcut", "mention", "command"])
async def test_somebody_of_another_team_may_be_the_first_to_come(
    first: str, terse: bool, sqlite_url: str
) -> None:
    """After a new start Prep has not heard of their team, whatever they do first and however little it tells."""
    async with SlackDouble(clock=ManualClock(), burst=None, patience=PATIENCE) as slack:
        async with line_to(slack, sqlite_url, How(oauth=True)) as line:
            runner = SlackRunner(slack, line, {"acme": ["ann", "bob"]}, TEAM, GROUP)
            runner.populate(enterprise_id=ENTERPRISE, everywhere=True, branches=(SOUTH,), terse=terse)
            await runner.installed()
            await runner.say("bob", "#acme", "/prep remind here tomorrow 9:00 call Borg")
            await runner.say("bob", "#acme", "/prep remind")
            if first == "submit":
                await runner.say("bob", DM, "contract add")
        async with line_to(slack, sqlite_url, How(oauth=True)) as line:
            runner.line = line
            assert REFUSED not in "\n".join(await come_first(runner, first))
        right(slack)


async def come_first(runner: SlackRunner, how: str) -> list[str]:
    """What Bob sees of the first that he does."""
    bob = runner.person("bob")
    match how:
        case "press":
            return await runner.press("bob", "#acme", "Stop 1")
        case "submit":
            return await runner.submit("bob", DM, {"0:0:supplier": "Acme", "3::end": "2027-06-30"})
        case "home":
            await runner.slack.open_home(bob)
            await runner.line.settled()
            return block_lines(runner.slack.home(bob).blocks)
        case "shortcut":
            await runner.slack.shortcut(bob, NEW_SHORTCUT)
            await runner.line.settled()
            return view_lines(runner.slack.view(bob).body)
        case _:
            return await runner.say("bob", "#acme", "@Prep hub" if how == "mention" else "/prep hub")


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
