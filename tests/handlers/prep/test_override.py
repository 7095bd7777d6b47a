from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.datafile import parse
from handlers.errors import Misread
from handlers.prep.loading import builtin
from handlers.prep.override import company_scripts
from handlers.prep.override import override as merged

if TYPE_CHECKING:
    from handlers.prep.question import Script

FULL = builtin("full")

ADDED = """
sections:
  - key: deal
    questions:
      - key: incoterm
        prompt: Which delivery term do we ask for?
        why: It decides who pays for the transport.
        example: DAP our plant
        kind: text
  - key: house
    title: House rules
    questions:
      - key: conflict
        prompt: Does anyone on our side have a tie to this supplier?
        why: A tie is to be declared before the talks.
        example: "no"
        kind: choice
        choices: [no, yes]
        applies_when: route is not tender
"""


def override(script: Script, text: str, file: str = "house.yaml") -> Script:
    return merged(script, parse(text, file), file)


def wrong(text: str) -> str:
    with pytest.raises(Misread) as caught:
        override(FULL, text, "house.yaml")
    return caught.value.wrong


def test_a_company_rewords_a_question_and_the_rest_stays() -> None:
    changed = override(FULL, "questions: {goal: {prompt: What do we want?, example: under 3.70}}")
    goal, before = changed.by_key["goal"], FULL.by_key["goal"]
    assert (goal.prompt, goal.example) == ("What do we want?", "under 3.70")
    assert (goal.why, goal.kind, goal.confidential, goal.feeds) == (
        before.why,
        before.kind,
        before.confidential,
        before.feeds,
    )
    assert [q for q in changed.questions if q.key != "goal"] == [q for q in FULL.questions if q.key != "goal"]


def test_a_company_adds_to_a_section_and_adds_one() -> None:
    changed = override(FULL, ADDED)
    assert [q.key for q in changed.sections[0].questions][-1] == "incoterm"
    assert changed.sections[0].title == "Deal"
    assert (changed.sections[-1].key, changed.sections[-1].title) == ("house", "House rules")
    assert changed.by_key["conflict"].choices == ("no", "yes")
    assert len(changed.questions) == 38


def test_a_company_removes_questions_and_empty_sections_go() -> None:
    changed = override(FULL, "remove: [ask, open, venue]")
    assert len(changed.questions) == 33
    assert "questions" not in [section.key for section in changed.sections]
    keys = list(changed.by_key)
    assert keys[keys.index("goal") + 1] == "clock"


def test_one_file_holds_a_part_for_each_script() -> None:
    text = "quick: {remove: [others]}\nfull: {remove: [venue]}"
    scripts = company_scripts(text, "house.yaml")
    assert len(scripts.quick.questions) == 7
    assert len(scripts.full.questions) == 35
    assert company_scripts("quick: {remove: [others]}", "house.yaml").full is FULL


def test_a_public_question_may_be_made_confidential_but_never_the_other_way() -> None:
    text = "questions: {venue: {confidential: true}}"
    assert override(FULL, text).by_key["venue"].confidential
    assert "stays confidential" in wrong("questions: {goal: {confidential: false}}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("questions: {goal: {kind: list}}", "section frame, question goal: a question keeps its kind"),
        ("questions: {goal: {key: aim}}", 'the field "key" is not known'),
        ("questions: {aim: {prompt: What?}}", 'there is no question "aim" to reword'),
        ("questions: {goal: Why?}", '"goal" must hold fields'),
        ("questions: [goal]", '"questions" must hold fields'),
        ("questions: {triggers: {owner_only: false}}", '"owner_only" is not known'),
        ("remove: [aim]", 'there is no question "aim" to remove'),
        ("remove: goal", '"remove" must be a list'),
        ("remove: [alts]", "question cost: applies_when speaks of a question that is not there"),
        ("delete: [goal]", '"delete" is not known; known are questions, sections, remove'),
        (ADDED.replace("incoterm", "goal"), "question goal: this key is taken already"),
        (ADDED.replace("incoterm", "main"), "question main: this key is taken already"),
        (ADDED.replace("    title: House rules\n", ""), 'section house: the field "title" is missing'),
        ("questions: {goal: {prompt: a}, goal: {prompt: b}}", 'the field "goal" stands here twice'),
    ],
)
def test_an_override_that_does_not_fit_says_so_and_where(text: str, says: str) -> None:
    assert says in wrong(text)
    assert wrong(text).startswith("house.yaml, ")


def test_nothing_left_is_refused() -> None:
    keys = ", ".join(question.key for question in FULL.questions)
    assert wrong(f"remove: [{keys}]") == "house.yaml: no question is left"
