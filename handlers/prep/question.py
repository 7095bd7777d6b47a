"""A question of a preparation, and the script that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a script.

    `kind` is one of KINDS and `rule` one of RULES. `confidential` content may never be posted where outsiders
    are; `owner_only` content is for the owner alone. `choices` bind for a choice and are offered elsewhere.
    `multi` says that an answer may hold several entries. `applies_when` is a condition (see `applies`).
    `feeds` names what an answer fills: in the quick script keys of the full one, in the full script records
    of the plan (plan, terms, alternatives, evidence, supplier, mandate, stakeholders, questions, open_points,
    objections, trades, reminders, owner_notes). `source` is a heading of the domain text, or of the formulas
    as "formulas.md: HEADING"; empty where a company wrote the question. `title` is what a list calls it; empty where the
    key says it.
    """

    key: str
    section: str
    prompt: str
    why: str
    example: str
    kind: str
    rule: str | None = None
    confidential: bool = True
    owner_only: bool = False
    choices: tuple[str, ...] = ()
    multi: bool = False
    applies_when: str | None = None
    feeds: tuple[str, ...] = ()
    source: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        """`Main number (main)`, `Talks`: the title, and the key that `set` takes where that is another word."""
        title = self.title or self.key.replace("_", " ").capitalize()
        return title if title.casefold().replace(" ", "_") == self.key else f"{title} ({self.key})"


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together and can be answered as one form."""

    key: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """All sections, in the order in which they are asked."""

    name: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def by_key(self) -> dict[str, Question]:
        """The questions by their key."""
        return {question.key: question for question in self.questions}


def applies(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether a question is to be asked, given the answers so far as typed, by key.

    `applies_when` reads "KEY is VALUE" or "KEY is not VALUE", compared without case. As long as the
    other question has no answer, this one applies.
    """
    if question.applies_when is None:
        return True
    key, wanted, value = condition(question.applies_when)
    answer = answers.get(key)
    return answer is None or (answer.strip().casefold() == value.casefold()) is wanted


def condition(text: str) -> tuple[str, bool, str]:
    """An `applies_when` taken apart: key, whether it must be so, value. ValueError if it cannot be read."""
    key, _, value = text.partition(" is ")
    if not key.strip() or not value.strip():
        raise ValueError
    negated = value.strip().startswith("not ")
    return key.strip(), not negated, value.strip().removeprefix("not ").strip()
