"""How far a preparation has come: what applies, what is answered, what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.prep.script import applies, builtin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.prep.question import Question, Script
    from storage.progress import Given
    from storage.tables import Plan


def script_of(plan: Plan) -> Script:
    """The script that a plan is prepared with."""
    return builtin(plan.script)


def applicable(script: Script, given: Mapping[str, Given]) -> tuple[Question, ...]:
    """The questions that are to be asked, as the answers stand."""
    texts = {key: one.text for key, one in given.items()}
    return tuple(question for question in script.questions if applies(question, texts))


def is_answered(given: Mapping[str, Given], key: str) -> bool:
    """Whether a question has an answer; "don't know" is none."""
    return key in given and not given[key].gap


def readiness(script: Script, given: Mapping[str, Given]) -> int:
    """Whole percent: answered keys of the keys that apply, rounded down, so that 100 means all."""
    questions = applicable(script, given)
    done = sum(is_answered(given, question.key) for question in questions)
    return 100 * done // len(questions) if questions else 0
