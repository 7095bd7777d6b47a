"""What is found, and what never is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.gate import Mark
from tests.support.plans import begin, fill, unit_of
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann's plan for Acme is full of the word quartz, Ben's for Borg of the word basalt."""
    talk = Talk(database_url)
    fill(talk, begin(talk), "quartz")
    fill(talk, begin(talk, "Borg", "brackets", "ben"), "basalt", "ben")
    yield talk
    talk.close()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("quartz goal", "goal"), ("QUARTZ RIVAL", "way without them"), ("quartz reason", "term"),
        ("quartz they", "trade"),
        ("quartz need", "stakeholder"), ("quartz objection", "objection"),
        ("quartz question", "to ask"), ("quartz open", "open point"),
        ("quartz trigger", "triggers"),
    ],
)  # fmt: skip
def test_every_part_of_a_plan_is_searched(talk: Talk, words: str, kind: str) -> None:
    said = talk.say(f"find {words}")
    assert "Acme: housings (preparing)" in said.text
    assert f"  {kind}: " in said.text
    assert max(map(len, said.text.splitlines())) <= 64
    assert talk.press(said.buttons["Acme: housings"]).text.startswith("Acme")


def test_nothing_of_others_is_found(talk: Talk) -> None:
    for words in ("basalt", "borg", "brackets", "basalt trigger", "Brog"):
        assert talk.say(f"find {words}").outcome.refused, words
    for words in ("%", "_", "a", "e", "o"):
        text = talk.say(f"find {words}").text.lower()
        assert "borg" not in text
        assert "basalt" not in text


def test_the_owners_own_notes_are_found_by_the_owner_alone(talk: Talk) -> None:
    talk.say("hub", "ben")
    talk.say("share acme @ben to edit")
    assert "quartz goal" in talk.say("find quartz goal", "ben").text
    assert talk.say("find quartz trigger", "ben").outcome.refused
    talk.say("owner acme @ben")
    assert talk.say("find quartz trigger", "ben").outcome.refused, "they stay with the one who wrote them"


def test_what_is_for_the_owner_alone_marks_the_answer(talk: Talk) -> None:
    from storage.search import search_plans

    with unit_of(talk) as unit:
        assert search_plans(unit, ["quartz", "goal"])
        assert (unit.plan_was_read, unit.owner_part_was_read) == (True, False)
        assert search_plans(unit, ["trigger"])
        assert unit.owner_part_was_read
    assert Mark.OWNER > Mark.PLAN


@pytest.mark.parametrize("words", ["100%", "a_b", "back/slash", "quote's", "x;y", "ÄÖÜ", "straße"])
def test_signs_are_looked_for_as_they_stand(talk: Talk, words: str) -> None:
    with unit_of(talk) as unit:
        book = unit.plans.book(unit.plans.live()[0].id)
        assert book is not None
        book.answer("goal", f"before {words} after")
    assert "goal: " in talk.say(f"find {words}").text
    assert "goal: " in talk.say(f"find {words.lower()}").text
    assert talk.say("find 100_").outcome.refused
    assert talk.say("find %%").outcome.refused


def test_what_was_corrected_is_not_found_any_more(talk: Talk) -> None:
    with unit_of(talk) as unit:
        book = unit.plans.book(unit.plans.live()[0].id)
        assert book is not None
        book.answer("goal", "something else")
    assert "goal: " not in talk.say("find quartz").text
    assert "goal: something else" in talk.say("find something").text


def test_a_name_may_be_mistyped(talk: Talk) -> None:
    assert "Acme: housings" in talk.say("find Acmee").text
    assert "Acme: housings" in talk.say("find husings").text


@pytest.mark.parametrize(
    "words", ["", "   ", "🙂", "?!", "x" * 400, "'; drop table plan; --", "<!channel>", "العربية"]
)
def test_what_cannot_be_found(talk: Talk, words: str) -> None:
    said = talk.say(f"find {words}")
    assert said.outcome.refused
    assert "For example: find" in said.text
    assert len(said.text) < 300


def test_the_word_for_is_not_looked_for(talk: Talk) -> None:
    assert talk.say("search for acme").text == talk.say("find acme").text
