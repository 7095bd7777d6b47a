"""To anyone else a plan does not exist: the same words, and the same work."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from tests.handlers.prep.looking import plan_id
from tests.handlers.prep.scripts import answer_quick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.talk import Talk


@contextmanager
def statements(talk: Talk) -> Iterator[list[str]]:
    """Every statement that the database is given meanwhile."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(talk.app.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(talk.app.database.engine, "before_cursor_execute", note)


def without_names(text: str) -> str:
    return re.sub(r"Acme|Zeta", "X", text)


@pytest.mark.parametrize(
    "line",
    [
        "new quick {}: housings",
        "new {}: housings",
        "show {}",
        "resume {}",
        "edit {} goal",
        "set {}: goal more",
    ],
)
def test_a_supplier_of_somebody_else_is_as_unknown_as_any(talk: Talk, line: str) -> None:
    answer_quick(talk)
    talk.say("hub", "bob")
    talk.say("new quick Filler: things", "bob")
    talk.say("stop", "bob")
    with statements(talk) as unknown:
        one = talk.say(line.format("Zeta"), "bob")
    talk.say("stop", "bob")
    with statements(talk) as known:
        two = talk.say(line.format("Acme"), "bob")
    assert without_names(one.text) == without_names(two.text)
    assert unknown == known


def test_buttons_of_somebody_else_s_plan_do_nothing(talk: Talk) -> None:
    asked = talk.say("new quick Acme: housings")
    talk.say("hub", "bob")
    acme = plan_id(talk)
    for words in (
        *asked.buttons.values(),
        f"resume plan:{acme}",
        f"show plan:{acme}",
        f"edit plan:{acme} quick",
        f"answer plan:{acme} deal: Acme, x, 1 a year, 2",
        f"take plan:{acme} deal 1",
        f"own plan:{acme}",
    ):
        said = talk.press(words, "bob")
        assert said.outcome.refused, words
        assert "housings" not in said.text, words
        assert said.form is None
    assert "1 of 8" in talk.say("resume").text


def test_a_plan_taken_away_closes_its_questions(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("hub", "bob")
    talk.say("share acme @bob to edit")
    assert "1 of 8" in talk.say("resume acme", "bob").text
    talk.say("unshare acme @bob")
    said = talk.say("Acme, housings, 30k a year, 3.95", "bob")
    assert "not there for you any more" in said.text
    assert "No plan that you can read" in talk.say("show acme", "bob").text
