"""The same transcripts however Slack is connected: installed by OAuth, and over a connection that Prep opens.

Only what depends on the way is tried on each way, so that the suite stays quick: the worked purchase (every command used
at the table), the quick questions (typed answers and buttons, as events and as envelopes), forms (one that opens, is refused
in the answer itself, and closes), reminders (what delivery posts hours later with the token of the workspace), and what must
never come out (channels, guests and people from outside, who are asked about with that token). What the rest says goes no
other way than these do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.playing import check, do
from tests.journeys.slack_line import How
from tests.journeys.slack_runner import slack_runner
from tests.journeys.transcript import read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.journeys.transcript import Transcript

HERE = Path(__file__).parent
WAYS = {"oauth": How(oauth=True), "socket": How(socket=True)}
NAMES = ("acme", "quick", "forms", "reminders", "leak")

Told = list[list[str]]


async def played(database_url: str, file: Path, how: How) -> Told:
    """What is said in a transcript, step by step; each step holds what the transcript says."""
    journey, said = read(file), []
    async with slack_runner(database_url, journey.channels, how=how) as runner:
        for step in journey.steps:
            said.append(await do(runner, step))
            check(step, said[-1])
    return said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
async def test_a_journey_says_the_same(
    name: str, way: str, database_url: str, told: Callable[[Path, Transcript], Awaitable[Told]]
) -> None:
    file = HERE / f"{name}.txt"
    assert await played(database_url, file, WAYS[way]) == await told(file, read(file))


async def test_installed_by_oauth_it_may_come_over_a_socket_too(
    sqlite_url: str, told: Callable[[Path, Transcript], Awaitable[Told]]
) -> None:
    file = HERE / "forms.txt"
    assert await played(sqlite_url, file, How(oauth=True, socket=True)) == await told(file, read(file))
