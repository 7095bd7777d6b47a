"""A preparation under way: one plan with its script, its answers, and what is kept of a new one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from handlers.errors import Misread, Refused
from handlers.figures import Figures
from handlers.prep.answers.mandates import MandateAndSigner
from handlers.prep.answers.read import Context, read_answer
from handlers.prep.echo import echo
from handlers.prep.fed_by_words import check_figures
from handlers.prep.feeders import feed
from handlers.prep.kinds import told
from handlers.prep.merging import only_changes, stands_otherwise, take_out
from handlers.prep.near_names import check_names
from handlers.prep.progress import applicable, is_answered, readiness
from handlers.reading.choices import is_dont_know
from storage.progress import answered

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.prep.answers.read import Value
    from handlers.prep.question import Question, Script
    from storage.book import PlanBook
    from storage.progress import Given
    from storage.tables import Answer

DONT_KNOW = "don't know"


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer that was read and not yet kept. Without a value it is a gap."""

    question: Question
    text: str
    value: Value | None


class Guide:
    """Reads and keeps the answers of one plan for one member."""

    def __init__(self, turn: Turn, book: PlanBook) -> None:
        self.turn = turn
        self.book = book

    @property
    def script(self) -> Script:
        """The script of the plan."""
        return self.turn.scripts.of(self.book.plan.script)

    @cached_property
    def given(self) -> dict[str, Given]:
        """Which questions have answers."""
        return answered(self.turn.unit, [self.book.plan])[self.book.plan.id]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that apply and that this member may be asked."""
        return tuple(q for q in applicable(self.script, self.given) if self._is_mine(q))

    @property
    def readiness(self) -> int:
        """Answered keys of the keys that apply, in whole percent."""
        return readiness(self.script, self.given)

    @property
    def context(self) -> Context:
        """What reading an answer needs to know."""
        turn = self.turn
        return Context(turn.manners, turn.now, turn.today, self.book.plan.supplier)

    @property
    def figures(self) -> Figures:
        """How this plan's figures are shown to the member."""
        return Figures.of(self.book.plan, self.turn.manners, self.turn.today)

    def find(self, key: str) -> Question | None:
        """The question with this key: of the plan's script, else of the other one. None for what is not the member's."""
        question = self.script.by_key.get(key) or self.turn.scripts.find(key)
        return question if question is not None and self._is_mine(question) else None

    def asked(self, key: object) -> Question | None:
        """The question with this key if this plan's script asks it; None where a company asks it no more."""
        question = self.script.by_key.get(str(key))
        return question if question is not None and self._is_mine(question) else None

    def _is_mine(self, question: Question) -> bool:
        return self.book.level == "owner" or not question.owner_only

    def is_open(self, question: Question) -> bool:
        """Whether a question still has no answer."""
        return not is_answered(self.given, question.key)

    def place(self, key: str) -> tuple[int, int]:
        """The place of a question among those that apply, from 1, and their number."""
        keys = [question.key for question in self.questions]
        return (keys.index(key) + 1 if key in keys else 1), len(keys)

    def first_open(self) -> Question | None:
        """The first question without an answer; gaps come after what was never asked."""
        never = (q for q in self.questions if q.key not in self.given)
        return next(never, None) or next(filter(self.is_open, self.questions), None)

    def next_open(self, key: str) -> Question | None:
        """The next question without an answer after this one; a gap that was said is not asked again here."""
        number, _ = self.place(key)
        return next((q for q in self.questions[number:] if q.key not in self.given), None)

    def before(self, key: str) -> Question | None:
        """The question before this one, answered or not."""
        number, _ = self.place(key)
        return self.questions[number - 2] if number > 1 else None

    def newest(self, question: Question) -> Answer | None:
        """The newest answer to a question. What is for the owner alone is read only here."""
        if question.owner_only:
            return self.book.own_answers().get(question.key)
        return self.book.answers().get(question.key)

    # ---- keeping ----

    def read(self, question: Question, text: str) -> Ready:
        """An answer read and checked; nothing is kept yet. Raises Misread, TwoReadings and NearName."""
        if is_dont_know(text):
            return Ready(question, text.strip(), None)
        value = read_answer(question, text, self.context)
        before = self.newest(question)
        check_names(self.book, value, before.value if before else {})
        check_figures(self.book, question.key, value, self.turn.manners)
        return Ready(question, text.strip(), value)

    def keep(self, ready: Ready, *, edited: bool = False) -> str:
        """Keep an answer with the rows that it fills, and say it back on one line.

        `edited`: it was made from the answer before, so what is the same in both changes nothing.
        """
        question, value = ready.question, ready.value
        if not self.book.may_edit:
            raise Refused(f"You may read the plan for {self.book.plan.supplier}, but not change it.")
        gap = value is None or (isinstance(value, MandateAndSigner) and value.mandate is None)
        kept: dict[str, object] = {}
        if value is not None:
            before = self.newest(question)
            base = self._read_again(before) if edited else None
            fed = only_changes(value, base) if base is not None else value
            kept = feed(self.book, question, fed, before.value if before else {}, self.turn.manners, value)
            if base is not None:
                take_out(self.book, value, base)
        self.book.answer(question.key, ready.text, kept, gap=gap, owner_only=question.owner_only)
        self.look_again()
        if value is None:
            return "nobody knows yet, shown as a gap"
        said = echo(value, self.figures, self.turn.now)
        if kinds := told(self.book, value, kept):
            said = f"{said} · {kinds}"
        if edited and (stays := stands_otherwise(self.book, value)):
            return f"{said} (changed since and left so: {', '.join(stays)})"
        if isinstance(value, MandateAndSigner) and value.mandate and not kept.get("recorded"):
            return f"{said} (there is no stop yet that a mandate could be for)"
        return f"{said} (a gap, and flagged)" if gap else said

    def _read_again(self, before: Answer | None) -> Value | None:
        """The value of an answer that was kept; None where it is a gap, or cannot be read any more."""
        question = self.find(before.key) if before is not None and not before.gap else None
        if before is None or question is None:
            return None
        try:
            return read_answer(question, before.text, self.context)
        except Misread:
            return None

    def look_again(self) -> None:
        """What was kept counts from now on, with all the questions that its rows answer too."""
        self.__dict__.pop("given", None)
