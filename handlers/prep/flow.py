"""Guided preparation: its commands, and the lines that answer its questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.errors import Ambiguous, Refused
from handlers.figures import cut
from handlers.plan_choice import choose
from handlers.prep import moving
from handlers.prep.asking import KIND
from handlers.prep.brief import show as show_brief
from handlers.prep.carrying import prepare_fully
from handlers.prep.editing import answers, edit, own
from handlers.prep.guiding import give, go_on, guide_of
from handlers.prep.setting import FIGURES, set_answers
from handlers.prep.starting import KIND as STARTING
from handlers.prep.starting import answered, new, picked
from handlers.prep.starting_form import new_plan
from handlers.turn import Reply, Via, say

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.command import Turn, Typed
    from handlers.prep.company import Scripts
    from storage.tables import Conversation

_MOST_WORDS = 8
_LONGEST_NEW = 200
_ARTICLES = frozenset({"the", "our", "my"})
_COUNTED = frozenset({"volume", "horizon", "budget"})
_JOINTS = frozenset({"for", "of", "with", "by", "in", "on", "and", "or", "to", "early", "first"})
_NEW = re.compile(r"new\s+[^:]{1,80}:\s*\S", re.IGNORECASE)
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
    if len(text) < _LONGEST_NEW and _NEW.match(text):
        options = [(cut(text), text), ("It is my answer", f"answer {text}")]
        raise Ambiguous("Is that a new plan, or your answer?", options)
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


def _starts(typed: Typed) -> bool:
    """Whether `new ...` is a command while a question is open: `new full Acme`, `new Acme: housings`."""
    supplier, colon, _ = typed.rest.partition(":")
    is_name = supplier[:1].isupper() or typed.is_plan(supplier.strip())
    return (bool(colon) and is_name) or supplier.casefold().split()[0] in {"quick", "full", "another"}


def _sets(typed: Typed) -> bool:
    """Whether `set ...` is a command while a question is open: a key follows, or one behind a plan's name or a colon."""
    keys = {*typed.scripts.keys, *FIGURES}
    before, colon, after = typed.rest.partition(":")
    if _is_set(typed.rest, keys) or (colon and (typed.is_plan(before.strip()) or _is_set(after, keys))):
        return True
    words = typed.rest.split()
    return any(
        _is_set(" ".join(words[count:]), keys) and typed.is_plan(" ".join(words[:count]))
        for count in range(1, min(len(words), _MOST_WORDS))
    )


def _is_set(text: str, keys: Collection[str]) -> bool:
    """Whether a text begins with a key and goes on like an answer to it: `volume for May` does not."""
    first, second, *_ = [*re.findall(r"[^\s:=,]+", text.casefold()), "", ""]
    if first in _COUNTED and not second[:1].isdigit():
        return False
    return first in keys and second not in _JOINTS


def _edits(typed: Typed) -> bool:
    """Whether `edit ...` is a command while a question is open: it names a section or a question and nothing else, or one of
    a plan. `change supplier` may be advice, so that `change` needs the plan."""
    words = typed.rest.casefold().split()
    return any(
        _is_part(" ".join(words[count:]), typed.scripts)
        and (
            typed.is_plan(" ".join(words[:count]))
            or (typed.name == "edit" and set(words[:count]) <= _ARTICLES)
        )
        for count in range(min(len(words), _MOST_WORDS))
    )


def _is_part(named: str, scripts: Scripts) -> bool:
    """Whether words name a section or a question."""
    sections = [section for script in (scripts.full, scripts.quick) for section in script.sections]
    titles = {name for section in sections for name in (section.key, section.title.casefold())}
    return named in titles or named.replace(" ", "_") in scripts.keys


def _resumes(typed: Typed) -> bool:
    """Whether `resume ...` is a command while a question is open: it names a plan."""
    rest = re.sub(r"^(?:quick|full)\s+|\s+(?:quick|full)$", "", typed.rest, flags=re.IGNORECASE)
    return typed.is_plan(rest) or rest.casefold() in {"quick", "full"}


COMMANDS = (
    Command("new", start, fits=_starts),
    Command("new plan", new_plan, fits=_starts),
    Command("resume", moving.resume, also=("continue",), navigates=True, fits=_resumes),
    Command("back", moving.back, navigates=True),
    Command("skip", moving.skip, navigates=True),
    Command("later", moving.later, navigates=True),
    Command("stop", moving.stop, navigates=True),
    Command("gap", moving.gap, navigates=True),
    Command("example", moving.example, navigates=True),
    Command("answer", moving.give_answer, figures=True, navigates=True),
    Command("keep", moving.keep, navigates=True),
    Command("take", moving.take, navigates=True),
    Command("set", set_answers, figures=True, fits=_sets),
    Command("edit", edit, also=("change",), fits=_edits),
    Command("answers", answers, reads=True),
    Command("own", own, reads=True),
    Command("show", show, also=("brief",), reads=True),
)
