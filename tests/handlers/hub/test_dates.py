"""The next dates on the hub: talks, deadlines, ends and check-ins in order, and only what the member may see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from handlers.gate import Everyone, Shown, unseal
from tests.support.deadlines import JULY
from tests.support.office import ACME, Office

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """Three people; ann has contracts and a check-in."""
    found = Office.open(database_url, JULY)
    found.talk.say("hub", "bob")
    yield found
    found.close()


def lines(office: Office, who: str = "ann") -> list[str]:
    """What stands under Next."""
    said = office.talk.say("", who).text.splitlines()
    return [line.strip() for line in said[said.index("Next:") + 1 :] if line.startswith("  ")]


def test_deadlines_ends_and_check_ins_stand_in_order(office: Office) -> None:
    office.talk.say(ACME)
    office.talk.say("contract add Borg: title tools, start 2026-01-01, end 2026-12-31")
    office.talk.say("checkin acme quarterly on the 15th from Oct 2026, channel #acme")
    assert lines(office) == [
        "15 Oct 09:00 check-in with Acme",
        "31 Dec Borg tools: ends",
        "29 Mar 2028 Acme housings: notice must be sent",
    ]
    assert lines(office, "bob") == lines(office)


def test_a_restricted_contract_is_there_for_its_owner_alone(office: Office) -> None:
    office.talk.say(f"{ACME.replace('backup @bob, ', '')}, restricted")
    assert lines(office) == ["29 Mar 2028 Acme housings: notice must be sent"]
    assert "Acme" not in office.talk.say("", "cyd").text


def test_a_deadline_that_is_late_says_so(office: Office) -> None:
    office.talk.say(ACME)
    office.talk.now = datetime(2028, 3, 29, 9, tzinfo=UTC)
    office.deliver()
    assert lines(office) == ["29 Mar Acme housings: notice must be sent"]
    office.talk.now = datetime(2028, 3, 30, 6, tzinfo=UTC)
    assert lines(office) == ["29 Mar Acme housings: notice must be sent, it is late"]


def test_dates_of_contracts_are_for_the_inside(office: Office) -> None:
    """Without a plan in it the hub is no plan's content, but nothing for outsiders either."""
    inside, unknown = Everyone(office.talk.world.channels["acme"]), Everyone(None)
    assert isinstance(unseal(office.talk.say("").outcome.answer, unknown), Shown)
    office.talk.say(ACME)
    answer = office.talk.say("").outcome.answer
    assert isinstance(unseal(answer, inside), Shown)
    assert not isinstance(unseal(answer, unknown), Shown)
