"""Guided preparation: its commands, and the lines that answer its questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.errors import Refused
from handlers.plan_choice import choose
from handlers.prep import moving
from handlers.prep.asking import KIND
from handlers.prep.brief import show as show_brief
from handlers.prep.carrying import prepare_fully
from handlers.prep.editing import answers, edit, own
from handlers.prep.guiding import give, go_on, guide_of
from handlers.prep.loading import builtin
from handlers.prep.setting import FIGURES, set_answers
from handlers.prep.starting import KIND as STARTING
from handlers.prep.starting import answered, new, picked
from handlers.turn import Reply, Via, say

if TYPE_CHECKING:
    from handlers.command import Turn
    from storage.tables import Conversation

_MOST_WORDS = 8
_ARTICLES = frozenset({"a", "an", "the", "our", "their", "up", "new", "clear"})
KINDS = (KIND, STARTING)
"""The kinds of conversation whose lines are answers to questions of a preparation."""


def answer(turn: Turn, conversation: Conversation, text: str) -> Reply:
    """A line that was typed while a question was open."""
    if conversation.kind == STARTING:
        return answered(turn, conversation, text)
    guide = guide_of(turn, conversation)
    if guide is None:
        turn.unit.conversations.end(conversation)
        return say("That plan is not there for you any more, so I have closed its questions.")
    turn.focus = guide.book.plan.id
    if not guide.book.may_edit:
        turn.unit.conversations.end(conversation)
        raise Refused("You may only read this plan now, so its questions are closed for you.")
    script = picked(text, turn.scripts) if conversation.state.get("choose") else None
    if script == "full":
        prepare_fully(guide)
    return go_on(guide) if script else give(guide, conversation, text)


def start(turn: Turn) -> Reply:
    """`new`; while a question offers "new" as an answer, the word alone is that answer."""
    conversation = turn.unit.conversations.open_one() if not turn.rest else None
    typed = turn.is_direct and turn.incoming.via is Via.DIRECT
    if conversation is not None and typed and turn.command_name in conversation.state.get("choices", ()):
        return answer(turn, conversation, turn.command_name)
    return new(turn)


def show(turn: Turn) -> Reply:
    """The plan on one screen."""
    head, _ = choose(turn, bare=True)
    return show_brief(turn, turn.unit.plans.sheet_of(head))


def _starts(rest: str) -> bool:
    """Whether `new ...` is a command while a question is open: `new Acme: housings`."""
    return ":" in rest or rest.casefold().split()[0] in {"quick", "full", "another"}


def _sets(rest: str) -> bool:
    """Whether `set ...` is a command while a question is open: with a mark, or a key right behind it or a plan's name."""
    first, second, *_ = [*re.findall(r"[^\s:=,]+", rest.casefold()), "", ""]
    keys = {*builtin("quick").by_key, *builtin("full").by_key, *FIGURES}
    return ":" in rest or "=" in rest or first in keys or (second in keys and first not in _ARTICLES)


def _edits(rest: str) -> bool:
    """Whether `edit ...` is a command while a question is open: its end names a section or a question."""
    named = rest.casefold().split()
    if len(named) > _MOST_WORDS:
        return False
    scripts = (builtin("quick"), builtin("full"))
    keys = {key for script in scripts for key in script.by_key} | {
        s.key for one in scripts for s in one.sections
    }
    titles = tuple(section.title.casefold() for one in scripts for section in one.sections)
    return named[-1] in keys or " ".join(named).endswith(titles)


COMMANDS = (
    Command("new", start, whole=_starts),
    Command("resume", moving.resume, also=("continue",), navigates=True),
    Command("back", moving.back, navigates=True),
    Command("skip", moving.skip, navigates=True),
    Command("later", moving.later, navigates=True),
    Command("stop", moving.stop, navigates=True),
    Command("gap", moving.gap, navigates=True),
    Command("example", moving.example, navigates=True),
    Command("answer", moving.give_answer, figures=True, navigates=True),
    Command("keep", moving.keep, navigates=True),
    Command("take", moving.take, navigates=True),
    Command("set", set_answers, figures=True, whole=_sets),
    Command("edit", edit, also=("change",), whole=_edits),
    Command("answers", answers, reads=True),
    Command("own", own, reads=True),
    Command("show", show, also=("brief",), reads=True),
)
