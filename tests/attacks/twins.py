"""Two Preps that differ in one thing: in the first, Ann prepares for Acme; in the second she never did.

Whoever may not read her plan must not be able to tell them apart: the same answer, wording and work. What the second
has never heard of cannot be in its answers, so equal answers hold nothing of hers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import event

from handlers.turn import Choices, Press, Submission, Via, Words
from tests.support.plans import begin, fill
from tests.support.talk import Said, Talk, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.turn import Person

SECRET, TITLE = "quartz", "obsidian"
_IDS = re.compile(r":\d{6,17}\b|\b\d{9,17}\b")


@dataclass
class Twins:
    """The same words said to both."""

    full: Talk
    empty: Talk
    plan_id: int

    @classmethod
    def make(cls, full_url: str, empty_url: str) -> Twins:
        """Ann has a plan full of secrets in the first; Ben has one of his own in both."""
        full, empty = Talk(full_url), Talk(empty_url)
        plan_id = begin(full, "Acme", TITLE)
        fill(full, plan_id, SECRET)
        for talk in (full, empty):
            talk.say("hub", "ann", via=Via.SLASH)
            begin(talk, "Cogs", "gears", "ben")
        return cls(full, empty, plan_id)

    def close(self) -> None:
        """Give everything back."""
        self.full.close()
        self.empty.close()

    def tell_apart(
        self, act: Words | Press | Submission, who: str | Person = "ben", **where: object
    ) -> tuple[str, str]:
        """What both answer, all of it, with ids left out."""
        shown = []
        for talk in (self.full, self.empty):
            talk.now += timedelta(minutes=1)
            via = where.get("via") or {Words: Via.SLASH, Press: Via.BUTTON, Submission: Via.FORM}[type(act)]
            said = talk.do(talk.incoming(act, who, **{**where, "via": via}))  # type: ignore[arg-type]
            assert not said.outcome.broken, act
            shown.append(whole(said))
        return shown[0], shown[1]

    def statements(self, words: str, who: str = "ben") -> tuple[list[str], list[str]]:
        """The SQL that both run for a line."""
        found = []
        for talk in (self.full, self.empty):
            seen: list[str] = []
            engine = talk.app.database.engine

            def note(
                _c: object, _cur: object, statement: str, *_rest: object, seen: list[str] = seen
            ) -> None:
                seen.append(statement)

            event.listen(engine, "before_cursor_execute", note)
            talk.say(words, who, via=Via.SLASH)
            event.remove(engine, "before_cursor_execute", note)
            found.append(seen)
        return found[0], found[1]


def whole(said: Said) -> str:
    """Everything that can be seen of an answer: texts, buttons, form, preview, messages to others."""
    parts = [line for part in said.shown.parts for line in lines_of(part)]
    parts += [
        f"[{c.label}] {c.words} {c.confirm}"
        for part in said.shown.parts
        if isinstance(part, Choices)
        for c in part.options
    ]
    parts += [repr(_plain(said)), said.shown.preview.value, repr(said.others)]
    parts.append(f"private={said.shown.private} refused={said.outcome.refused}")
    return _IDS.sub("#", "\n".join(parts))


def _plain(said: Said) -> object:
    form = said.shown.form
    return form and (
        form.words,
        form.title,
        form.intro,
        [(f.key, f.label, f.value, f.hint) for f in form.fields],
    )


def values_for(said: Said, word: str = "7") -> Mapping[str, str]:
    """Something in every field of the form that opened."""
    assert said.form is not None
    return {field.key: word for field in said.form.fields}
