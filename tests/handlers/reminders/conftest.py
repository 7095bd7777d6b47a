"""An office with the worked contract in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.deadlines import JULY
from tests.support.office import ACME, Office

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def contract_office(sqlite_url: str) -> Iterator[Office]:
    """A workspace of the test's own, with the worked contract in it."""
    found = Office.open(sqlite_url, JULY)
    found.talk.say("hub", "bob")
    assert "Kept" in found.talk.say(ACME).text
    yield found
    found.close()
