"""Two Preps on databases of the same kind; and one in Teams, where Ann has a plan."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.attacks.in_teams import MEMBERS
from tests.attacks.twins import Twins
from tests.bot.teams.alone import planned
from tests.journeys.teams_runner import teams_runner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.journeys.teams_runner import TeamsRunner


@pytest.fixture
def twins(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Twins]:
    """One in which Ann has a plan, and one in which she has none."""
    if database_url.startswith("sqlite"):
        template = request.getfixturevalue("sqlite_template")
        other = f"sqlite:///{shutil.copyfile(template, tmp_path / 'twin.db')}"
        made = Twins.make(database_url, other)
        yield made
        made.close()
        return
    server = request.getfixturevalue("postgresql_server")
    other = server.create()
    made = Twins.make(database_url, other)
    yield made
    made.close()
    server.drop(other)


@pytest.fixture
async def plan(database_url: str) -> AsyncIterator[TeamsRunner]:
    """Ann's plan: with one database in a tenant that takes messages which one person in a channel sees, with the other in one
    that takes none."""
    targeted = database_url.startswith("sqlite")
    async with teams_runner(database_url, MEMBERS, targeted=targeted) as runner:
        yield await planned(runner)
