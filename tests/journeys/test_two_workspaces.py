"""Two companies play the same transcript at the same moments on one Prep: both hear what they would hear alone, and no more.

Ids of people, channels, bots, messages, views and events are the same in both, and so are suppliers and plans. Only the rival
has a name of its own in each, so that it shows if something came from the other side.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.several import one_address
from tests.journeys.playing import check, do
from tests.journeys.slack_line import How, line_to
from tests.journeys.slack_reading import block_lines
from tests.journeys.slack_runner import PATIENCE, SlackRunner, right, slack_runner
from tests.journeys.transcript import read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from tests.journeys.transcript import Step, Transcript

HERE = Path(__file__).parent
TEAMS = ("T0PREP", "T2WEST")
RIVAL, RIVALS = "Borg", ("Borx", "Bory")
BOT = {"bot_user_id": "U0PREP", "bot_id": "B0PREP"}
EVERY = 8  # steps between two looks at Home
NAMES = ("acme", "forms", "old", "reminders", "tour")

Told = list[list[str]]


@asynccontextmanager
async def two(url: str, channels: Mapping[str, list[str]]) -> AsyncIterator[tuple[SlackRunner, SlackRunner]]:
    """A runner for each, on one Prep that is installed in both."""
    async with AsyncExitStack() as stack:
        slacks = [
            await stack.enter_async_context(SlackDouble(clock=ManualClock(), burst=None, patience=PATIENCE))
            for _ in TEAMS
        ]
        api_url = await stack.enter_async_context(one_address(slacks))
        line = await stack.enter_async_context(line_to(slacks[0], url, How(oauth=True), api_url=api_url))
        runners = [
            SlackRunner(slack, line, channels, team) for slack, team in zip(slacks, TEAMS, strict=True)
        ]
        for runner in runners:
            runner.slack.point_at(slacks[0].sender.url)
            runner.populate(**BOT)
            runner.direct("ann", "D0ANN")
            await runner.installed()
        yield runners[0], runners[1]
        for slack in slacks:
            right(slack)


async def both(runners: tuple[SlackRunner, SlackRunner], steps: tuple[Step, Step]) -> Told:
    """A step in both at the same time; the clock and delivery are the process's, and move once."""
    if steps[0].kind == "now":
        return [await do(runners[0], steps[0]), []]
    if steps[0].kind == "deliver":
        before = [len(runner.slack.world.said) for runner in runners]
        await runners[0].line.deliver()
        return [runner.posted(count) for runner, count in zip(runners, before, strict=True)]
    return await asyncio.gather(*(do(runner, step) for runner, step in zip(runners, steps, strict=True)))


async def homes(*runners: SlackRunner) -> Told:
    """What Ann's Home shows in each, opened at the same time."""
    await asyncio.gather(*(runner.slack.open_home(runner.person("ann")) for runner in runners))
    await runners[0].line.settled()
    return [block_lines(runner.slack.home(runner.person("ann")).blocks) for runner in runners]


def as_written(told: Told) -> Told:
    """What each was told, with the rival's name of the transcript in place of its own."""
    return [[line.replace(rival, RIVAL) for line in lines] for lines, rival in zip(told, RIVALS, strict=True)]


def own(step: Step) -> tuple[Step, Step]:
    """What each does: the same, about its own rival."""
    here, west = (replace(step, text=step.text.replace(RIVAL, rival)) for rival in RIVALS)
    return here, west


async def homes_alone(url: str, journey: Transcript) -> Told:
    """What Ann's Home shows now and then where a company is alone."""
    found = []
    async with slack_runner(url, journey.channels, how=How(oauth=True)) as runner:
        for number, step in enumerate(journey.steps):
            await do(runner, step)
            if number % EVERY == 0:
                found += await homes(runner)
    return found


@pytest.mark.parametrize("name", NAMES)
async def test_both_hear_what_they_would_hear_alone(
    name: str, database_url: str, told: Callable[[Path, Transcript], Awaitable[Told]]
) -> None:
    journey = read(HERE / f"{name}.txt")
    expected = await told(HERE / f"{name}.txt", journey)
    async with two(database_url, journey.channels) as runners:
        for step, same in zip(journey.steps, expected, strict=True):
            lines = as_written(await both(runners, own(step)))
            check(step, lines[0])
            assert lines == [same, same], f"line {step.line}"
        _nothing_crossed(runners)
        _as_much_is_kept(runners[0])


def _nothing_crossed(runners: tuple[SlackRunner, SlackRunner]) -> None:
    """Neither was told anything of the other's, and both were told as much."""
    _nothing_leaked(runners)
    said = [len([m for m in runner.slack.world.said if m.bot_id]) for runner in runners]
    assert said[0] == said[1] > 0


def _nothing_leaked(runners: tuple[SlackRunner, SlackRunner]) -> None:
    """Neither's Slack was ever sent the other's rival."""
    for runner, rival in zip(runners, reversed(RIVALS), strict=True):
        assert rival not in str([(m.text, m.blocks, m.earlier) for m in runner.slack.world.said])
        assert rival not in str([view.body for view in runner.slack.views])
        assert rival not in str([call.arguments for call in runner.slack.calls])


def _as_much_is_kept(runner: SlackRunner) -> None:
    """Of every kind, both workspaces hold as many rows."""
    tables = [table for table in SQLModel.metadata.tables.values() if "workspace_id" in table.columns]
    with runner.line.app.database.reading() as handle:
        for table in tables:
            rows = select(func.count()).select_from(table).group_by(table.c.workspace_id)
            counts = handle.connection.execute(rows).scalars().all()
            assert len(counts) in {0, 2}, table.name
            assert len(set(counts)) <= 1, table.name


@pytest.mark.parametrize("name", ["forms", "leak"])
async def test_one_is_a_step_behind_the_other(
    name: str, database_url: str, told: Callable[[Path, Transcript], Awaitable[Told]]
) -> None:
    """So that the questions, forms and messages that are open in the one are others than in the other."""
    journey = read(HERE / f"{name}.txt")
    expected = await told(HERE / f"{name}.txt", journey)
    start, *steps = journey.steps
    assert {step.kind for step in steps} <= {"say", "press", "submit"}
    async with two(database_url, journey.channels) as (north, west):
        await do(north, start)
        found = [await do(north, own(steps[0])[0])]
        behind = []
        for step, before in zip(steps[1:], steps, strict=False):
            ahead = asyncio.create_task(do(north, own(step)[0]))
            behind.append(await do(west, own(before)[1]))
            found.append(await ahead)
        for lines, late, same in zip(found, behind, expected[1:], strict=False):
            assert as_written([lines, late]) == [same, same]
        _nothing_leaked((north, west))


@pytest.mark.parametrize("name", ["quick", "reminders"])
async def test_home_shows_each_its_own(
    name: str, database_url: str, tmp_path: Path, sqlite_template: Path
) -> None:
    journey = read(HERE / f"{name}.txt")
    alone = tmp_path / "alone.db"
    alone.write_bytes(sqlite_template.read_bytes())
    expected = iter(await homes_alone(f"sqlite:///{alone}", journey))
    async with two(database_url, journey.channels) as runners:
        for number, step in enumerate(journey.steps):
            await both(runners, own(step))
            if number % EVERY == 0:
                same = next(expected)
                assert as_written(await homes(*runners)) == [same, same], f"line {step.line}"
        _nothing_crossed(runners)
    assert next(expected, None) is None
