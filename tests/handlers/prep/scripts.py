"""The examples of the questions as answers, in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.prep.loading import builtin

if TYPE_CHECKING:
    from tests.support.talk import Said, Talk

QUICK = [question.example for question in builtin("quick").questions]
FULL = {question.key: question.example for question in builtin("full").questions}


def answer_quick(talk: Talk, who: str = "ann") -> Said:
    """The quick preparation from the first word to the last answer."""
    said = talk.say("new quick Acme: housings", who)
    for line in QUICK:
        said = talk.say(line, who)
    return said


def answer_full(talk: Talk, upto: str | None = None, who: str = "ann") -> Said:
    """The full preparation, up to the question with this key (which is then open)."""
    said = talk.say("new full Acme: housings", who)
    for key, line in FULL.items():
        if key == upto:
            break
        said = talk.say(line, who)
    return said
