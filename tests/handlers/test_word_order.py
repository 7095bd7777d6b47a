"""Commands with the words the other way round, with little words between, or with a plural."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.turn import Channel
from tests.support.plans import begin
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann has a plan and a contract with Acme; Ben has said hello."""
    talk = Talk(database_url)
    begin(talk)
    talk.say("contract add Acme: start 2026-01-01, end 2027-06-30, auto-renew 12 months, notice 60 days")
    talk.say("term acme price: open 3.45, target 3.60, stop 4.05")
    talk.say("hub", "ben")
    talk.world.channels["acme"] = Channel("acme", "acme", present=True, shared=False, people=(person("ann"),))
    yield talk
    talk.close()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("show contract acme", "1 Jan 2026 to 30 Jun 2027"),
        ("show contracts", "What comes due"),
        ("List all my contracts", "What comes due"),
        ("show me the log acme", "Nothing logged yet"),
        ("show terms of acme", "Acme · terms"),
        ("batna of acme", "BATNA"),
        ("add contract Zyx: end 2027-12-31", "Kept: Zyx"),
        ("contract Zyx: end 31 Dec 2027, notice 30 days", "Kept: Zyx"),
        ("add a term to acme: warranty: 36/24/12", "Kept: warranty."),
        ("terms acme price: stop 4.06", "Kept: price."),
        ("add question to acme: what about support", "Added: what about support"),
        ("add offer acme theirs: price 4.1", "their offer"),
        ("contract set acme notice 90 days", "Corrected: Acme"),
        ("link acme to #acme", "In #acme you can now leave out"),
        ("owner of acme @ben", "Ben owns it now"),
        ("my settings", "Settings"),
    ],
)
def test_it_is_understood(talk: Talk, line: str, told: str) -> None:
    said = talk.say(line)
    assert told in said.text or told in said.buttons
    assert not said.outcome.refused


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("add question to zyx: what about support", "No plan that you can read is called zyx"),
        ("add question acme what about support", "I do not know"),
        ("checkin acme every month", "On which day?"),
        ("checkin acme next monday 3pm", "On which day?"),
        ("add", "I do not know"),
    ],
)
def test_what_is_not_clear_is_said(talk: Talk, line: str, told: str) -> None:
    said = talk.say(line)
    assert told in said.text
    assert said.outcome.refused


def test_a_supplier_may_be_called_like_a_command(talk: Talk) -> None:
    assert (
        "Started a plan: Contract Logistics: freight."
        in talk.say("new quick Contract Logistics: freight").text
    )


def test_a_term_told_by_the_plural_is_as_confidential_as_by_the_singular(talk: Talk) -> None:
    """In a channel it is done, and its author is told to delete it."""
    from handlers.turn import Via

    said = talk.say("terms acme price: stop 4.06", channel="acme", via=Via.MENTION)
    assert "Please delete your message" in said.text
    assert "delete" not in talk.say("terms acme", channel="acme", via=Via.MENTION).text
