from __future__ import annotations

import time

import pytest

from handlers.errors import Misread, Unknown
from handlers.prep.loading import builtin, load_script
from handlers.prep.question import Question, Script, applies
from handlers.prep.schema import KINDS, RULES
from tests.support.domain import DOMAIN_HEADINGS, FORMULA_HEADINGS, borrowed, is_source, shared_text

# key: whether the table of the script marks it (C)
FULL = {
    "deal": {"supplier": False, "scope": False, "baseline": True, "dates": False, "route": False},
    "frame": {
        "counterpart": True,
        "goal": True,
        "venue": False,
        "clock": True,
        "evidence": True,
        "flex": True,
        "success": True,
        "contingency": True,
    },
    "terms": {"terms": True, "reasons": True, "levers": False, "exchange": True},
    "alternatives": {"alts": True, "cost": True, "status": True, "improve": True, "default": True},
    "market": {"benchmark": True, "health": False, "drivers": True, "theirs": True},
    "stakeholders": {"mandate": True, "limits": True, "signer": False},
    "questions": {"ask": True, "open": False},
    "trades": {"objections": True, "trades": True},
    "yourself": {"triggers": True, "style": True, "silence": True},
}
QUICK = {
    "deal": False,
    "talks": False,
    "main": True,
    "mandate": True,
    "alts": True,
    "others": True,
    "trades": True,
    "ask": False,
}
RECORDS = {
    *("plan", "terms", "alternatives", "evidence", "supplier", "mandate", "stakeholders", "questions"),
    *("open_points", "objections", "trades", "reminders", "owner_notes"),
}
SCRIPTS = [builtin("quick"), builtin("full")]
ALL = [question for script in SCRIPTS for question in script.questions]

SMALL = """
name: small
sections:
  - key: deal
    title: Deal
    questions:
      - key: supplier
        prompt: Who sells it?
        why: A plan is about one company.
        example: Acme
        kind: text
"""


def small(**changes: str) -> str:
    """SMALL with fields of its question replaced, or left out where the new value is empty."""
    text = SMALL
    for field, value in changes.items():
        lines = [line for line in text.splitlines() if not line.strip().startswith(f"{field}:")]
        text = "\n".join([*lines, f"        {field}: {value}"] if value else lines) + "\n"
    return text


def test_the_full_script_has_its_sections_keys_and_marks() -> None:
    found = {s.key: {q.key: q.confidential for q in s.questions} for s in builtin("full").sections}
    assert found == FULL
    assert [list(s) for s in found.values()] == [list(s) for s in FULL.values()]
    assert len(found) == 9
    assert len(builtin("full").questions) == 36


def test_the_quick_script_asks_eight_questions_with_its_marks() -> None:
    assert {q.key: q.confidential for q in builtin("quick").questions} == QUICK
    assert list(QUICK) == [q.key for q in builtin("quick").questions]


def test_only_triggers_and_silence_are_for_the_owner_alone() -> None:
    assert {q.key for q in ALL if q.owner_only} == {"triggers", "silence"}


@pytest.mark.parametrize("question", ALL, ids=lambda q: f"{q.section}-{q.key}")
def test_a_question_is_short_and_says_where_it_comes_from(question: Question) -> None:
    assert len(question.prompt) <= 160
    assert question.prompt.endswith(("?", "."))
    assert len(question.why) <= 90
    assert "\n" not in question.prompt + question.why + question.example
    assert question.kind in KINDS
    assert question.rule is None or question.rule in RULES
    assert is_source(question.source)


def test_a_key_means_the_same_kind_in_both_scripts() -> None:
    quick, full = (script.by_key for script in SCRIPTS)
    both = quick.keys() & full.keys()
    assert both == {"mandate", "alts", "trades", "ask"}
    assert all(quick[key].kind == full[key].kind for key in both)


def test_quick_answers_feed_keys_of_the_full_script_and_full_answers_feed_records() -> None:
    quick, full = SCRIPTS
    assert all(set(q.feeds) <= full.by_key.keys() for q in quick.questions)
    assert all(q.feeds and set(q.feeds) <= RECORDS for q in full.questions)


