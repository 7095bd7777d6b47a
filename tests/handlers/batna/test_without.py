"""Without an alternative that can be costed: what there is, and the one thing that would help next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.tables import Alternative
from tests.handlers.prep.looking import rows
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A plan with a price that was paid."""
    talk = Talk(database_url)
    talk.say("new full Acme: housings")
    talk.say("later")
    talk.say("set acme: volume 30000 a year, baseline 3.95")
    yield talk
    talk.close()


def test_none_is_an_answer_and_no_alternative(talk: Talk) -> None:
    said = talk.say("batna acme add none").text
    assert "set Acme: alts none" in said
    assert rows(talk, Alternative) == []
    talk.say("set Acme: alts none")
    assert "you said that there is no way without them" in talk.say("batna acme").text


def test_a_sole_source_shows_what_would_open_a_way(talk: Talk) -> None:
    talk.say("set acme: improve ask Cyan for samples by May")
    assert "Better if: ask Cyan for samples by May" in talk.say("batna acme").text


def test_what_has_no_price_is_asked_for_its_price(talk: Talk) -> None:
    talk.say("set acme: alts it rolls over")
    said = talk.say("batna acme").text
    assert "batna Acme set it rolls over: price 3.95" in said
    assert "BATNA: it rolls over, 3.95" in talk.say("batna Acme set it rolls over: price 3.95").text
