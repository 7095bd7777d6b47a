"""What comes due, for one supplier alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.support.office import ACME, Office

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A workspace of the test's own."""
    found = Office.open(database_url, datetime(2026, 7, 1, 9, tzinfo=UTC))
    yield found
    found.close()


def test_renewals_of_one_supplier_however_far_away(office: Office) -> None:
    office.talk.say(ACME)
    office.talk.say("contract add Zeta: end 2029-06-30, auto-renew 12 months, notice 60 days, channel #acme")
    zeta = office.talk.say("renewals zeta").text
    assert "Zeta: send notice" in zeta
    assert "Acme" not in zeta
    assert "Zeta" not in office.talk.say("renewals acme").text
    said = office.talk.say("renewals nobody")
    assert said.outcome.refused
    assert "Nor do you see a contract of that name" in said.text
