"""How far a preparation has come: what applies, what is answered, what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.prep.question import applies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.prep.company import Scripts
    from handlers.prep.question import Question, Script
    from storage.progress import Given
    from storage.tables import Answer


def applicable(script: Script, given: Mapping[str, Given]) -> tuple[Question, ...]:
    """The questions that are to be asked, as the answers stand."""
    texts = {key: one.text for key, one in given.items()}
    return tuple(question for question in script.questions if applies(question, texts))


def is_answered(given: Mapping[str, Given], key: str) -> bool:
    """Whether a question has an answer; "don't know" is none."""
    return key in given and not given[key].gap


def left_over(scripts: Scripts, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Answers, gaps aside, to questions that the company asks no more: they are kept and shown."""
    return {key: row for key, row in answers.items() if not row.gap and not scripts.asks(key)}


def readiness(script: Script, given: Mapping[str, Given]) -> int:
    """Whole percent: answered keys of the keys that apply, rounded down, so that 100 means all."""
    questions = applicable(script, given)
    done = sum(is_answered(given, question.key) for question in questions)
    return 100 * done // len(questions) if questions else 0