def test_the_sources_named_here_are_headings_of_the_sources() -> None:
    lines = {line.strip() for line in shared_text("domain/purchasing-negotiation.txt").splitlines()}
    assert lines >= DOMAIN_HEADINGS
    titles = [line for line in shared_text("formulas.md").splitlines() if line.startswith("## ")]
    assert all(any(title.startswith(f"## {h}") for title in titles) for h in FORMULA_HEADINGS)


def test_no_question_borrows_a_sentence_of_the_source() -> None:
    sentences = [text for q in ALL for text in (q.prompt, q.why, q.example)]
    assert borrowed(sentences, shared_text("domain/purchasing-negotiation.txt")) == []


def test_borrowing_is_found_whatever_case_and_punctuation() -> None:
    source = "Some words before. Two hens, a cow and Nine Sheep cross the road; more follows."
    assert borrowed(["See: two hens a cow and nine sheep CROSS!"], source) == [
        "two hens a cow and nine sheep cross"
    ]
    assert borrowed(["two hens a cow and nine sheep"], source) == []


def test_an_unknown_script_is_an_error_to_show() -> None:
    with pytest.raises(Unknown):
        builtin("long")


def test_a_question_about_alternatives_is_left_out_when_there_are_none() -> None:
    cost = builtin("full").by_key["cost"]
    assert applies(cost, {})
    assert applies(cost, {"alts": "Borg 4.18"})
    assert not applies(cost, {"alts": " None "})
    assert applies(builtin("full").by_key["goal"], {"alts": "none"})


def test_a_condition_may_ask_for_a_value() -> None:
    question = load_script(small(applies_when="supplier is Acme")).questions[0]
    assert applies(question, {"supplier": "ACME"})
    assert not applies(question, {"supplier": "Borg"})


def test_what_is_left_out_is_confidential_and_single() -> None:
    question = load_script(SMALL).questions[0]
    assert question.confidential
    assert not question.multi
    assert question.rule is None
    assert load_script(small(kind="list")).questions[0].multi


def test_values_stay_text_as_they_were_written() -> None:
    question = load_script(
        small(example="4.05", choices="[yes, no, 2026-04-01]", confidential="no")
    ).questions[0]
    assert question.example == "4.05"
    assert question.choices == ("yes", "no", "2026-04-01")
    assert not question.confidential


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (small(kind="txt"), 'kind "txt" is not known; known are text, choice'),
        (small(rule="nice"), 'rule "nice" is not known'),
        (small(prompt=""), '"prompt" is missing'),
        (small(why=""), '"why" is missing'),
        (small(kind="choice"), "needs two choices"),
        (small(kind="choice", choices="yes"), '"choices" must be a list'),
        (small(confidential="perhaps"), '"confidential" must be true or false'),
        (small(owner_only="true", confidential="false"), "is confidential as well"),
        (small(applies_when="route"), "applies_when cannot be read"),
        (small(applies_when="route is new"), "a question that is not there"),
        (small(promt="typo"), '"promt" is not known'),
        (small(why="x" * 91), "has 91 characters; at most 90"),
        (SMALL.replace("key: supplier", "key: Two words"), "short word of small letters"),
    ],
)
def test_an_error_says_what_and_where(text: str, says: str) -> None:
    with pytest.raises(Misread) as caught:
        load_script(text, "house.yaml")
    assert says in caught.value.wrong
    assert caught.value.wrong.startswith("house.yaml, ")
    assert "section deal" in caught.value.wrong


def test_a_key_twice_is_refused_where_it_stands() -> None:
    question = SMALL[SMALL.index("      - key") :]
    with pytest.raises(Misread) as caught:
        load_script(SMALL + question, "house.yaml")
    assert caught.value.wrong == (
        "house.yaml, line 12, section deal, question supplier: this key is taken already"
    )


def test_a_section_twice_is_refused() -> None:
    section = SMALL[SMALL.index("  - key") :].replace("supplier", "other")
    with pytest.raises(Misread) as caught:
        load_script(SMALL + section)
    assert "section deal: this section is there already" in caught.value.wrong


def test_both_scripts_load_before_anyone_notices() -> None:
    builtin("quick")
    builtin.cache_clear()
    best = min(_seconds_to_load() for _ in range(5))
    assert best < 0.015


def _seconds_to_load() -> float:
    builtin.cache_clear()
    begun = time.perf_counter()
    loaded: list[Script] = [builtin("quick"), builtin("full")]
    spent = time.perf_counter() - begun
    assert len(loaded) == 2
    return spent
