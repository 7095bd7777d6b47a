"""What a platform sends twice is answered once, whether it only reads or not, in one process and after a restart."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from handlers.turn import Via, Words
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.turn import Incoming

READS, WRITES = "help", "new Acme: housings"


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A Prep that Ann has met."""
    talk = Talk(database_url)
    talk.say("later")
    yield talk
    talk.close()


def _sent(talk: Talk, line: str, event: str = "Ev1") -> Incoming:
    return replace(talk.incoming(Words(line)), event=event)


@pytest.mark.parametrize("line", [READS, WRITES])
def test_it_is_answered_once_in_one_process(talk: Talk, line: str) -> None:
    first, second = (talk.do(_sent(talk, line)) for _ in range(2))
    assert first.text
    assert not first.outcome.repeated
    assert second.outcome.repeated
    assert second.outcome.answer.steps.empty


@pytest.mark.parametrize("line", [READS, WRITES])
def test_it_is_answered_once_while_it_is_under_way(talk: Talk, line: str) -> None:
    async def both() -> list[bool]:
        incoming = _sent(talk, line)
        outcomes = await asyncio.gather(*(talk.app.edge.run(incoming, talk.world) for _ in range(2)))
        return sorted(outcome.repeated for outcome in outcomes)

    assert asyncio.run(both()) == [False, True]


@pytest.mark.parametrize("line", [READS, WRITES])
def test_it_is_answered_once_after_a_restart_too(talk: Talk, database_url: str, line: str) -> None:
    talk.do(_sent(talk, line))
    talk.close()
    again = Talk(database_url)
    try:
        assert again.do(_sent(again, line)).outcome.repeated
        assert not again.do(_sent(again, line, "Ev2")).outcome.repeated
    finally:
        again.close()


def test_what_broke_is_tried_again(talk: Talk) -> None:
    with talk.app.database.writing() as handle:
        handle.connection.execute(text("ALTER TABLE plan_access RENAME TO gone"))
    assert talk.do(_sent(talk, "plans")).outcome.broken
    with talk.app.database.writing() as handle:
        handle.connection.execute(text("ALTER TABLE gone RENAME TO plan_access"))
    mended = talk.do(_sent(talk, "plans")).outcome
    assert not mended.broken
    assert not mended.repeated


@pytest.mark.parametrize("via", [Via.SLASH, Via.DIRECT])
def test_what_was_typed_comes_back_where_it_broke_and_the_platform_does_not_keep_it(
    talk: Talk, via: Via
) -> None:
    with talk.app.database.writing() as handle:
        handle.connection.execute(text("ALTER TABLE plan RENAME TO gone"))
    said = talk.do(talk.incoming(Words("give acme price 3.70 -> 3.71 for samples"), via=via))
    assert said.outcome.broken
    assert ("give acme price 3.70 -> 3.71 for samples" in said.text) is (via is Via.SLASH)


def test_an_answer_to_an_open_question_is_never_taken_for_a_command_that_reads(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    said = talk.do(_sent(talk, "show them the index"))
    assert "Kept" in said.text


def test_an_answer_stands_where_its_plan_could_not_be_noted(talk: Talk) -> None:
    talk.say("new Acme: housings")
    incoming = talk.incoming(Words("show acme"), channel="room")
    said = talk.do(incoming)
    with talk.app.database.writing() as handle:
        handle.connection.execute(text("ALTER TABLE focus RENAME TO gone"))
    asyncio.run(talk.app.edge.settle(incoming, replace(said.outcome, place="elsewhere")))
    with talk.app.database.writing() as handle:
        handle.connection.execute(text("ALTER TABLE gone RENAME TO focus"))
    assert not talk.app.edge.is_settled(incoming, replace(said.outcome, place="elsewhere"))
