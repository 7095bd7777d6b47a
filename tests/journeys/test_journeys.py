"""Every transcript on every face and both databases: it goes through, and every face says the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.local_runner import local_runner
from tests.journeys.plain_runner import plain_runner
from tests.journeys.playing import check, do, wherever
from tests.journeys.slack_runner import slack_runner
from tests.journeys.teams_runner import teams_runner
from tests.journeys.transcript import FACES, read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.journeys.transcript import Transcript

FILES = sorted(Path(__file__).parent.glob("*.txt"))
RUNNERS: dict[str, Any] = {
    "plain": plain_runner,
    "local": local_runner,
    "slack": slack_runner,
    "teams": teams_runner,
}
JOURNEYS = [(file, face) for file in FILES for face in read(file).faces]

Told = list[list[str]]


@pytest.mark.parametrize(("file", "face"), JOURNEYS, ids=[f"{file.stem}-{face}" for file, face in JOURNEYS])
async def test_a_journey_goes_through_and_says_the_same(
    file: Path, face: str, database_url: str, told: Callable[[Path, Transcript], Awaitable[Told]]
) -> None:
    journey = read(file)
    expected = await told(file, journey)
    async with RUNNERS[face](database_url, journey.channels, playbook=journey.playbook) as runner:
        for step, same in zip(journey.steps, expected, strict=True):
            lines = await do(runner, step)
            check(step, lines)
            assert wherever(lines) == wherever(same), f"line {step.line}"


@pytest.mark.parametrize(
    "file", [file for file, face in JOURNEYS if face == "teams"], ids=lambda file: file.stem
)
async def test_a_journey_says_the_same_in_a_teams_that_knows_less(
    file: Path, sqlite_url: str, told: Callable[[Path, Transcript], Awaitable[Told]]
) -> None:
    """A tenant that takes no messages for one person in a channel, and clients that know no `Action.Execute`."""
    journey = read(file)
    expected = await told(file, journey)
    async with teams_runner(
        sqlite_url, journey.channels, targeted=False, old=True, playbook=journey.playbook
    ) as runner:
        for step, same in zip(journey.steps, expected, strict=True):
            lines = await do(runner, step)
            check(step, lines)
            assert wherever(lines) == wherever(same), f"line {step.line}"


def test_every_face_plays_most_journeys() -> None:
    """What a face cannot show is the exception, and is said in the transcript."""
    for face in FACES:
        assert sum(face == one for _, one in JOURNEYS) >= len(FILES) * 0.7
