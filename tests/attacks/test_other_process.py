"""What another process has set counts in the very next turn here: nobody outside reads on for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def two(database_url: str) -> Iterator[tuple[Talk, Talk]]:
    """Two processes over one database, both used by Bob a moment ago; he may read Ann's plan."""
    here, there = Talk(database_url), Talk(database_url)
    here.say("new full Acme: housings")
    here.say("later")
    here.say("set acme: baseline 3.95, volume 30000 a year, horizon 24 months")
    here.say("help", "bob")
    here.say("share acme with @bob read")
    yield here, there
    here.close()
    there.close()


def test_who_is_put_on_the_outside_list_is_outside_at_once(two: tuple[Talk, Talk]) -> None:
    here, there = two
    assert "3.95" in there.say("show acme", "bob").text
    assert not here.say("settings outside @bob").outcome.refused
    said = there.say("show acme", "bob")
    assert "3.95" not in said.text
    assert "inside members" in said.text


def test_who_is_outside_for_one_supplier_finds_nothing_of_it_at_once(two: tuple[Talk, Talk]) -> None:
    here, there = two
    assert "3.95" in there.say("show acme", "bob").text
    assert not here.say("settings outside @bob for Acme").outcome.refused
    assert "3.95" not in there.say("show acme", "bob").text


def test_who_is_taken_off_the_list_reads_again_at_once(two: tuple[Talk, Talk]) -> None:
    here, there = two
    here.say("settings outside @bob")
    assert "3.95" not in there.say("show acme", "bob").text
    assert not here.say("settings outside remove @bob").outcome.refused
    assert "3.95" in there.say("show acme", "bob").text


def test_what_is_set_of_oneself_is_seen_at_once(two: tuple[Talk, Talk]) -> None:
    here, there = two
    there.say("settings", "bob")
    here.say("settings zone Asia/Tokyo", "bob")
    assert "Tokyo" in there.say("settings", "bob").text
