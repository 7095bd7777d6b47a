"""What tests of storage share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of the test's own, on each kind."""
    found = Database(database_url)
    yield found
    found.close()
