"""What a journey must say on whatever face: what the face without a platform says."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.journeys.plain_runner import plain_runner
from tests.journeys.playing import play

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.journeys.transcript import Transcript

Told = list[list[str]]


@pytest.fixture(scope="session")
def told(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Callable[[Path, Transcript], Awaitable[Told]]:
    """What the face without a platform says on SQLite, which all others are compared with."""
    kept: dict[Path, Told] = {}

    async def _told(file: Path, journey: Transcript) -> Told:
        if file not in kept:
            folder = tmp_path_factory.mktemp(file.stem)
            url = f"sqlite:///{shutil.copyfile(sqlite_template, folder / 'prep.db')}"
            async with plain_runner(url, journey.channels, playbook=journey.playbook) as runner:
                kept[file] = await play(runner, journey.steps, checked=False)
        return kept[file]

    return _told
