"""What tests of the running process share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.support.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A workspace of the test's own, on a Wednesday in July."""
    found = Office.open(database_url, datetime(2026, 7, 1, 9, tzinfo=UTC))
    yield found
    found.close()
