from __future__ import annotations

import re

import pytest

from handlers.errors import Unknown
from handlers.prep.banks import bank_questions, checklist, common_objections, hints, hints_for
from handlers.prep.loading import builtin
from tests.support.domain import borrowed, is_source, shared_text

KEYS = builtin("quick").by_key.keys() | builtin("full").by_key.keys()
LISTS = [checklist(key) for key in ("levers", "health", "style")]


def test_the_bank_holds_open_questions_only() -> None:
    questions = [q.ask for q in bank_questions()]
    assert 20 <= len(questions) <= 30
    assert len(set(questions)) == len(questions)
    assert all(re.match(r"(What|How)\b.*\?$", q) for q in questions)
    assert len({q.topic for q in bank_questions()}) == len({q.title for q in bank_questions()}) == 7


def test_every_objection_has_an_answer_and_an_open_question() -> None:
    objections = common_objections()
    assert 8 <= len(objections) <= 12
    assert len({o.key for o in objections}) == len(objections)
    assert all(o.answer.endswith(".") and re.match(r"(What|How)\b.*\?$", o.ask) for o in objections)


def test_the_checklists_cover_the_choices_of_their_questions() -> None:
    script = builtin("full")
    for key in ("levers", "health"):
        assert tuple(name for name, _ in checklist(key).items) == script.by_key[key].choices
    assert len(checklist("style").items) >= 6


def test_a_question_without_a_checklist_says_so() -> None:
    with pytest.raises(Unknown):
        checklist("goal")


def test_hints_name_a_publication_and_bear_on_questions_that_are_there() -> None:
    assert all(set(hint.keys) <= KEYS and hint.keys for hint in hints())
    assert all(re.search(r"\b(19|20)\d\d\b|doi ", hint.source) for hint in hints())
    assert all(len(hint.text) <= 110 for hint in hints())
    assert [hint.key for hint in hints_for("improve")] == ["small_zone"]
    assert hints_for("venue") == ()


def test_the_publications_are_the_ones_the_formulas_name() -> None:
    formulas = re.sub(r"\s+", " ", shared_text("formulas.md"))
    for hint in hints():
        name = hint.source.removeprefix("doi ").split(", ")[-1]
        assert name in formulas


def test_sources_are_headings() -> None:
    sources = [q.source for q in bank_questions()] + [o.source for o in common_objections()]
    assert [source for source in sources + [c.source for c in LISTS] if not is_source(source)] == []


def test_nothing_borrows_a_sentence_of_the_source() -> None:
    texts = [text for q in bank_questions() for text in (q.ask, q.learn)]
    texts += [text for o in common_objections() for text in (o.they, o.answer, o.ask)]
    texts += [about for c in LISTS for _, about in c.items] + [hint.text for hint in hints()]
    assert borrowed(texts, shared_text("domain/purchasing-negotiation.txt")) == []
