"""What a platform sends twice acts once, and is answered once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.turn import Words
from tests.support.talk import Talk


@pytest.fixture
def talk(database_url: str):
    talk = Talk(database_url)
    yield talk
    talk.close()


def _sent(talk: Talk, line: str, event: str):
    return replace(talk.incoming(Words(line)), event=event)


def _plans(talk: Talk) -> str:
    return talk.say("hub", channel="room").text


def test_a_second_arrival_changes_nothing_and_answers_nothing(talk: Talk) -> None:
    first = talk.app.core.take(_sent(talk, "new Acme: housings", "Ev1"))
    second = talk.app.core.take(_sent(talk, "new Acme: housings", "Ev1"))
    assert (first.repeated, second.repeated) == (False, True)
    assert second.answer.steps.empty
    assert _plans(talk).count("Acme: housings") == 1


def test_another_event_with_the_same_words_is_another_turn(talk: Talk) -> None:
    outcomes = [talk.app.core.take(_sent(talk, "help", event)) for event in ("Ev1", "Ev2")]
    assert not any(outcome.repeated for outcome in outcomes)


def test_reading_is_answered_once_too(talk: Talk) -> None:
    outcomes = [talk.app.core.take(_sent(talk, "help", "Ev1")) for _ in range(2)]
    assert [outcome.repeated for outcome in outcomes] == [False, True]


def test_an_error_is_told_once_and_keeps_nothing(talk: Talk) -> None:
    talk.say("later")
    outcomes = [talk.app.core.take(_sent(talk, "resume", "Ev1")) for _ in range(2)]
    assert [(outcome.refused, outcome.repeated) for outcome in outcomes] == [(True, False), (False, True)]


def test_two_at_the_same_moment_act_once(talk: Talk) -> None:
    incoming = _sent(talk, "new Acme: housings", "Ev1")
    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(talk.app.core.take, [incoming, incoming]))
    assert sorted(outcome.repeated for outcome in outcomes) == [False, True]
    assert _plans(talk).count("Acme: housings") == 1


def test_events_of_two_workspaces_do_not_meet(talk: Talk, database_url: str) -> None:
    talk.app.core.take(_sent(talk, "help", "Ev1"))
    other = replace(_sent(talk, "help", "Ev1"), workspace=replace(talk.key, id="two"))
    assert not talk.app.core.take(other).repeated


def test_what_is_no_turn_is_remembered_as_well(talk: Talk) -> None:
    assert [talk.app.core.once(talk.key, "Ev1", talk.now) for _ in range(2)] == [True, False]


def test_after_two_days_it_is_forgotten(talk: Talk) -> None:
    talk.app.core.once(talk.key, "Ev1", talk.now)
    talk.app.core.once(talk.key, "Ev2", talk.now + timedelta(days=3))
    assert talk.app.core.once(talk.key, "Ev1", talk.now + timedelta(days=3))
