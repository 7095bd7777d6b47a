"""The journeys through Teams, and Teams' words beside those of the face without a platform."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.journeys.plain_runner import PlainRunner
from tests.journeys.playing import _do, play
from tests.journeys.teams_runner import teams_runner
from tests.journeys.transcript import read

FOLDER = Path(__file__).parent
JOURNEYS = sorted(FOLDER.glob("*.txt"))
CHANNELS = {"acme": ["ann", "bob"], "room": ["ann", "bob"]}


@pytest.mark.parametrize("file", JOURNEYS, ids=lambda file: file.stem)
async def test_a_journey_goes_through(file: Path, database_url: str) -> None:
    async with teams_runner(database_url, CHANNELS) as runner:
        await play(runner, read(file))


@pytest.mark.parametrize("file", [*JOURNEYS, *sorted(FOLDER.glob("*/*.txt"))], ids=lambda file: file.stem)
async def test_teams_says_the_same(file: Path, sqlite_url: str) -> None:
    other = sqlite_url.replace("prep.db", "other.db")
    shutil.copyfile(sqlite_url.removeprefix("sqlite:///"), other.removeprefix("sqlite:///"))
    plain = PlainRunner(other, CHANNELS)
    async with teams_runner(sqlite_url, CHANNELS) as teams:
        for step in read(file):
            assert await _do(teams, step) == await _do(plain, step), f"line {step.line}"
    plain.close()
