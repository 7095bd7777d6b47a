"""Two Preps on databases of the same kind."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.attacks.twins import Twins

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
